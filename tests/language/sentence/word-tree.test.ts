import { describe, expect, it } from 'vitest';

import { WordTree, wordsOf } from '../../../src/language/sentence/word-tree.js';

describe('an entry of the data', () => {
  it.each([
    ['牵头', ['牵头']],
    ['什么(时候|时间|)', ['什么时候', '什么时间', '什么']],
    ['(a|b)(1|2)', ['a1', 'a2', 'b1', 'b2']],
    ['(的|)(|)活', ['的活', '活']],
  ])('%s stands for its words', (entry, words) => {
    expect(wordsOf(entry)).toEqual(words);
  });

  it.each(['谁(牵头', '谁)牵头', '谁((a|b)|c)'])('%s is refused', (entry) => {
    expect(() => wordsOf(entry)).toThrow(/brackets/);
  });

  it('is bounded', () => {
    expect(() => wordsOf('(1|2|3|4|5|6|7|8|9|0)'.repeat(5))).toThrow(/more than/);
  });
});

it('finds the longest word at each place', () => {
  const tree = new WordTree<string>();
  tree.add('什么', 'what');
  tree.add('什么时候', 'when');
  expect(tree.all('是什么时候的什么').map(({ start, values }) => [start, ...values])).toEqual([
    [1, 'when'],
    [6, 'what'],
  ]);
});
