import type { Person, PersonId } from '../../domain/person.js';
import { isLiaisonOf } from '../../domain/person.js';
import type { UnitId } from '../../domain/unit.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import {
  deleteAccounts,
  insertAccounts,
  insertPeople,
  listAccounts,
  listLiaisonsOf,
  type PersonValues,
  updatePerson,
} from '../../store/people.js';
import type { Tx } from '../../store/queries.js';
import { insertRosterChanges } from '../../store/roster-changes.js';
import type { Context } from '../context.js';

/** Who changes the roster, and when. */
export interface RosterWriter {
  tx: Tx;
  workspace: WorkspaceId;
  now: Date;
  /** A person's id, or the name of what changes it. */
  by: string;
}

export interface Account {
  platform: string;
  userId: string;
}

/** For whoever acts at the server while the roster has nobody yet. */
export const commandLine = 'command-line';

export function writerOf({ tx, workspace, now, actor }: Context): RosterWriter {
  return { tx, workspace, now, by: actor.person ?? commandLine };
}

/** Every change of a person leaves a row that says what was, what is, who and why. */
export async function enterPeople(
  writer: RosterWriter,
  entries: { person: Person; accounts: Account[] }[],
  words: string,
): Promise<void> {
  const { tx, workspace } = writer;
  if (entries.length === 0) return;
  await insertPeople(
    tx,
    workspace,
    entries.map(({ person }) => rowOf(person)),
  );
  await insertAccounts(
    tx,
    workspace,
    entries.flatMap(({ person, accounts }) => accounts.map((account) => ({ ...account, personId: person.id }))),
  );
  await note(
    writer,
    entries.map(({ person, accounts }) => ({
      subject: person.id,
      before: null,
      after: { ...stateOf(person), accounts: accounts.map(accountText) },
      words,
    })),
  );
}

/** Returns the person as they are then. */
export async function changePerson(
  writer: RosterWriter,
  before: Person,
  values: PersonValues,
  words: string,
): Promise<Person> {
  const after: Person = { ...before, ...values };
  await updatePerson(writer.tx, writer.workspace, before.id, values);
  await note(writer, [{ subject: before.id, before: stateOf(before), after: stateOf(after), words }]);
  const unit = before.unitId;
  if (unit !== null && isLiaisonOf(before, unit) && !isLiaisonOf(after, unit)) await noteVacancy(writer, unit);
  return after;
}

export async function tieAccounts(writer: RosterWriter, person: PersonId, accounts: Account[]): Promise<void> {
  if (accounts.length === 0) return;
  await insertAccounts(
    writer.tx,
    writer.workspace,
    accounts.map((account) => ({ ...account, personId: person })),
  );
  await note(writer, [
    { subject: person, before: null, after: { accounts: accounts.map(accountText) }, words: '登记账号' },
  ]);
}

export async function untieAccounts(writer: RosterWriter, person: PersonId, words: string): Promise<void> {
  const accounts = await listAccounts(writer.tx, writer.workspace, person);
  await deleteAccounts(writer.tx, writer.workspace, person);
  await note(writer, [{ subject: person, before: { accounts: accounts.map(accountText) }, after: null, words }]);
}

/** Since when a unit has no liaison is asked later. */
async function noteVacancy(writer: RosterWriter, unit: UnitId): Promise<void> {
  const left = await listLiaisonsOf(writer.tx, writer.workspace, [unit]);
  if (left.length > 0) return;
  const { now: at, by: changedBy } = writer;
  await insertRosterChanges(writer.tx, writer.workspace, [
    { at, changedBy, subject: unit, kind: 'unit', before: null, after: { vacant: true }, words: vacancyWords },
  ]);
}

export const vacancyWords = '没有联络员了';

interface Note {
  subject: PersonId;
  before: unknown;
  after: unknown;
  words: string;
}

async function note({ tx, workspace, now: at, by: changedBy }: RosterWriter, notes: Note[]): Promise<void> {
  await insertRosterChanges(
    tx,
    workspace,
    notes.map((one) => ({ at, changedBy, kind: 'person' as const, ...one })),
  );
}

const accountText = ({ platform, userId }: Account) => `${platform}:${userId}`;

function rowOf({ id, name, unitId, roles, scope, active, leftAt }: Person): Person {
  return { id, name, unitId, roles, scope, active, leftAt };
}

function stateOf({ name, unitId, roles, scope, active, leftAt }: Person) {
  return { name, unitId, roles, scope, active, leftAt: leftAt?.toISOString() ?? null };
}
