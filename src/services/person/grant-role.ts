import { unitName } from '../../domain/ledger.js';
import {
  type ActorRole,
  actorRoleNames,
  isLastAdministrator,
  isLiaisonOf,
  isOfAdministrators,
  type Person,
  type PersonId,
  roleApart,
  type Scope,
} from '../../domain/person.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { type LockedRoster, lockRoster, personIn } from './lock-roster.js';
import { refusePassingAccount } from './passing-account.js';
import { changePerson } from './write-roster.js';

export interface Grant {
  role: ActorRole;
  /** For a liaison the unit that they report for; for others where they work. */
  unit: UnitId | null;
  /** Of a leader or coordinator; `undefined` leaves it as it is, `null` is everything. */
  scope?: Scope | null;
}

export interface Granted {
  before: Person;
  after: Person;
  /** The unit's other liaisons, who may have left. */
  beside: Person[];
}

/** Gives a role, or sets what goes with it. */
export async function grantRole(ctx: Context, id: PersonId, grant: Grant): Promise<Granted> {
  const roster = await lockRoster(ctx, isOfAdministrators([grant.role]) ? 'roles' : 'people');
  const person = personIn(roster, id);
  refuseOwn(ctx, person);
  refuseDeparted(person);
  return giveRole(ctx, roster, person, grant);
}

/** The same without a look at who gives it. Somebody who left and asked again begins anew. */
export async function giveRole(
  ctx: Context,
  { people, writer }: LockedRoster,
  person: Person,
  { role, unit, scope }: Grant,
): Promise<Granted> {
  const held = person.active ? person.roles : [];
  refuseApart(role, held, person.name);
  const unitId = unit ?? person.unitId;
  if (role === 'liaison') refuseNoUnit(ctx, unitId);
  await refusePassingAccount(writer, person);
  const roles = held.includes(role) ? held : [...held, role];
  const keeps = person.active ? person.scope : null;
  const values = { unitId, roles, scope: scope === undefined ? keeps : scope, active: true, leftAt: null };
  if (isSame(person, values)) throw new BotError('conflict', `${person.name}已经是${roleText(ctx, role, unitId)}。`);
  const after = await changePerson(writer, person, values, `授予${actorRoleNames[role]}`);
  const beside =
    role === 'liaison' && unitId !== null
      ? people.filter((one) => one.id !== person.id && isLiaisonOf(one, unitId))
      : [];
  return { before: person, after, beside };
}

/** Takes a role; what the person reported stays. */
export async function cancelRole(ctx: Context, id: PersonId, role: ActorRole): Promise<Person> {
  const roster = await lockRoster(ctx, isOfAdministrators([role]) ? 'roles' : 'people');
  const person = personIn(roster, id);
  refuseOwn(ctx, person);
  if (!person.roles.includes(role)) {
    throw new BotError('conflict', `${person.name}不是${actorRoleNames[role]}。发“/people ${person.name}”看角色。`);
  }
  if (role === 'administrator') refuseLastAdministrator(roster, person);
  const roles = person.roles.filter((one) => one !== role);
  const scope = roles.includes('leader') || roles.includes('coordinator') ? person.scope : null;
  return changePerson(roster.writer, person, { roles, scope }, `取消${actorRoleNames[role]}`);
}

export function refuseDeparted({ name, active }: Person): void {
  if (active) return;
  throw new BotError('conflict', `${name}已经离任。先发“/people ${name} 复任”，再授予角色。`);
}

/** Nobody gives or takes roles of their own. */
export function refuseOwn({ actor }: Context, person: Person): void {
  if (person.id === actor.person) throw new BotError('forbidden', '自己的角色不能自己改，请另一位管理员来改。');
}

export function refuseLastAdministrator({ people }: LockedRoster, person: Person): void {
  if (!isLastAdministrator(people, person.id)) return;
  throw new BotError('conflict', `${person.name}是最后一位管理员。先给别人管理员：“/people 姓名 管理员”。`);
}

export function refuseApart(role: ActorRole, roles: readonly ActorRole[], who: string): void {
  const apart = roleApart(role, roles);
  if (apart === null) return;
  const why = role === 'auditor' || apart === 'auditor' ? '审计员只看不改' : '核查、管理的人不代单位报送';
  const names = `${who}是${actorRoleNames[apart]}，不能同时当${actorRoleNames[role]}（${why}）`;
  throw new BotError('forbidden', `${names}。要换先发“/people ${who} 取消 ${actorRoleNames[apart]}”。`);
}

function refuseNoUnit({ ledger }: Context, unit: UnitId | null): void {
  if (unit === null) throw new BotError('invalid', '联络员要写单位，如：/people 张三 联络员 县水利局');
  if ((ledger.units.get(unit)?.members.length ?? 0) === 0) return;
  throw new BotError('invalid', `“${unitName(ledger, unit)}”是一组单位，请写具体单位的名称。`);
}

function roleText({ ledger }: Context, role: ActorRole, unit: UnitId | null): string {
  return `${role === 'liaison' && unit !== null ? unitName(ledger, unit) : ''}${actorRoleNames[role]}`;
}

function isSame(person: Person, { unitId, roles, scope }: Pick<Person, 'unitId' | 'roles' | 'scope'>): boolean {
  return (
    person.active &&
    person.unitId === unitId &&
    person.roles.length === roles.length &&
    JSON.stringify(person.scope) === JSON.stringify(scope)
  );
}
