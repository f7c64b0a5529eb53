import { type Carry, proposeCarries } from '../../domain/carry.js';
import { findTask, listWorks, partsOf, wholeOf } from '../../domain/ledger.js';
import { limitsOpenTo } from '../../domain/limit.js';
import type { Plan } from '../../domain/plan.js';
import { isStanding } from '../../domain/standing-work.js';
import { type Task, yearCode } from '../../domain/task.js';
import { stateOfWork } from '../../domain/work-status.js';
import { BotError } from '../../errors.js';
import { insertCarriedTasks } from '../../store/carried-tasks.js';
import { closePlan } from '../../store/ledger.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { requireRight } from '../person/require-right.js';
import { lockWork, recordUpdate } from '../update/record-update.js';

/** Codes of the plan that ends, each with the one it goes on as; `null` for none. */
export type Corrections = ReadonlyMap<string, string | null>;

export interface Closing {
  plan: Plan;
  /** The next plan of the same prefix; `null` before it is imported. */
  next: Plan | null;
  closed: Task[];
  reported: Task[];
  /** What was not reported done, with the task of the next plan that goes on with it. */
  carries: Carry[];
  /** Of those, the work that is never closed (长期坚持). */
  standing: number;
}

/** What closing the plan would do. A plan that is closed can still be carried on, once the next one is there. */
export async function proposeClosing(
  ctx: Context,
  { prefix, year }: { prefix: string; year: number | null },
  corrections: Corrections,
): Promise<Closing> {
  requireRight(ctx, 'close-plan');
  const plan = planOf(ctx, prefix, year);
  const later = ctx.ledger.plans.filter((one) => one.prefix === prefix && one.year > plan.year);
  const next = later.sort((a, b) => a.year - b.year)[0] ?? null;
  const works = listWorks(ctx.ledger, tasksOf(ctx, plan));
  const book = await readDutyBook(
    ctx,
    works.flatMap(({ task, parts }) => [task, ...parts]),
  );
  const { ledger, today, startOn } = ctx;
  const byStatus = Map.groupBy(works, (work) => stateOfWork(ledger, work, book, today, startOn).status);
  const having = (...statuses: Parameters<typeof byStatus.get>[0][]) =>
    statuses.flatMap((status) => byStatus.get(status) ?? []).map(({ task }) => task);
  const open = having('unreported', 'in-progress', 'paused').sort((a, b) => a.position - b.position);
  const unfinished = open.filter((task) => !ledger.carriedTo.has(`${task.year} ${task.key}`));
  if (plan.closedOn !== null && (next === null || unfinished.length === 0)) {
    throw new BotError('conflict', `${plan.year}年“${prefix}”计划已经收尾，没有可结转的。`);
  }
  const candidates = next === null ? [] : listWorks(ledger, tasksOf(ctx, next)).map(({ task }) => task);
  const proposed = proposeCarries(unfinished, candidates);
  return {
    plan,
    next,
    closed: having('closed'),
    reported: having('reported'),
    carries: corrected(ctx, proposed, { plan, next }, corrections),
    standing: unfinished.filter((task) => isStandingWork(ctx, task)).length,
  };
}

/** 年终收尾: no reminders and no reports from then on; what goes on is linked to what it goes on as. */
export async function closeYear(ctx: Context, closing: Closing): Promise<void> {
  const by = requireRight(ctx, 'close-plan');
  const { prefix, year } = closing.plan;
  const carried = closing.carries.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]));
  for (const task of [...new Set(carried.flatMap(({ from, to }) => [from, to]))].sort(inOrder))
    await lockWork(ctx, task);
  if (
    closing.plan.closedOn === null &&
    !(await closePlan(ctx.tx, ctx.workspace, { year, prefix, closedOn: ctx.today }))
  ) {
    throw new BotError('conflict', `${year}年“${prefix}”计划刚刚已经收尾了。`);
  }
  await insertCarriedTasks(
    ctx.tx,
    ctx.workspace,
    carried.map(({ from, to }) => ({
      fromYear: from.year,
      fromTask: from.key,
      toYear: to.year,
      toTask: to.key,
      by,
      at: ctx.now,
    })),
  );
  const linked = (task: Task, note: string) =>
    recordUpdate(ctx, {
      task,
      note,
      person: by,
      unit: null,
      role: null,
      kind: 'carry',
      percent: null,
      changes: [],
      undoes: null,
    });
  for (const { from, to } of carried) {
    await linked(from, `结转为${yearCode(to)}`);
    await linked(to, `由${yearCode(from)}结转`);
  }
}

const inOrder = (a: Task, b: Task) => a.year - b.year || a.position - b.position;

function planOf({ ledger, plans }: Context, prefix: string, year: number | null): Plan {
  const found =
    year === null
      ? plans.find((plan) => plan.prefix === prefix)
      : ledger.plans.find((plan) => plan.prefix === prefix && plan.year === year);
  if (found) return found;
  const years = ledger.plans.filter((plan) => plan.prefix === prefix).map((plan) => `${plan.year}年`);
  throw new BotError(
    'not-found',
    `没有${year ?? ''}年的“${prefix}”计划${years.length > 0 ? `，有${years.join('、')}的` : ''}。`,
  );
}

function tasksOf({ ledger }: Context, plan: Plan): Task[] {
  return ledger.tasks.filter((task) => task.prefix === plan.prefix && task.year === plan.year);
}

function isStandingWork({ ledger, today, startOn }: Context, task: Task): boolean {
  const limits = [task, ...partsOf(ledger, task)].flatMap((row) => limitsOpenTo(ledger, row, today, startOn));
  return limits.length > 0 && limits.every(isStanding);
}

function corrected(
  { ledger }: Context,
  proposed: Carry[],
  { plan, next }: Pick<Closing, 'plan' | 'next'>,
  corrections: Corrections,
): Carry[] {
  const carries = new Map(proposed.map((carry) => [carry.from, carry]));
  for (const [code, target] of corrections) {
    const typed = findTask(ledger, code, plan.year);
    const from = typed && wholeOf(ledger, typed);
    if (!from || !carries.has(from)) {
      throw new BotError('not-found', `${code}不在${plan.year}年“${plan.prefix}”计划待结转的任务里。`);
    }
    carries.set(from, { from, to: target === null ? null : targetOf(ledger, target, plan, next) });
  }
  return [...carries.values()];
}

function targetOf(ledger: Context['ledger'], code: string, plan: Plan, next: Plan | null): Task {
  if (next === null) {
    throw new BotError('not-found', `台账里还没有${plan.year}年以后的“${plan.prefix}”计划，先导入再结转。`);
  }
  const found = findTask(ledger, code, next.year);
  if (found && !found.retired) return wholeOf(ledger, found);
  throw new BotError('not-found', `${next.year}年的计划里没有${code}。`);
}
