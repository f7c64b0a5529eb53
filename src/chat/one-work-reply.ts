import { findTask, partsOf, wholeOf } from '../domain/ledger.js';
import type { Task } from '../domain/task.js';
import { readCodes } from '../language/codes.js';
import type { Context } from '../services/context.js';
import { lexiconOf } from './lexicon.js';

/** 气3和气附3不就是一回事吗: whether the rows are one piece of work, and how often it is reported. */
export function oneWorkText(ctx: Context, codes: readonly string[]): string | null {
  const { ledger } = ctx;
  const mentions = codes.flatMap((code) => readCodes(code, lexiconOf(ctx).plans));
  if (mentions.some(({ through }) => through !== null)) return null;
  const tasks = mentions.flatMap(({ code, year }): Task[] => {
    const task = findTask(ledger, code, year ?? ctx.plans);
    return task ? [task] : [];
  });
  const wholes = [...new Set(tasks.map((task) => wholeOf(ledger, task)))];
  if (wholes.length === 0) return null;
  const lines = wholes.map((whole) => {
    const parts = partsOf(ledger, whole).map(({ code }) => code);
    return parts.length > 0 ? `${whole.code}是一项工作，分项是${parts.join('、')}` : `${whole.code}没有分项`;
  });
  const [only, ...others] = wholes;
  if (!only || others.length > 0) return `${wholes.length}项工作，分开报：\n${lines.join('\n')}`;
  const [part, ...more] = partsOf(ledger, only).map(({ code }) => code);
  if (part === undefined) return `${lines.join('')}，报一次就行：“/done ${only.code} 情况”。`;
  return [
    `${lines.join('')}。`,
    `报一次就行：“/done ${only.code} 情况”，${more.length + 2}条一起记。`,
    `只完成一部分的，报对应的分项，如“/done ${part} 情况”。`,
  ].join('\n');
}
