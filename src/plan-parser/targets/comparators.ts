import type { Comparator } from '../../domain/target.js';

/** Words before a value and how it is meant; a bound after it (以上, 以内, 左右) decides where the two differ. */
const leads: [Comparator, string][] = [
  [
    'at-least',
    '达到 达 不得低于 不低于 不得少于 不少于 不小于 不得小于 至少 最少 超过 突破 高于 大于 保持在 保持 稳定在 稳定保持在 维持在 ' +
      '提高到 提高至 提升到 提升至 增加到 增加至 增至 扩充至 扩充到 扩大到 扩大至 上升到 上升至 恢复到 恢复至',
  ],
  [
    'at-most',
    '不得高于 不高于 不得超过 不超过 不大于 不多于 控制在 稳定控制在 低于 小于 少于 降至 降到 下降到 下降至 降低到 降低至 减少到 减少至 ' +
      '压缩至 压缩到 压减至 压减到 缩短至 缩短到 缩减至 精简至',
  ],
  ['rise', '增长 提高 提升 增加 上升'],
  ['fall', '下降 降低 减少 压减 压缩 缩短 削减 缩减 减排'],
  ['exactly', '共计 合计 总计 共'],
];

const byWord = new Map<string, Comparator>(
  leads.flatMap(([comparator, words]) => words.split(' ').map((word): [string, Comparator] => [word, comparator])),
);

/** 面积为500亩, not 为1500户安装; 达标 is no 达. */
const guarded: Record<string, string> = { 达: '达(?![标到成产])' };
const equals = '(?<=[额积量数率度值间限准比例模])为';
const longestFirst = [...byWord.keys()].toSorted((a, b) => b.length - a.length);
export const lead = `(?:${longestFirst.map((word) => guarded[word] ?? word).join('|')}|${equals})`;
export const bound = '(?:及?以上|及?以下|及?以内|之内|左右|上下)';

export function comparatorOf(leadWord: string | undefined, boundWord: string | undefined): Comparator {
  const meant = leadWord === undefined ? 'exactly' : (byWord.get(leadWord) ?? 'exactly');
  if (boundWord === undefined || meant === 'rise' || meant === 'fall') return meant;
  if (/左右|上下/.test(boundWord)) return 'about';
  return boundWord.endsWith('上') ? 'at-least' : 'at-most';
}
