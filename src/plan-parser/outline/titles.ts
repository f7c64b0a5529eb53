import { likeness } from '../text/bigrams.js';
import { enclosed } from '../text/brackets.js';
import { readNumbering } from './numbering.js';

const planWords =
  '(?:行动计划|工作计划|实施计划|行动方案|工作方案|实施方案|分解方案|分工方案|方案|计划|要点|规划|意见)';
const listWords = '(?:任务清单|责任清单|分解表|任务表|清单|台账)';
const suffix = '(?:[（(](?:试行|修订|征求意见稿|[^（）()]{0,12}版)[）)])?$';

const planTitle = new RegExp(`${planWords}${suffix}`);
const listTitle = new RegExp(`(?:${planWords}|${listWords})${suffix}`);
const longestTitle = 60;
const longestName = 120;
const mostNames = 100;

function isTitle(paragraph: string, pattern: RegExp): boolean {
  return (
    paragraph.length <= longestTitle &&
    pattern.test(paragraph) &&
    !/[。；：，]|^《|^附[件表]|^关于/.test(paragraph) &&
    readNumbering(paragraph) === null
  );
}

export const isPlanTitle = (paragraph: string) => isTitle(paragraph, planTitle);
/** The title of a document that may be nothing but a table. */
export const isListTitle = (paragraph: string) => isTitle(paragraph, listTitle);

/** The names in 《…》 and in 关于印发…的通知. */
export function namesIn(text: string): string[] {
  const quoted = enclosed(text)
    .filter((span) => text.charAt(span.start) === '《')
    .map((span) => text.slice(span.start + 1, span.end - 1));
  const announced = /关于(?:印发|转发)(.{4,120}?)的?通知/.exec(text)?.[1];
  const names = announced === undefined ? quoted : [...quoted, announced.replace(/[《》]/g, '')];
  return names.filter((name) => name.length <= longestName).slice(0, mostNames);
}

const alikeEnough = 0.75;

/** The title that heads a plan may differ by a word from the name in the notice (建设 for 实施). */
export function isNamed(title: string, names: string[]): boolean {
  return names.some((name) => likeness(name, title) >= alikeEnough);
}

/** 20xx in a title; of 2018—2020年 both ends. */
export function yearsIn(text: string): number[] {
  return [...text.matchAll(/20\d\d/g)].map((match) => Number(match[0]));
}
