import type { ImportIssue } from '../../domain/plan-draft.js';
import type { Passage } from '../blocks.js';
import { issue } from '../issues.js';

/** A measure of amount right after a word that is no number: 完成年度万吨煤炭消费总量控制目标. */
const bareMeasure =
  /\p{Script=Han}{2}(?<![\d一二两三四五六七八九十百千万亿几数多余上近约超每成半])(?:\s{0,2}(?:万吨|亿吨|万元|亿元|万亩|万立方米|亿立方米|万千瓦)|\s{1,2}(?:万人次|万人|万户|万头))(?!以上|以下|级|企业|项目|产业|园区|村|镇)/gu;

export function doubtQuantities(passages: Passage[]): ImportIssue[] {
  return passages.flatMap(({ text, line }) =>
    [...text.matchAll(bareMeasure)].map(([found]) => issue('number-missing', { line, text: found })),
  );
}
