import { and, eq, getTableColumns, lte } from 'drizzle-orm';
import type { PersonId } from '../domain/person.js';
import type { UnitId } from '../domain/unit.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { byWords, inBatches, type Queries, type Tx } from './queries.js';
import { type Slots, statement } from './statement.js';
import type { NewRow, Row } from './tables.js';
import { raiseRosterVersion } from './workspaces.js';

export type PersonRow = Row<'people'>;
export type AccountRow = Row<'accounts'>;

export async function insertPerson(tx: Tx, workspace: WorkspaceId, row: NewRow<'people'>): Promise<void> {
  await insertPeople(tx, workspace, [row]);
}

export async function insertPeople(tx: Tx, workspace: WorkspaceId, rows: NewRow<'people'>[]): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.people).values(batch.map((row) => ({ ...row, workspace }))));
  await raiseRosterVersion(tx, workspace);
}

export async function insertAccount(tx: Tx, workspace: WorkspaceId, row: NewRow<'accounts'>): Promise<void> {
  await insertAccounts(tx, workspace, [row]);
}

export async function insertAccounts(tx: Tx, workspace: WorkspaceId, rows: NewRow<'accounts'>[]): Promise<void> {
  await inBatches(rows, (batch) => tx.insert(tx.t.accounts).values(batch.map((row) => ({ ...row, workspace }))));
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

/** What can be changed of a person; the id stays, and with it what they reported. */
export type PersonValues = Partial<Omit<PersonRow, 'workspace' | 'id'>>;

export async function updatePerson(tx: Tx, workspace: WorkspaceId, id: PersonId, values: PersonValues): Promise<void> {
  const t = tx.t.people;
  await tx
    .update(t)
    .set(values)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  await raiseRosterVersion(tx, workspace);
}

/** The person is nobody's account any more. */
export async function deleteAccounts(tx: Tx, workspace: WorkspaceId, person: PersonId): Promise<void> {
  const t = tx.t.accounts;
  await tx.delete(t).where(and(eq(t.workspace, workspace), eq(t.personId, person)));
  await raiseRosterVersion(tx, workspace);
}

/** Who left at `before` or earlier and still has an account. */
export async function listDepartedWithAccounts(q: Queries, workspace: WorkspaceId, before: Date): Promise<PersonRow[]> {
  const { people, accounts } = q.t;
  const rows = await q
    .select(getTableColumns(people))
    .from(people)
    .innerJoin(accounts, and(eq(accounts.workspace, people.workspace), eq(accounts.personId, people.id)))
    .where(and(eq(people.workspace, workspace), lte(people.leftAt, before)));
  return byWords([...new Map(rows.map((row) => [row.id, row])).values()], (person) => person.id);
}
