import { and, eq } from 'drizzle-orm';
import type { ActorRole, PersonId } from '../domain/person.js';
import type { UnitId } from '../domain/unit.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { byWords, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { NewRow, Row } from './tables.js';
import { raiseRosterVersion } from './workspaces.js';

export type PersonRow = Row<'people'>;
export type AccountRow = Row<'accounts'>;

export async function insertPerson(tx: Tx, workspace: WorkspaceId, row: NewRow<'people'>): Promise<void> {
  await tx.insert(tx.t.people).values({ ...row, workspace });
  await raiseRosterVersion(tx, workspace);
}

export async function insertAccount(tx: Tx, workspace: WorkspaceId, row: NewRow<'accounts'>): Promise<void> {
  await tx.insert(tx.t.accounts).values({ ...row, workspace });
  await raiseRosterVersion(tx, workspace);
}

export async function findPerson(q: Queries, workspace: WorkspaceId, id: PersonId): Promise<PersonRow | null> {
  const t = q.t.people;
  const [row] = await q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  return row ?? null;
}

export async function listPeople(q: Queries, workspace: WorkspaceId): Promise<PersonRow[]> {
  const t = q.t.people;
  return byWords(await q.select().from(t).where(eq(t.workspace, workspace)), (person) => person.id);
}

const accountsOf = statement('accounts', (q: Queries, the: Slots<{ workspace: WorkspaceId; person: PersonId }>) => {
  const t = q.t.accounts;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, the('workspace')), eq(t.personId, the('person'))));
});

export async function listAccounts(q: Queries, workspace: WorkspaceId, person: PersonId): Promise<AccountRow[]> {
  const rows = await accountsOf(q, { workspace, person });
  return byWords(rows, (account) => `${account.platform} ${account.userId}`);
}

/** Every account of the workspace. */
export async function listAllAccounts(q: Queries, workspace: WorkspaceId): Promise<AccountRow[]> {
  const t = q.t.accounts;
  const rows = await q.select().from(t).where(eq(t.workspace, workspace));
  return byWords(rows, (account) => `${account.platform} ${account.userId}`);
}

const activeOf = statement('people_of_unit', (q: Queries, the: Slots<{ workspace: WorkspaceId; unit: UnitId }>) => {
  const t = q.t.people;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, the('workspace')), eq(t.unitId, the('unit')), eq(t.active, true)));
});

/** Active people of these units who hold the role `liaison`. */
export async function listLiaisonsOf(q: Queries, workspace: WorkspaceId, units: UnitId[]): Promise<PersonRow[]> {
  const liaisons: PersonRow[] = [];
  for (const unit of new Set(units)) {
    const people = await activeOf(q, { workspace, unit });
    liaisons.push(...people.filter((person) => person.roles.includes('liaison')));
  }
  return byWords(liaisons, (person) => person.id);
}

export async function setPersonUnitAndRoles(
  tx: Tx,
  workspace: WorkspaceId,
  id: PersonId,
  values: { unitId: UnitId | null; roles: ActorRole[] },
): Promise<void> {
  const t = tx.t.people;
  await tx
    .update(t)
    .set(values)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  await raiseRosterVersion(tx, workspace);
}

export async function setPersonActive(tx: Tx, workspace: WorkspaceId, id: PersonId, active: boolean): Promise<void> {
  const t = tx.t.people;
  await tx
    .update(t)
    .set({ active })
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  await raiseRosterVersion(tx, workspace);
}
