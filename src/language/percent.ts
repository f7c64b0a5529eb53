import { readNumber } from './numbers.js';

export interface PercentMention {
  percent: number;
  start: number;
  end: number;
}

const amount = '(?:(?<digits>\\d{1,3}(?:\\.\\d{1,2})?)%|百分之(?<words>[零一二三四五六七八九十百]{1,4}|\\d{1,3}))';
// 60%的企业 is a share of something else, 60%-70% is no number.
const alone = '(?![的%]|-\\d)';
const about = '(?:约|大约|已|已经|达到|达|至|到|为|是|在|[:,]| ){0,4}';
// 安装进度 and 管网进度 are a part's, not the task's.
const ofTheTask = '(?:(?<!\\p{Script=Han})|总体?|整体|目前|当前|工作|任务|项目|办理|完成)进度';

const places = [
  new RegExp(`^[ :,]{0,3}${amount}${alone}`, 'u'),
  new RegExp(`${ofTheTask}${about}${amount}${alone}`, 'u'),
];

/**
 * A task's progress in the folded words after its code: n% or 百分之六十 right at the start or after 进度, and nowhere
 * else: 「管网完成60%」 is just words.
 */
export function readPercentAfter(text: string): PercentMention | null {
  for (const place of places) {
    const found = place.exec(text);
    if (!found) continue;
    const { digits, words = '' } = found.groups ?? {};
    const percent = digits !== undefined ? Number(digits) : words === '百' ? 100 : readNumber(words);
    if (percent === null || percent > 100) continue;
    return { percent, start: found.index, end: found.index + found[0].length };
  }
  return null;
}
