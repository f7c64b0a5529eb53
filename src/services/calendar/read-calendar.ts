import { type AgendaEntry, agendaOf } from '../../domain/agenda.js';
import { currentPlans } from '../../domain/current-plans.js';
import { DutyBook } from '../../domain/duty.js';
import { isClosedPlan, unitName } from '../../domain/ledger.js';
import { wallClock } from '../../domain/local-date.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { findCalendarLinkByHash } from '../../store/calendar-links.js';
import { listDuties } from '../../store/duties.js';
import { readLedger } from '../../store/ledger.js';
import { findPerson } from '../../store/people.js';
import type { Queries } from '../../store/queries.js';
import { findWorkspace } from '../../store/workspaces.js';
import { ledgerFrom } from '../ledger/ledger-cache.js';
import { hashOfLink } from './calendar-links.js';

export interface UnitCalendar {
  /** Stays the same whatever the unit is called. */
  id: string;
  /** 县住建局督办时限. */
  name: string;
  entries: AgendaEntry[];
}

/**
 * What a link opens; `null` for one that was never given, was taken back, has expired, or whose owner has left or is of
 * another unit now.
 */
export async function readCalendar(
  q: Queries,
  workspace: WorkspaceId,
  token: string,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<UnitCalendar | null> {
  const link = await findCalendarLinkByHash(q, workspace, hashOfLink(token));
  if (!link || now >= link.expiresAt) return null;
  const owner = await findPerson(q, workspace, link.personId);
  const row = await findWorkspace(q, workspace);
  if (!row || !owner?.active || owner.unitId !== link.unitId) return null;
  const { date: today } = wallClock(now, timeZone);
  const ledger = ledgerFrom(row.ledgerVersion, await readLedger(q, workspace));
  const meant = new Set(currentPlans(ledger.plans, null, today).map(({ year, prefix }) => `${year} ${prefix}`));
  const tasks = ledger.tasks.filter(
    (task) => meant.has(`${task.year} ${task.prefix}`) && !isClosedPlan(ledger, task) && !task.retired,
  );
  const duties = [];
  for (const year of new Set(tasks.map((task) => task.year))) {
    duties.push(...(await listDuties(q, workspace, year)).map(({ unitId, ...duty }) => ({ ...duty, unit: unitId })));
  }
  const startOn = row.startOn ?? today;
  const book = new DutyBook(duties);
  return {
    id: `${workspace} ${link.unitId}`,
    name: `${unitName(ledger, link.unitId)}督办时限`,
    entries: agendaOf({ ledger, tasks, book, startOn, today }, link.unitId),
  };
}
