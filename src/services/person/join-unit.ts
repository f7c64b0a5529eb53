import { randomUUID } from 'node:crypto';

import { unitName } from '../../domain/ledger.js';
import { type ActorRole, actorRoleNames, holds, type PersonId, personId, rolesApart } from '../../domain/person.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import {
  decideJoinRequest,
  findJoinRequest,
  insertJoinRequest,
  type JoinRequestRow,
  listWaitingJoinRequests,
} from '../../store/join-requests.js';
import {
  findPerson,
  insertAccount,
  insertPerson,
  listAllAccounts,
  type PersonRow,
  setPersonActive,
  setPersonUnitAndRoles,
} from '../../store/people.js';
import type { Context } from '../context.js';

export interface JoinRequest {
  number: number;
  personName: string;
  unit: UnitId;
  /** The unit that the person reports for until then; granting moves them. */
  from: UnitId | null;
}

/** Asks for the role of liaison of a unit; a supervisor or administrator decides. Returns the request's number. */
export async function askToJoin(ctx: Context, unit: UnitId): Promise<number> {
  const { roles } = ctx.actor;
  refuseApart(roles, '你');
  const name = unitName(ctx.ledger, unit);
  if ((ctx.ledger.units.get(unit)?.members.length ?? 0) > 0) {
    throw new BotError('invalid', `“${name}”是一组单位，请写具体单位的名称。`);
  }
  if (ctx.actor.unit === unit && roles.includes('liaison')) {
    throw new BotError('conflict', `你已经是${name}的联络员。发“/mine”看本单位任务。`);
  }
  const person = ctx.actor.person ?? (await knownOrNew(ctx));
  const waiting = await listWaitingJoinRequests(ctx.tx, ctx.workspace);
  const same = waiting.find((request) => request.personId === person && request.unitId === unit);
  if (same) throw new BotError('conflict', `已经申请过（第${same.number}号），等督查室或管理员同意。`);
  return insertJoinRequest(ctx.tx, ctx.workspace, {
    personId: person,
    unitId: unit,
    askedAt: ctx.now,
    groupId: ctx.group,
  });
}

/** Somebody who speaks in a bound group and is not on the roster yet, or has left it: entered without any right. */
async function knownOrNew(ctx: Context): Promise<PersonId> {
  const { platform, sender } = ctx.message;
  const accounts = await listAllAccounts(ctx.tx, ctx.workspace);
  const known = accounts.find((account) => account.platform === platform && account.userId === sender);
  if (known) return known.personId;
  const id = personId.parse(randomUUID());
  await insertPerson(ctx.tx, ctx.workspace, { id, name: ctx.actor.name, unitId: null, roles: [], active: true });
  await insertAccount(ctx.tx, ctx.workspace, { platform, userId: sender, personId: id });
  return id;
}

export async function listJoinRequests(ctx: Context): Promise<JoinRequest[]> {
  refuseUnlessDecides(ctx);
  const requests = await listWaitingJoinRequests(ctx.tx, ctx.workspace);
  const named: JoinRequest[] = [];
  for (const request of requests) named.push(await withName(ctx, request));
  return named;
}

/** The request that is to be decided, refused to whoever may not decide it. Nobody decides on their own. */
export async function joinRequestToDecide(ctx: Context, number: number): Promise<JoinRequest> {
  return withName(ctx, await requestToDecide(ctx, number));
}

async function requestToDecide(ctx: Context, number: number): Promise<JoinRequestRow> {
  const decidedBy = refuseUnlessDecides(ctx);
  const request = await findJoinRequest(ctx.tx, ctx.workspace, number);
  if (!request) throw new BotError('not-found', `没有第${number}号申请。发“/join”看等待同意的申请。`);
  if (request.personId === decidedBy) throw new BotError('forbidden', '自己的申请要由别人同意。');
  return request;
}

/** Grants or refuses a request. */
export async function decideToJoin(ctx: Context, number: number, granted: boolean): Promise<JoinRequest> {
  const decidedBy = refuseUnlessDecides(ctx);
  const request = await requestToDecide(ctx, number);
  const person = await findPerson(ctx.tx, ctx.workspace, request.personId);
  // They may have been given another role since they asked.
  if (granted) refuseApart(person?.roles ?? [], person?.name ?? '');
  const state = granted ? 'granted' : 'refused';
  const named = await withName(ctx, request);
  const decided = await decideJoinRequest(ctx.tx, ctx.workspace, number, { state, decidedBy, decidedAt: ctx.now });
  if (!decided) throw new BotError('conflict', `第${number}号申请已经处理过了。`);
  if (granted) await makeLiaison(ctx, request, person);
  return named;
}

/** Who accepts, reads or sets up what units report is no liaison of one. */
function refuseApart(roles: ActorRole[], who: string): void {
  const apart = rolesApart.find((role) => roles.includes(role));
  if (apart) throw new BotError('forbidden', `${who}是${actorRoleNames[apart]}，不能同时当单位的联络员。`);
}

async function makeLiaison(ctx: Context, request: JoinRequestRow, person: PersonRow | null): Promise<void> {
  const roles = [...new Set<ActorRole>([...(person?.roles ?? []), 'liaison'])];
  await setPersonUnitAndRoles(ctx.tx, ctx.workspace, request.personId, { unitId: request.unitId, roles });
  if (person?.active === false) await setPersonActive(ctx.tx, ctx.workspace, request.personId, true);
}

async function withName(ctx: Context, request: JoinRequestRow): Promise<JoinRequest> {
  const person = await findPerson(ctx.tx, ctx.workspace, request.personId);
  const from = person?.roles.includes('liaison') && person.unitId !== request.unitId ? person.unitId : null;
  return { number: request.number, personName: person?.name ?? '', unit: request.unitId, from };
}

function refuseUnlessDecides(ctx: Context): PersonId {
  const { person } = ctx.actor;
  if (person === null || !holds(ctx.actor, 'supervisor', 'administrator')) {
    throw new BotError('forbidden', '联络员的申请由督查室或管理员同意。申请发“/join 单位名”，如：/join 县水利局');
  }
  return person;
}
