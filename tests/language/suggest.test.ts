import fc from 'fast-check';
import { expect, it } from 'vitest';

import { nearest } from '../../src/language/suggest.js';

const words = [
  'due',
  'who',
  'done',
  'task',
  'undo',
  'progress',
  '到期',
  '办结',
  '台账',
  '进展',
  '完成情况',
  '谁牵头',
  '延期',
];

it.each([
  ['deu', 'due'],
  ['/deu', 'due'],
  ['whoo', 'who'],
  ['/whoo', 'who'],
  ['DUE', 'due'],
  ['progres', 'progress'],
  ['porgress', 'progress'],
  ['doen', 'done'],
  ['完成青况', '完成情况'],
  ['谁迁头', '谁牵头'],
  ['办节', '办结'],
  ['台帐', '台账'],
  ['到期', '到期'],
])('%s probably means %s', (typed, meant) => {
  expect(nearest(typed, words)).toBe(meant);
});

it.each(['', '/', 'x', '早上', '早上好', '天气', 'banana', '长期', 'a'.repeat(100_000)])(
  '%s means none of them',
  (typed) => {
    expect(nearest(typed, words)).toBeNull();
  },
);

it('answers with one of the words or nothing', () => {
  fc.assert(fc.property(fc.string(), (typed) => [null, ...words].includes(nearest(typed, words))));
});
