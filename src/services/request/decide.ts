import { type DutyBook, type DutyKey, stateAfter } from '../../domain/duty.js';
import { newDayProblem } from '../../domain/extension.js';
import { limitOfDuty } from '../../domain/limit.js';
import { earlier, type LocalDate, later } from '../../domain/local-date.js';
import type { PersonId } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import type { DutyChange } from '../../domain/update-chain.js';
import { BotError } from '../../errors.js';
import { decideRequest, lockRequest, type RequestRow } from '../../store/requests.js';
import { raiseLedgerVersion } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { refuseClosedPlan } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { reliefEvents } from './ask-supervisor.js';
import { deciderOf } from './decider.js';
import { refuseUnlessWaiting } from './pick-request.js';
import { detailsOf } from './record-request.js';
import { subjectCode, taskOf } from './request-words.js';

export interface Decision {
  granted: boolean;
  /** What was said with it, word for word. */
  words: string;
  /** Another day than the one asked for. */
  day: LocalDate | null;
  /** The leader who agreed, where a supervisor enters it. */
  agreedBy: string | null;
}

/** Grants or refuses a request that still waits. Throws a refusal that names who may, or what became of it. */
export async function decide(ctx: Context, seen: RequestRow, decision: Decision): Promise<RequestRow> {
  const task = taskOf(ctx, seen);
  const { person, role } = await deciderOf(ctx, seen);
  await lockWork(ctx, task);
  const locked = await lockRequest(ctx.tx, ctx.workspace, seen.number);
  if (!locked) throw new Error(`request ${seen.number} is gone`);
  const request = await refuseUnlessWaiting(ctx, locked);
  if (decision.granted) refuseClosedPlan(ctx, task);
  const book = await readDutyBook(ctx, tasksOf(ctx, request));
  const grantedDue = decision.granted ? dayToGrant(ctx, request, decision, book, role) : null;
  const changes = decision.granted ? changesBy(ctx, request, book) : [];
  const decided = {
    state: decision.granted ? ('granted' as const) : ('refused' as const),
    decidedBy: person,
    decidedAt: ctx.now,
    decision: decision.words || null,
    agreedBy: decision.agreedBy,
    grantedDue,
  };
  await decideRequest(ctx.tx, ctx.workspace, request.number, decided);
  await recordDecision(ctx, { task, person, role, request, decision, grantedDue, changes });
  if (grantedDue !== null) await raiseLedgerVersion(ctx.tx, ctx.workspace);
  return { ...request, ...decided };
}

function tasksOf(ctx: Context, request: RequestRow): Task[] {
  const keys = [request, ...request.duties];
  return [...new Set(keys.map(({ year, task }) => taskOf(ctx, { year, task, duties: [] })))];
}

interface Recorded {
  task: Task;
  person: PersonId;
  role: string;
  request: RequestRow;
  decision: Decision;
  grantedDue: LocalDate | null;
  changes: DutyChange[];
}

async function recordDecision(ctx: Context, recorded: Recorded): Promise<void> {
  const { task, person, role, request, decision, grantedDue, changes } = recorded;
  const { newDate: _, ...details } = detailsOf(request);
  await recordUpdate(ctx, {
    ...{ task, person, role, changes },
    unit: null,
    kind: decision.granted ? 'grant' : 'refuse',
    note: decision.words,
    percent: null,
    details: {
      ...details,
      ...(grantedDue === null ? {} : { newDate: grantedDue }),
      ...(decision.agreedBy === null ? {} : { agreedBy: decision.agreedBy }),
    },
    undoes: null,
  });
}

/** Of an extension; `null` for any other request. */
function dayToGrant(
  ctx: Context,
  request: RequestRow,
  { day, agreedBy }: Decision,
  book: DutyBook,
  role: string,
): LocalDate | null {
  const code = subjectCode(ctx.ledger, request);
  if (request.kind !== 'extension') {
    if (day === null) return null;
    throw new BotError('invalid', `第${request.number}号不是延期申请，不用写日期。发“同意 第${request.number}号”。`);
  }
  if (role === 'supervisor' && agreedBy === null) {
    throw new BotError('invalid', `请写明是哪位领导同意的，如：“同意 ${code} 延期 王县长同意”。`);
  }
  if (request.duties.every((key) => isOver(book, key))) {
    throw new BotError('conflict', `${code}已经销号或取消，不用再定延期。发“/task ${code}”看情况。`);
  }
  const limits = request.duties.flatMap((key) => limitOfDuty(ctx.ledger, key) ?? []);
  const days = limits.flatMap(({ due, statedDue }) => (due === null ? [] : [{ due, stated: statedDue ?? due }]));
  const granted = day ?? request.newDue;
  if (days.length === 0 || granted === null) {
    throw new BotError('conflict', `文件修订后${code}没有这个时限了，不用再定延期。发“/task ${code}”看时限。`);
  }
  const due = days.map((one) => one.due).reduce(later);
  const stated = days.map((one) => one.stated).reduce(earlier);
  // The day that was asked for may have come while it waited.
  const today = day === null ? earlier(ctx.today, granted) : ctx.today;
  const problem = newDayProblem(granted, { due, stated, today });
  if (problem)
    throw new BotError('invalid', `${code}延期没有记：${problem}。可以写“同意 第${request.number}号 到×月×日”。`);
  return granted;
}

function isOver(book: DutyBook, key: DutyKey): boolean {
  const status = book.statusOf(key);
  return status === 'closed' || status === 'withdrawn';
}

/** A granted objection or exemption takes the unit's duties away. */
function changesBy(ctx: Context, request: RequestRow, book: DutyBook): DutyChange[] {
  const { kind, duties } = request;
  if (kind !== 'objection' && kind !== 'exemption') return [];
  const changes = duties.flatMap((key): DutyChange[] => {
    const before = book.stateOf(key);
    const after = stateAfter(before, reliefEvents[kind], ctx.settings);
    return after === null ? [] : [{ ...key, before, after }];
  });
  if (changes.length === 0 && duties.length > 0) {
    const code = subjectCode(ctx.ledger, request);
    throw new BotError('conflict', `${code}已经销号或取消，不用再定。发“/task ${code}”看情况。`);
  }
  return changes;
}
