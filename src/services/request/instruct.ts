import { tasksOf } from '../../domain/due.js';
import { wholeOf } from '../../domain/ledger.js';
import type { LocalDate } from '../../domain/local-date.js';
import { tellsSomething } from '../../domain/note.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import { decideRequest, lockRequest, type RequestRow } from '../../store/requests.js';
import type { Context } from '../context.js';
import { requireRight } from '../person/require-right.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { refuseUnlessWaiting } from './pick-request.js';
import { detailsOf, recordRequest } from './record-request.js';
import { tellSupervisors } from './request-notices.js';

export interface Instruction {
  unit: UnitId;
  /** Those that the words name. */
  tasks: Task[];
  words: string;
  /** The day that the words name. */
  day: LocalDate | null;
}

/** 批示: a leader's instruction, a draft that the supervisors send. */
export async function instruct(ctx: Context, { unit, tasks, words, day }: Instruction): Promise<RequestRow> {
  const person = requireRight(ctx, 'instruct');
  refuseEmptyInstruction(words);
  const [first, ...others] = inOrder(ctx, tasks);
  const anchor = first ?? taskToHoldIt(ctx, unit);
  if (!anchor) throw new BotError('conflict', '台账里还没有任务，先导入计划。发“/help import”看怎么导入。');
  for (const task of [anchor, ...others]) await lockWork(ctx, task);
  const duties = tasks.map(({ year, key }) => ({ year, task: key, milestone: 0, occurrence: '', unit }));
  const { request } = await recordRequest(
    ctx,
    {
      ...{ task: anchor, person, role: 'leader', kind: 'instruction', duties, unitId: unit, words },
      ...{ statedDue: null, newDue: day, inTime: true },
    },
    () => false,
  );
  for (const task of others) {
    await recordUpdate(ctx, {
      ...{ task, person, unit: null, role: 'leader', kind: 'instruct', note: words },
      ...{ percent: null, changes: [], details: detailsOf(request), undoes: null },
    });
  }
  await tellSupervisors(ctx, request);
  return request;
}

export function refuseEmptyInstruction(words: string): void {
  if (tellsSomething(words)) return;
  throw new BotError('incomplete', '请写批示的内容，如：/instruct 县水利局 28日前报水-10进展。');
}

/** Locked in this order by everybody. */
function inOrder(ctx: Context, tasks: Task[]): Task[] {
  const place = (task: Task) => wholeOf(ctx.ledger, task).position;
  return [...new Set(tasks)].sort((a, b) => a.year - b.year || place(a) - place(b) || a.position - b.position);
}

/** A request belongs to a task: where the words name none, the first of the unit's. Its history says nothing of it. */
function taskToHoldIt(ctx: Context, unit: UnitId): Task | undefined {
  const [own] = tasksOf(ctx.ledger, ctx.ledger.tasks, unit);
  return own ?? ctx.ledger.tasks[0];
}

/** Marks an instruction as sent, for whoever sends it as an urging or an assignment. Throws when it no longer waits. */
export async function takeInstruction(ctx: Context, number: number): Promise<RequestRow> {
  const person = requireRight(ctx, 'assign');
  const locked = await lockRequest(ctx.tx, ctx.workspace, number);
  if (locked?.kind !== 'instruction') {
    throw new BotError('not-found', `没有第${number}号批示。发“/mine”看等待处理的。`);
  }
  const request = await refuseUnlessWaiting(ctx, locked);
  const decided = {
    state: 'granted' as const,
    decidedBy: person,
    decidedAt: ctx.now,
    decision: null,
    agreedBy: null,
    grantedDue: null,
  };
  await decideRequest(ctx.tx, ctx.workspace, number, decided);
  return { ...request, ...decided };
}
