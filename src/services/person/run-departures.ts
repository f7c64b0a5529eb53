import { addDays, momentOf, wallClock } from '../../domain/local-date.js';
import { daysToComeBack } from '../../domain/person.js';
import { listDepartedWithAccounts } from '../../store/people.js';
import type { Tx } from '../../store/queries.js';
import { listWorkspaces, lockWorkspace, type WorkspaceRow } from '../../store/workspaces.js';
import type { Scheduling } from '../schedule/schedule-context.js';
import { untieAccounts } from './write-roster.js';

/** Whose accounts were kept for thirty days after they left has none from the day after. */
export async function runDepartures(deps: Scheduling, now: Date): Promise<void> {
  const { date } = wallClock(now, deps.timeZone);
  const before = momentOf(addDays(date, -daysToComeBack), '00:00', deps.timeZone);
  for (const workspace of await listWorkspaces(deps.store.read)) {
    if ((await listDepartedWithAccounts(deps.store.read, workspace.id, before)).length === 0) continue;
    await deps.store.transaction((tx) => untieDeparted(tx, workspace, before, now));
  }
}

async function untieDeparted(tx: Tx, { id }: WorkspaceRow, before: Date, now: Date): Promise<void> {
  await lockWorkspace(tx, id);
  for (const person of await listDepartedWithAccounts(tx, id, before)) {
    const writer = { tx, workspace: id, now, by: 'schedule' };
    await untieAccounts(writer, person.id, `离任已满${daysToComeBack}天，解除账号`);
  }
}
