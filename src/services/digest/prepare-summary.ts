import type { Reply } from '../../chat/message.js';
import { listDue } from '../../domain/due.js';
import { limitsReached } from '../../domain/lately.js';
import { limitsDue, standingOf } from '../../domain/limit.js';
import {
  addDays,
  addMonths,
  contains,
  type DateRange,
  later,
  momentOf,
  startOfMonth,
} from '../../domain/local-date.js';
import type { Scope } from '../../domain/person.js';
import { listUpdatesSince } from '../../store/updates.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { liaisonsByUnit } from '../person/liaisons-by-unit.js';
import { readAskedExtensions } from '../request/waiting-requests.js';
import { scopeName, tasksInScope } from '../task/tasks-in-view.js';
import { writeMonth, writeQuarter } from './write-summary.js';

/** The month that holds `covers`, as it stands now. */
export async function prepareMonth(ctx: Context, scope: Scope | undefined, covers: DateRange): Promise<Reply> {
  const { ledger, today, startOn } = ctx;
  const tasks = tasksInScope(ctx, scope);
  const book = await readDutyBook(ctx, tasks, await readAskedExtensions(ctx));
  const month = startOfMonth(covers.to);
  const range = { from: later(month, startOn), to: addDays(addMonths(month, 1), -1) };
  const following = { from: addMonths(month, 1), to: addDays(addMonths(month, 2), -1) };
  const due = listDue(ledger, tasks, range, startOn).dated.map((work) => ({
    work,
    standings: work.limits.map((limit) => standingOf(ledger, limit, book)),
  }));
  const extended = tasks
    .filter((task) => ledger.extended.has(task))
    .flatMap((task) => limitsDue(ledger, task, { from: addDays(range.to, 1), to: addMonths(range.to, 24) }, startOn))
    .filter(({ statedDue }) => statedDue !== null && contains(range, statedDue));
  const updates = await listUpdatesSince(ctx.tx, ctx.workspace, momentOf(month, '00:00', ctx.timeZone));
  const before = book.before(updates.flatMap(({ changes }) => changes));
  const { closed } = limitsReached(ledger, tasks, { from: before, to: book, now: book }, today, startOn);
  const next = listDue(ledger, tasks, following, startOn).dated;
  return writeMonth(ledger, scopeName(ctx, scope), { today, month, due, extended, closed, next });
}

/** `null` where no recurring task ends with the quarter. */
export async function prepareQuarter(ctx: Context, scope: Scope | undefined, covers: DateRange): Promise<Reply | null> {
  const { ledger, today, startOn } = ctx;
  const tasks = tasksInScope(ctx, scope);
  const book = await readDutyBook(ctx, tasks, await readAskedExtensions(ctx));
  const { occurrences } = listDue(ledger, tasks, { from: later(covers.from, today), to: covers.to }, startOn);
  const liaisons = await liaisonsByUnit(ctx);
  return writeQuarter(ledger, scopeName(ctx, scope), {
    today,
    turns: occurrences.map((limit) => ({ limit, standing: standingOf(ledger, limit, book) })),
    liaisonsOf: (unit) => liaisons.get(unit) ?? [],
  });
}
