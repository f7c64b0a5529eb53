import { describe, expect, it } from 'vitest';

import { firstBreak, type Seal, type SealedUpdate, sealUpdate } from '../../src/domain/update-chain.js';

type Sealed = SealedUpdate & Seal;

function anUpdate(number: number, note: string, previousHash: string): Sealed {
  const update: SealedUpdate = {
    workspace: 'county',
    year: 2023,
    task: '水-7',
    number,
    at: new Date('2023-09-25T09:00:00+08:00'),
    personId: 'p1',
    unitId: 'u1',
    role: 'lead',
    groupId: null,
    platform: 'sandbox',
    messageId: `m${number}`,
    kind: 'progress',
    note,
    percent: null,
    changes: [],
    details: {},
    undoes: null,
  };
  return { ...update, ...sealUpdate(update, previousHash) };
}

function aChain(...notes: string[]): Sealed[] {
  const chain: Sealed[] = [];
  for (const note of notes) chain.push(anUpdate(chain.length + 1, note, chain.at(-1)?.hash ?? ''));
  return chain;
}

const headOf = (chain: Sealed[]) => ({ updateCount: chain.length, lastHash: chain.at(-1)?.hash ?? '' });

describe('the history of a task', () => {
  const chain = aChain('开工', '过半', '完工');
  const [first, second, third] = chain as [Sealed, Sealed, Sealed];
  const head = headOf(chain);

  it('is whole as it was written, and when nothing was', () => {
    expect(firstBreak(chain, head)).toBeNull();
    expect(firstBreak([], { updateCount: 0, lastHash: '' })).toBeNull();
  });

  it.each<[string, Sealed[], { number: number; kind: string }]>([
    ['words were changed', [first, { ...second, note: '完成' }, third], { number: 2, kind: 'changed' }],
    ['a row is missing in the middle', [first, third], { number: 2, kind: 'missing' }],
    ['the first row is missing', [second, third], { number: 1, kind: 'missing' }],
    ['the end was cut off', [first, second], { number: 3, kind: 'cut-off' }],
    ['nothing is left', [], { number: 1, kind: 'cut-off' }],
    [
      'the last row was written anew',
      [first, second, anUpdate(3, '没有完工', second.hash)],
      { number: 3, kind: 'head' },
    ],
    [
      'a row was written anew with its seal',
      [first, anUpdate(2, '完成', first.hash), third],
      { number: 3, kind: 'unlinked' },
    ],
    ['a row was added', [...chain, anUpdate(4, '验收', third.hash)], { number: 4, kind: 'uncounted' }],
    ['the form is not known', [first, { ...second, version: 2 }, third], { number: 2, kind: 'unknown-form' }],
  ])('breaks where %s', (_what, found, expected) => {
    expect(firstBreak(found, head)).toEqual(expected);
  });
});
