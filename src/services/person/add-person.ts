import { randomUUID } from 'node:crypto';

import { type ActorRole, actorRoleNames, type PersonId, personId } from '../../domain/person.js';
import { BotError } from '../../errors.js';
import { insertAccount, insertPerson, listAllAccounts, listPeople, setPersonUnitAndRoles } from '../../store/people.js';
import type { Context } from '../context.js';
import { unitFinder } from '../import/match-units.js';

export interface PersonToAdd {
  name: string;
  unit: string | null;
  roles: ActorRole[];
  accounts: { platform: string; userId: string }[];
}

/** Enters a person with unit, roles and accounts, or gives a person of that name further ones. */
export async function addPerson(ctx: Context, person: PersonToAdd): Promise<{ id: PersonId; added: boolean }> {
  const { tx, workspace } = ctx;
  const unitId = person.unit === null ? null : unitFinder(ctx.ledger)(person.unit);
  if (person.unit !== null && unitId === null) {
    throw new BotError('not-found', `名单里没有“${person.unit}”这个单位。请写全称，或先导入写到它的计划。`);
  }
  if (person.roles.includes('liaison') && unitId === null) {
    throw new BotError('invalid', '联络员要写单位，如：--unit 县水利局');
  }
  const taken = (await listAllAccounts(tx, workspace)).find((held) =>
    person.accounts.some((account) => account.platform === held.platform && account.userId === held.userId),
  );
  const people = await listPeople(tx, workspace);
  const sameName = people.filter(({ name, active }) => active && name === person.name);
  const [existing, ...others] = sameName;
  if (others.length > 0)
    throw new BotError('conflict', `名单里有${sameName.length}个“${person.name}”，请换一个能分清的名字。`);
  if (taken && taken.personId !== existing?.id) {
    const holder = people.find(({ id }) => id === taken.personId)?.name ?? '';
    throw new BotError('conflict', `账号 ${taken.platform}:${taken.userId} 已经是“${holder}”的。`);
  }
  const id = existing?.id ?? personId.parse(randomUUID());
  if (existing) {
    const roles = [...new Set([...existing.roles, ...person.roles])];
    await setPersonUnitAndRoles(tx, workspace, id, { unitId: unitId ?? existing.unitId, roles });
  } else {
    await insertPerson(tx, workspace, { id, name: person.name, unitId, roles: person.roles, active: true });
  }
  for (const account of person.accounts) {
    if (taken?.platform === account.platform && taken.userId === account.userId) continue;
    await insertAccount(tx, workspace, { ...account, personId: id });
  }
  return { id, added: !existing };
}

export const roleNamesText = Object.entries(actorRoleNames)
  .map(([role, name]) => `${role}（${name}）`)
  .join('、');
