import { z } from 'zod';

import type { NoticeDraft, TaskDraft } from './plan-draft.js';

/** What a person settled about a document that the parser could only propose, by the code of the row or task. */
export const confirmations = z.strictObject({
  /** The body task that an annex row is part of, or `null` for a row that stands alone. */
  links: z.record(z.string(), z.string().nullable()).default({}),
  shortTitles: z.record(z.string(), z.string().min(1)).default({}),
});
export type Confirmations = z.infer<typeof confirmations>;

/** The confirmations were made for another document. */
export class ConfirmationError extends Error {}

const confirmedByPerson = '人工确认';

/** Throws `ConfirmationError` when a confirmation names a code that the draft lacks: it was made for another document. */
export function confirmDraft(draft: NoticeDraft, confirmed: Confirmations): NoticeDraft {
  const tasks = draft.plans.flatMap((plan) => plan.tasks);
  requireCodes('编号', [...Object.keys(confirmed.links), ...Object.keys(confirmed.shortTitles)], tasks);
  requireCodes(
    '附表行',
    Object.keys(confirmed.links),
    tasks.filter((task) => task.annex),
  );
  const targets = Object.values(confirmed.links).filter((code) => code !== null);
  requireCodes(
    '正文任务',
    targets,
    tasks.filter((task) => !task.annex),
  );

  const plans = draft.plans.map((plan) => ({ ...plan, tasks: plan.tasks.map((task) => confirmTask(task, confirmed)) }));
  return { ...draft, plans };
}

function requireCodes(what: string, codes: string[], tasks: TaskDraft[]): void {
  const known = new Set(tasks.map((task) => task.code));
  const unknown = codes.filter((code) => !known.has(code));
  if (unknown.length > 0) throw new ConfirmationError(`确认文件中的${what}在文件里没有：${unknown.join('、')}`);
}

function confirmTask(task: TaskDraft, confirmed: Confirmations): TaskDraft {
  const shortTitle = confirmed.shortTitles[task.code] ?? task.shortTitle;
  const partOf = confirmed.links[task.code];
  if (partOf === undefined || partOf === task.partOf) return { ...task, shortTitle };
  return { ...task, shortTitle, partOf, partOfReason: partOf === null ? null : confirmedByPerson };
}
