import { type ActorRole, personId, type Scope } from '../../src/domain/person.js';
import { readLedger } from '../../src/store/ledger.js';
import { insertAccount, insertPerson, listPeople, type PersonRow, updatePerson } from '../../src/store/people.js';
import { workspaceOf } from './ledger-state.js';
import type { TestBot } from './test-bot.js';

export interface PersonToSeat {
  name: string;
  roles: ActorRole[];
  /** By its name. */
  unit?: string;
  scope?: Scope | null;
}

/** Puts people on the roster who speak in the sandbox by their name. */
export async function seat(bot: TestBot, ...people: PersonToSeat[]): Promise<void> {
  const workspace = await workspaceOf(bot.store);
  const { units } = await readLedger(bot.store.read, workspace);
  await bot.store.transaction(async (tx) => {
    for (const { name, roles, unit, scope = null } of people) {
      const id = personId.parse(name);
      const unitId = units.find((one) => one.name === unit)?.id ?? null;
      await insertPerson(tx, workspace, { id, name, unitId, roles, scope, active: true });
      await insertAccount(tx, workspace, { platform: 'sandbox', userId: name, personId: id });
    }
  });
}

export async function personNamed(bot: TestBot, name: string): Promise<PersonRow | undefined> {
  return (await listPeople(bot.store.read, await workspaceOf(bot.store))).find((person) => person.name === name);
}

/** Gives somebody of the roster other roles. */
export async function setRoles(bot: TestBot, name: string, roles: ActorRole[]): Promise<void> {
  const workspace = await workspaceOf(bot.store);
  const person = await personNamed(bot, name);
  if (!person) throw new Error(`nobody is called ${name}`);
  await bot.store.transaction((tx) => updatePerson(tx, workspace, person.id, { unitId: null, roles }));
}
