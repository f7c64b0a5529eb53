import type { LedgerContent } from '../../chat/message.js';
import { tasksOf } from '../../domain/due.js';
import { DutyBook } from '../../domain/duty.js';
import { type Ledger, workOf } from '../../domain/ledger.js';
import type { LedgerFacts, Report } from '../../domain/ledger-facts.js';
import { wallClock } from '../../domain/local-date.js';
import type { Task } from '../../domain/task.js';
import { unitId } from '../../domain/unit.js';
import { isStandingDone } from '../../domain/update-chain.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { listDuties } from '../../store/duties.js';
import type { Queries } from '../../store/queries.js';
import { listLastReports, listUpdatesAfter, type UpdateRow } from '../../store/updates.js';
import { findWorkspace } from '../../store/workspaces.js';
import { readWhole } from '../ledger/read-whole.js';

/**
 * What a 台账 is made from, as it stood when it was asked for. Read outside a transaction: what was reported in the meantime
 * is taken back out, and where the plans were amended meanwhile the rows are those of now, which the facts say.
 */
export async function readLedgerFacts(
  q: Queries,
  workspace: WorkspaceId,
  { plans, unit: asked, asOf }: LedgerContent,
  timeZone: string,
): Promise<LedgerFacts | null> {
  const row = await findWorkspace(q, workspace);
  if (!row) return null;
  const ledger = await readWhole(q, workspace);
  const moment = new Date(asOf.moment);
  const { date: today, time } = wallClock(moment, timeZone);
  const meant = new Set(plans.map(({ prefix, year }) => `${year} ${prefix}`));
  const ofPlans = ledger.tasks.filter((task) => meant.has(`${task.year} ${task.prefix}`));
  const unit = asked === null ? null : unitId.parse(asked);
  const tasks = unit === null ? ofPlans : tasksOf(ledger, ofPlans, unit);
  const duties = [];
  const reports: Report[] = [];
  for (const [year, ofYear] of Map.groupBy(tasks, (task) => task.year)) {
    const rows = (await listDuties(q, workspace, year)).map(({ unitId, ...duty }) => ({ ...duty, unit: unitId }));
    const later = await listUpdatesAfter(q, workspace, year, keysOfWorks(ledger, ofYear), asOf.update);
    duties.push(...new DutyBook(rows).before(later.flatMap((update) => update.changes)).list());
    const last = await listLastReports(q, workspace, year, asOf.update);
    reports.push(...last.map((update) => reportFrom(update, timeZone)));
  }
  return {
    workspace: row.name,
    ledger,
    tasks,
    unit,
    duties,
    reports,
    startOn: row.startOn ?? today,
    moment,
    today,
    time: time.slice(0, 5),
    amended: ledger.version !== asOf.ledgerVersion,
  };
}

const keysOfWorks = (ledger: Ledger, tasks: Task[]) => [
  ...new Set(
    tasks.flatMap((task) => {
      const work = workOf(ledger, task);
      return [task, work.task, ...work.parts].map(({ key }) => key);
    }),
  ),
];

function reportFrom(update: UpdateRow, timeZone: string): Report {
  const { sequence, year, task, unitId: unit, kind, percent, note } = update;
  const standing = isStandingDone(update);
  return { sequence, year, task, unit, kind, standing, percent, note, on: wallClock(update.at, timeZone).date };
}
