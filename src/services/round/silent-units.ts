import { decidingParties, heirOf, inDocumentOrder, type Party } from '../../domain/ledger.js';
import { addDays, momentOf, startOfWeek } from '../../domain/local-date.js';
import { owedBy } from '../../domain/owed.js';
import type { UnitId } from '../../domain/unit.js';
import { listUpdatesSince } from '../../store/updates.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { readAskedExtensions } from '../request/waiting-requests.js';
import type { TaskView } from '../task/tasks-in-view.js';
import { stillStanding } from '../update/still-standing.js';

/** Who has reported anything since the start date; a group noun counts as one. In the document's order. */
export interface SilentUnits {
  reported: { unit: UnitId; reports: number }[];
  silent: UnitId[];
  /** Of the silent ones, those with something due this week. */
  dueThisWeek: UnitId[];
}

const reportKinds = new Set(['done', 'progress', 'block', 'no-change']);

export async function silentUnits(ctx: Context, view: TaskView): Promise<SilentUnits> {
  const parties = new Map<UnitId, Party>();
  for (const task of view.tasks) {
    for (const party of decidingParties(ctx.ledger, task)) parties.set(party.unit, party);
  }
  const order = inDocumentOrder(ctx.ledger);
  const inOrder = [...parties.values()].sort((a, b) => order(a.unit, b.unit));
  const meant = view.unit;
  const asked = inOrder.filter(({ unit, members }) => meant === null || unit === meant || members.includes(meant));
  const from = momentOf(ctx.startOn, '00:00', ctx.timeZone);
  const keys = new Set(view.tasks.map((task) => `${task.year} ${task.key}`));
  const updates = stillStanding(await listUpdatesSince(ctx.tx, ctx.workspace, from)).filter(
    (update) => reportKinds.has(update.kind) && keys.has(`${update.year} ${update.task}`),
  );
  const reportsOf = ({ unit, members }: Party) =>
    updates.filter(({ unitId }) => {
      const reporter = unitId === null ? null : heirOf(ctx.ledger, unitId);
      return reporter !== null && (reporter === unit || members.includes(reporter));
    }).length;
  const counts = asked.map((party) => ({ party, reports: reportsOf(party) }));
  const silent = counts.filter(({ reports }) => reports === 0).map(({ party }) => party);
  const book = await readDutyBook(ctx, view.tasks, await readAskedExtensions(ctx));
  const until = addDays(startOfWeek(ctx.today), 6);
  const owes = ({ members }: Party) =>
    members.some(
      (unit) =>
        owedBy(ctx.ledger, view.tasks, book, unit, { until, today: ctx.today, startOn: ctx.startOn }).length > 0,
    );
  return {
    reported: counts.filter(({ reports }) => reports > 0).map(({ party, reports }) => ({ unit: party.unit, reports })),
    silent: silent.map(({ unit }) => unit),
    dueThisWeek: silent.filter(owes).map(({ unit }) => unit),
  };
}
