import { addDays, type LocalDate, wallClock } from '../../domain/local-date.js';
import { daysToComeBack, isLiaisonOf, isOfAdministrators, type Person, type PersonId } from '../../domain/person.js';
import { BotError } from '../../errors.js';
import { handOverDeliveries } from '../../store/deliveries.js';
import { dropQuestionsOf } from '../../store/pending-questions.js';
import { listAccounts } from '../../store/people.js';
import { handOverRequests } from '../../store/requests.js';
import type { Context } from '../context.js';
import { giveRole, refuseDeparted, refuseLastAdministrator, refuseOwn } from './grant-role.js';
import { type LockedRoster, lockRoster, personIn } from './lock-roster.js';
import { changePerson } from './write-roster.js';

/** 离任: every right is gone with the next message; the account stays theirs for a while. */
export async function letLeave(ctx: Context, id: PersonId): Promise<{ person: Person; untilOn: LocalDate }> {
  const roster = await lockRoster(ctx, 'people');
  const person = personIn(roster, id);
  requireFor(roster, person);
  refuseOwn(ctx, person);
  if (!person.active) throw new BotError('conflict', `${person.name}已经离任。弄错了发“/people ${person.name} 复任”。`);
  refuseLastAdministrator(roster, person);
  return { person: await leave(ctx, roster, person, '离任'), untilOn: lastDayToComeBack(ctx) };
}

/** 复任: as they were, while the account is still theirs. */
export async function letComeBack(ctx: Context, id: PersonId): Promise<Person> {
  const roster = await lockRoster(ctx, 'people');
  const person = personIn(roster, id);
  requireFor(roster, person);
  refuseOwn(ctx, person);
  if (person.active) throw new BotError('conflict', `${person.name}没有离任，不用复任。`);
  if ((await listAccounts(ctx.tx, ctx.workspace, id)).length === 0) {
    throw new BotError(
      'conflict',
      `${person.name}离任已满${daysToComeBack}天，账号已解除。请本人重新发“/join 单位名”。`,
    );
  }
  return changePerson(roster.writer, person, { active: true, leftAt: null }, '复任');
}

export interface HandedOver {
  from: Person;
  to: Person;
  /** What the second reported for until then, where that is another unit. */
  moved: Person['unitId'];
  requests: number;
  reminders: number;
}

/** 交接: the second becomes liaison of the first's unit and has what waits for the first, who leaves. */
export async function handOver(ctx: Context, first: PersonId, second: PersonId): Promise<HandedOver> {
  const roster = await lockRoster(ctx, 'people');
  const [from, to] = [personIn(roster, first), personIn(roster, second)];
  if (first === second) throw new BotError('invalid', '交接要写两个人，如：/people 交接 李四 王五');
  requireFor(roster, from);
  refuseOwn(ctx, from);
  refuseOwn(ctx, to);
  refuseDeparted(to);
  const unit = from.unitId;
  if (unit === null || !isLiaisonOf(from, unit)) {
    throw new BotError('invalid', `${from.name}不是联络员，没有可交接的单位。离任发“/people ${from.name} 离任”。`);
  }
  const already = isLiaisonOf(to, unit);
  const moved = to.roles.includes('liaison') && to.unitId !== unit ? to.unitId : null;
  const after = already ? to : (await giveRole(ctx, roster, to, { role: 'liaison', unit })).after;
  const requests = await handOverRequests(ctx.tx, ctx.workspace, { from: first, to: second });
  const reminders = await handOverDeliveries(ctx.tx, ctx.workspace, { from: first, to: second });
  return { from: await leave(ctx, roster, from, `交接给${to.name}`), to: after, moved, requests, reminders };
}

/** Whatever waits for an answer of theirs is dropped. */
export async function leave(ctx: Context, { writer }: LockedRoster, person: Person, words: string): Promise<Person> {
  await dropQuestionsOf(ctx.tx, ctx.workspace, person.id);
  return changePerson(writer, person, { active: false, leftAt: ctx.now }, words);
}

/** Whom an administrator appointed, only an administrator lets go. */
function requireFor(roster: LockedRoster, { roles }: Person): void {
  if (isOfAdministrators(roles)) roster.require('roles');
}

function lastDayToComeBack({ now, timeZone }: Context): LocalDate {
  return addDays(wallClock(now, timeZone).date, daysToComeBack);
}
