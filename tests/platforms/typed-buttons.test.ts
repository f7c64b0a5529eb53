import { expect, it } from 'vitest';

import { reply } from '../../src/chat/message.js';
import { typedButtons } from '../../src/platforms/typed-buttons.js';

const buttons = [
  { label: '查看', send: '/task 水-7' },
  { label: '办结', send: '/done 水-7' },
];

it('tells what to type instead of each button', () => {
  expect(typedButtons(reply.card('水-7', { buttons }))).toEqual(['查看：发“/task 水-7”', '办结：发“/done 水-7”']);
});

it('tells nothing twice, be it with more behind it', () => {
  const said = (text: string) => typedButtons(reply.card('水-7', { blocks: [{ kind: 'line', text }], buttons }));
  expect(said('报办结发“/done 水-7 情况”。')).toEqual(['查看：发“/task 水-7”']);
  expect(said('看情况发“/task 水-7”，报办结发“/done 水-71 情况”。')).toEqual(['办结：发“/done 水-7”']);
});
