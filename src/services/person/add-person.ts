import { randomUUID } from 'node:crypto';

import { hasPassingId } from '../../chat/message.js';
import { type ActorRole, actorRoleNames, type PersonId, personId } from '../../domain/person.js';
import { BotError } from '../../errors.js';
import { listAllAccounts, listPeople } from '../../store/people.js';
import { lockWorkspace } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import { unitFinder } from '../import/match-units.js';
import { refuseApart } from './grant-role.js';
import { passingIdWhy } from './passing-account.js';
import { type Account, changePerson, enterPeople, tieAccounts, writerOf } from './write-roster.js';

export interface PersonToAdd {
  name: string;
  unit: string | null;
  roles: ActorRole[];
  accounts: Account[];
}

/** Enters a person with unit, roles and accounts, or gives a person of that name further ones. */
export async function addPerson(ctx: Context, person: PersonToAdd): Promise<{ id: PersonId; added: boolean }> {
  const { tx, workspace } = ctx;
  await lockWorkspace(tx, workspace);
  const writer = writerOf(ctx);
  const unitId = person.unit === null ? null : unitFinder(ctx.ledger)(person.unit);
  if (person.unit !== null && unitId === null) {
    throw new BotError('not-found', `名单里没有“${person.unit}”这个单位。请写全称，或先导入写到它的计划。`);
  }
  const people = await listPeople(tx, workspace);
  const sameName = people.filter(({ name, active }) => active && name === person.name);
  const [existing, ...others] = sameName;
  if (others.length > 0)
    throw new BotError('conflict', `名单里有${sameName.length}个“${person.name}”，请换一个能分清的名字。`);
  if (person.roles.includes('liaison') && unitId === null && !existing?.unitId) {
    throw new BotError('invalid', '联络员要写单位，如：--unit 县水利局');
  }
  const accounts = await accountsToTie(ctx, person, existing?.id ?? null);
  if (existing) {
    const roles = [...new Set([...existing.roles, ...person.roles])];
    for (const role of person.roles) refuseApart(role, existing.roles, person.name);
    const values = { unitId: unitId ?? existing.unitId, roles };
    if (values.unitId !== existing.unitId || roles.length > existing.roles.length) {
      await changePerson(writer, existing, values, '登记角色');
    }
    await tieAccounts(writer, existing.id, accounts);
    return { id: existing.id, added: false };
  }
  if (person.roles.length === 0) {
    throw new BotError('invalid', `名单里没有“${person.name}”。新加的人要写角色：--role ${roleNamesText}`);
  }
  for (const role of person.roles) refuseApart(role, person.roles, person.name);
  const id = personId.parse(randomUUID());
  const row = { id, name: person.name, unitId, roles: person.roles, scope: null, active: true, leftAt: null };
  await enterPeople(writer, [{ person: row, accounts }], '登记');
  return { id, added: true };
}

/** Those that the person does not have yet. */
async function accountsToTie(ctx: Context, { accounts }: PersonToAdd, person: PersonId | null): Promise<Account[]> {
  const passing = accounts.find(hasPassingId);
  if (passing) throw new BotError('invalid', `${passing.userId} 的${passingIdWhy}。`);
  const held = await listAllAccounts(ctx.tx, ctx.workspace);
  const holderOf = ({ platform, userId }: Account) =>
    held.find((one) => one.platform === platform && one.userId === userId)?.personId ?? null;
  const taken = accounts.find((account) => ![null, person].includes(holderOf(account)));
  if (taken) {
    const holder = (await listPeople(ctx.tx, ctx.workspace)).find(({ id }) => id === holderOf(taken));
    throw new BotError('conflict', `账号 ${taken.platform}:${taken.userId} 已经是“${holder?.name ?? ''}”的。`);
  }
  return accounts.filter((account) => holderOf(account) === null);
}

export const roleNamesText = Object.entries(actorRoleNames)
  .map(([role, name]) => `${role}（${name}）`)
  .join('、');
