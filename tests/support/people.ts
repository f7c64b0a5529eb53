import { type ActorRole, personId, type Scope } from '../../src/domain/person.js';
import { insertAccount, insertPerson } from '../../src/store/people.js';
import { workspaceOf } from './ledger-state.js';
import type { TestBot } from './test-bot.js';

export interface PersonToSeat {
  name: string;
  roles: ActorRole[];
  scope?: Scope | null;
}

/** Puts people on the roster who speak in the sandbox by their name. */
export async function seat(bot: TestBot, ...people: PersonToSeat[]): Promise<void> {
  const workspace = await workspaceOf(bot.store);
  await bot.store.transaction(async (tx) => {
    for (const { name, roles, scope = null } of people) {
      const id = personId.parse(name);
      await insertPerson(tx, workspace, { id, name, unitId: null, roles, scope, active: true });
      await insertAccount(tx, workspace, { platform: 'sandbox', userId: name, personId: id });
    }
  });
}
