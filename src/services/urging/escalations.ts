import { workingDaysBetween } from '../../domain/calendar.js';
import { heirOf, isClosedPlan, taskOfKey, workOf } from '../../domain/ledger.js';
import { addDays, type LocalDate } from '../../domain/local-date.js';
import { awaitsUnit } from '../../domain/owed.js';
import type { PersonId } from '../../domain/person.js';
import { hasInCharge } from '../../domain/rights.js';
import { stillOwed } from '../../domain/round.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import type { PersonRow } from '../../store/people.js';
import { listUpdatesSince } from '../../store/updates.js';
import { insertUrging, listUrgingsSince, type UrgingRow } from '../../store/urgings.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { peopleWith } from '../notice/tell.js';
import { requireRight } from '../person/require-right.js';
import { readAskedExtensions } from '../request/waiting-requests.js';
import { stillStanding } from '../update/still-standing.js';

/** A unit that was reminded of a task again and again and has not reported since. */
export interface Escalation {
  unit: UnitId;
  task: Task;
  /** When it was reminded. */
  days: LocalDate[];
}

const lookBackDays = 60;
const leastReminders = 2;
const leastWorkingDays = 3;

/** What a supervisor may take to the leader in charge. It is proposed, never done by itself. */
export async function proposeEscalations(ctx: Context): Promise<Escalation[]> {
  requireRight(ctx, 'urge');
  const urgings = await listUrgingsSince(ctx.tx, ctx.workspace, addDays(ctx.today, -lookBackDays));
  const [first] = urgings;
  const updates = first ? stillStanding(await listUpdatesSince(ctx.tx, ctx.workspace, first.sentAt)) : [];
  const asked = await readAskedExtensions(ctx);
  const found: Escalation[] = [];
  for (const [unit, ofUnit] of Map.groupBy(urgings, ({ unitId }) => heirOf(ctx.ledger, unitId))) {
    for (const { task, reminders } of tasksOf(ctx, ofUnit)) {
      const last = reminders.at(-1);
      if (!last || reminders.length < leastReminders) continue;
      if (workingDaysBetween(last.day, ctx.today) < leastWorkingDays) continue;
      const since = updates.filter((update) => update.at > last.sentAt);
      const work = workOf(ctx.ledger, task);
      const { year, key } = work.task;
      if (stillOwed(ctx.ledger, [{ unit, tasks: [{ year, key }] }], since).length === 0) continue;
      // What was paused, taken away or put off since owes nothing.
      const book = await readDutyBook(ctx, [work.task, ...work.parts], asked);
      if (!awaitsUnit(ctx.ledger, work, book, unit, ctx.today, ctx.startOn)) continue;
      found.push({ unit, task, days: reminders.map(({ day }) => day) });
    }
  }
  if (found.length === 0) {
    throw new BotError(
      'not-found',
      `没有要报领导的：提示过${leastReminders}次、过了${leastWorkingDays}个工作日仍没有报告的才列出来。`,
    );
  }
  return found;
}

/** Written down once a day for each unit. Returns the leaders who have each of them in charge. */
export async function escalate(ctx: Context, escalations: Escalation[]): Promise<Map<PersonId, Escalation[]>> {
  const sentBy = requireRight(ctx, 'urge');
  const leaders = await peopleWith(ctx, 'leader');
  if (leaders.length === 0) throw new BotError('not-found', '名单里还没有领导，没有可报的人。请管理员先登记。');
  const told = new Map<PersonId, Escalation[]>();
  for (const [unit, some] of Map.groupBy(escalations, (one) => one.unit)) {
    const tasks = some.map(({ task }) => ({ year: task.year, key: task.key, due: null }));
    const row = { unitId: unit, day: ctx.today, kind: 'escalate' as const, tasks, words: '', sentBy };
    if (!(await insertUrging(ctx.tx, ctx.workspace, { ...row, groupId: ctx.group, sentAt: ctx.now }))) continue;
    for (const one of some) {
      for (const leader of inChargeOf(ctx, leaders, one.task))
        told.set(leader.id, [...(told.get(leader.id) ?? []), one]);
    }
  }
  if (told.size === 0) throw new BotError('conflict', '这些单位今天已经提示或报过，明天再报。');
  return told;
}

/** All leaders, where nobody has it in charge. */
function inChargeOf(ctx: Context, leaders: PersonRow[], task: Task): PersonRow[] {
  const own = leaders.filter(({ scope }) => scope !== null && hasInCharge({ scope }, ctx.ledger, task));
  return own.length > 0 ? own : leaders.filter(({ scope }) => scope === null);
}

function tasksOf(ctx: Context, urgings: UrgingRow[]): { task: Task; reminders: UrgingRow[] }[] {
  const reminders = urgings.filter(({ kind }) => kind === 'remind');
  const keys = new Map(reminders.flatMap(({ tasks }) => tasks.map((one) => [`${one.year} ${one.key}`, one] as const)));
  return [...keys.values()].flatMap(({ year, key }) => {
    const task = taskOfKey(ctx.ledger, year, key);
    if (!task || task.retired || isClosedPlan(ctx.ledger, task)) return [];
    const of = reminders.filter(({ tasks }) => tasks.some((one) => one.year === year && one.key === key));
    return [{ task, reminders: of }];
  });
}
