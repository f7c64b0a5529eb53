import { randomUUID } from 'node:crypto';

import { unitName } from '../../domain/ledger.js';
import { actorRoleNames, type Person, type PersonId, personId, rolesApart } from '../../domain/person.js';
import type { UnitId } from '../../domain/unit.js';
import type { GroupId } from '../../domain/workspace.js';
import { BotError } from '../../errors.js';
import {
  decideJoinRequest,
  findJoinRequest,
  insertJoinRequest,
  type JoinRequestRow,
  listWaitingJoinRequests,
} from '../../store/join-requests.js';
import { findPerson, listAllAccounts } from '../../store/people.js';
import type { Context } from '../context.js';
import { giveRole } from './grant-role.js';
import { lockRoster } from './lock-roster.js';
import { requireRight } from './require-right.js';
import { enterPeople, writerOf } from './write-roster.js';

export interface JoinRequest {
  number: number;
  person: PersonId;
  personName: string;
  /** Where it was asked, and so where its answer finds the person. */
  group: GroupId | null;
  unit: UnitId;
  /** The unit that the person reports for until then; granting moves them. */
  from: UnitId | null;
}

/** Asks for the role of liaison of a unit; a supervisor or administrator decides. Returns the request's number. */
export async function askToJoin(ctx: Context, unit: UnitId): Promise<number> {
  const { roles } = ctx.actor;
  const apart = rolesApart.find((role) => roles.includes(role));
  if (apart) throw new BotError('forbidden', `你是${actorRoleNames[apart]}，不能同时当单位的联络员。`);
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
  const unknown = { unitId: null, roles: [], scope: null, active: true, leftAt: null };
  const person: Person = { id, name: ctx.actor.name, ...unknown };
  const writer = { ...writerOf(ctx), by: id };
  await enterPeople(writer, [{ person, accounts: [{ platform, userId: sender }] }], '申请当联络员');
  return id;
}

export async function listJoinRequests(ctx: Context): Promise<JoinRequest[]> {
  requireRight(ctx, 'decide-join');
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
  const decidedBy = requireRight(ctx, 'decide-join');
  const request = await findJoinRequest(ctx.tx, ctx.workspace, number);
  if (!request) throw new BotError('not-found', `没有第${number}号申请。发“/join”看等待同意的申请。`);
  if (request.personId === decidedBy) throw new BotError('forbidden', '自己的申请要由别人同意。');
  return request;
}

export interface DecidedJoin extends JoinRequest {
  granted: boolean;
  /** The unit's other liaisons, who may have left. */
  beside: Person[];
}

/** Grants or refuses a request. */
export async function decideToJoin(ctx: Context, number: number, granted: boolean): Promise<DecidedJoin> {
  const decidedBy = requireRight(ctx, 'decide-join');
  const roster = await lockRoster(ctx, 'decide-join');
  const row = await requestToDecide(ctx, number);
  const request = await withName(ctx, row);
  const state = granted ? 'granted' : 'refused';
  const decision = { state, decidedBy, decidedAt: ctx.now } as const;
  if (row.state !== 'waiting') throw new BotError('conflict', `第${number}号申请已经处理过了。`);
  const asker = granted ? roster.people.find(({ id }) => id === row.personId) : undefined;
  const given = asker && (await giveRole(ctx, roster, asker, { role: 'liaison', unit: row.unitId }));
  if (!(await decideJoinRequest(ctx.tx, ctx.workspace, number, decision))) {
    throw new BotError('conflict', `第${number}号申请已经处理过了。`);
  }
  return { ...request, granted, beside: given?.beside ?? [] };
}

async function withName(ctx: Context, request: JoinRequestRow): Promise<JoinRequest> {
  const person = await findPerson(ctx.tx, ctx.workspace, request.personId);
  const moves = person?.active && person.roles.includes('liaison') && person.unitId !== request.unitId;
  const { number, unitId: unit, groupId: group } = request;
  return {
    number,
    person: request.personId,
    personName: person?.name ?? '',
    group,
    unit,
    from: moves ? person.unitId : null,
  };
}
