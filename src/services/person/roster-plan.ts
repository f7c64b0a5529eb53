import { randomUUID } from 'node:crypto';

import { hasPassingId } from '../../chat/message.js';
import { unitName } from '../../domain/ledger.js';
import {
  type ActorRole,
  actorRoleNames,
  type Person,
  type PersonId,
  personId,
  roleApart,
  type Scope,
} from '../../domain/person.js';
import type { RosterDoubt, RosterRow, RosterSheet } from '../../domain/roster-sheet.js';
import type { UnitId } from '../../domain/unit.js';
import type { AccountRow } from '../../store/people.js';
import type { Context } from '../context.js';
import { nearestTo, unitFinder } from '../import/match-units.js';
import type { Account } from './write-roster.js';

/** What a sheet would do to the roster. */
export interface RosterPlan {
  added: { person: Person; accounts: Account[] }[];
  changed: { before: Person; after: Person; accounts: Account[] }[];
  leaving: Person[];
  same: number;
  /** Names of units that the ledger does not have. */
  unknownUnits: string[];
  /** Rows that are not entered, or not wholly, by their number. */
  doubts: RosterDoubt[];
}

const unitsCompared = 50;

/** Why a row is left out. */
class Doubt extends Error {}

/** Adds what the sheet says and takes nothing that it does not: roles stay, and only 离任 lets somebody leave. */
export function planRoster(ctx: Context, sheet: RosterSheet, people: Person[], accounts: AccountRow[]): RosterPlan {
  const plan: RosterPlan = {
    added: [],
    changed: [],
    leaving: [],
    same: 0,
    unknownUnits: [],
    doubts: [...sheet.doubts],
  };
  const matching = new Matching(ctx, people, accounts, plan);
  for (const row of joined(sheet.rows)) {
    try {
      matching.take(row);
    } catch (error) {
      if (!(error instanceof Doubt)) throw error;
      plan.doubts.push({ row: row.row, why: error.message });
    }
  }
  plan.doubts.sort((a, b) => a.row - b.row);
  return plan;
}

/** Somebody with two roles may stand in two rows. */
function joined(rows: RosterRow[]): RosterRow[] {
  return [...Map.groupBy(rows, ({ name, unit, leaves }) => JSON.stringify([name, unit, leaves])).values()].map(
    (same) => {
      const [first, ...others] = same as [RosterRow, ...RosterRow[]];
      if (others.length === 0) return first;
      const scope = same
        .map((row) => row.scope)
        .filter(Boolean)
        .join('、');
      const roles = [...new Set(same.flatMap((row) => row.roles))];
      return { ...first, roles, scope, accounts: same.flatMap((row) => row.accounts) };
    },
  );
}

class Matching {
  readonly #ctx: Context;
  readonly #people: ReadonlyMap<PersonId, Person>;
  readonly #byName: ReadonlyMap<string, Person[]>;
  readonly #plan: RosterPlan;
  readonly #unitOf: (name: string) => UnitId | null;
  readonly #holders: Map<string, PersonId>;
  readonly #taken = new Set<PersonId>();

  constructor(ctx: Context, people: Person[], accounts: AccountRow[], plan: RosterPlan) {
    this.#ctx = ctx;
    this.#people = new Map(people.map((person) => [person.id, person]));
    this.#byName = Map.groupBy(people, ({ name }) => name);
    this.#plan = plan;
    this.#unitOf = unitFinder(ctx.ledger);
    this.#holders = new Map(accounts.map((account) => [keyOf(account), account.personId]));
  }

  take(row: RosterRow): void {
    const unit = this.#unitIn(row);
    const accounts = this.#accountsIn(row);
    const person = this.#personFor(row, unit, accounts);
    if (person && this.#taken.has(person.id)) throw new Doubt(`${row.name}在前面的行里已经写过，内容不同`);
    if (row.leaves) this.#leave(row, person);
    else this.#enter(row, person, unit, accounts);
  }

  #enter(row: RosterRow, person: Person | null, unit: UnitId | null, accounts: Account[]): void {
    const apart = row.roles.flatMap((role) => roleApart(role, [...row.roles, ...(person?.roles ?? [])]) ?? []);
    if (apart[0]) throw new Doubt(`${row.roles.map(nameOf).join('、')}不能和${nameOf(apart[0])}是同一个人`);
    const scope = this.#scopeIn(row, person);
    const own = accounts.filter((account) => !this.#holders.has(keyOf(account)));
    if (person) this.#change(row, person, { unitId: unit ?? person.unitId, scope }, own);
    else this.#add(row, { unitId: unit, scope }, own);
  }

  #add({ name, roles }: RosterRow, place: Pick<Person, 'unitId' | 'scope'>, accounts: Account[]): void {
    const person: Person = { id: personId.parse(randomUUID()), name, roles, ...place, active: true, leftAt: null };
    this.#plan.added.push({ person, accounts });
    this.#hold(person.id, accounts);
  }

  #change(row: RosterRow, before: Person, place: Pick<Person, 'unitId' | 'scope'>, accounts: Account[]): void {
    const roles = [...new Set([...before.roles, ...row.roles])];
    const after = { ...before, ...place, roles };
    const isSame = after.unitId === before.unitId && roles.length === before.roles.length && sameScope(after, before);
    if (!isSame && before.id === this.#ctx.actor.person) throw new Doubt('自己的角色不能自己改，请另一位管理员导入');
    this.#taken.add(before.id);
    this.#hold(before.id, accounts);
    if (isSame && accounts.length === 0) this.#plan.same += 1;
    else this.#plan.changed.push({ before, after, accounts });
  }

  #leave(row: RosterRow, person: Person | null): void {
    if (!person) throw new Doubt(`名单里没有${row.name}，不用离任`);
    if (person.id === this.#ctx.actor.person) throw new Doubt('自己不能让自己离任');
    this.#taken.add(person.id);
    this.#plan.leaving.push(person);
  }

  #hold(person: PersonId, accounts: Account[]): void {
    this.#taken.add(person);
    for (const account of accounts) this.#holders.set(keyOf(account), person);
  }

  /** A unit is needed of whoever reports for it; where somebody else works need not be in the ledger. */
  #unitIn({ unit: name, roles }: RosterRow): UnitId | null {
    const { ledger } = this.#ctx;
    const found = name === '' ? null : this.#unitOf(name);
    const reports = roles.includes('liaison');
    if (found !== null) {
      const isGroup = (ledger.units.get(found)?.members.length ?? 0) > 0;
      if (isGroup && reports) throw new Doubt(`“${name}”是一组单位，联络员要写具体单位`);
      return isGroup ? null : found;
    }
    if (!reports) return null;
    if (name === '') throw new Doubt('联络员没有写单位');
    if (!this.#plan.unknownUnits.includes(name)) this.#plan.unknownUnits.push(name);
    const like = this.#likeIt(name);
    throw new Doubt(`台账里没有“${name}”这个单位${like === null ? '' : `，是不是${like}`}`);
  }

  /** Only for the first of many: comparing names takes time. */
  #likeIt(name: string): string | null {
    if (this.#plan.unknownUnits.length > unitsCompared) return null;
    const { units } = this.#ctx.ledger;
    return nearestTo(
      name,
      [...units.values()].map((unit) => unit.name),
    );
  }

  #accountsIn({ row, accounts }: RosterRow): Account[] {
    const { platform: here } = this.#ctx.message;
    const heard = ['wecom', 'dingtalk', 'feishu', 'sandbox'].includes(here) ? here : null;
    return accounts.flatMap(({ platform, userId }) => {
      const account = { platform: platform ?? heard ?? '', userId };
      const why =
        account.platform === '' ? '账号没有写平台' : hasPassingId(account) ? '钉钉账号没有员工号，发布后作废' : null;
      if (why === null) return [account];
      this.#plan.doubts.push({ row, why: `${why}，账号没有登记` });
      return [];
    });
  }

  /** By account, else by name: somebody of the same name in another unit may be somebody else. */
  #personFor({ name, roles, leaves }: RosterRow, unit: UnitId | null, accounts: Account[]): Person | null {
    const holders = [...new Set(accounts.flatMap((account) => this.#holders.get(keyOf(account)) ?? []))];
    if (holders.length > 1) throw new Doubt('账号分属名单里的两个人');
    const [holder] = holders;
    if (holder !== undefined) {
      const person = this.#people.get(holder);
      if (person?.name === name) return this.#active(person);
      throw new Doubt(`账号已经是${person?.name ?? '前面一行的人'}的`);
    }
    const named = (this.#byName.get(name) ?? []).filter((person) => person.active || this.#hasAccount(person));
    const here = named.filter(({ unitId }) => unit === null || unitId === unit || unitId === null);
    if (here.length > 1) throw new Doubt(`名单里有${here.length}个${name}，分不清是哪一个`);
    const [person] = here;
    if (person) return this.#active(person);
    const [other] = named;
    if (!other) return null;
    const from = other.unitId === null ? '' : unitName(this.#ctx.ledger, other.unitId);
    const to = unit === null ? '' : unitName(this.#ctx.ledger, unit);
    const what = leaves ? '离任' : [...roles.slice(0, 1).map(nameOf), to].join(' ');
    throw new Doubt(`名单里有${from}的${name}，是同一人的发“/people ${name} ${what}”`);
  }

  #active(person: Person): Person {
    if (person.active) return person;
    throw new Doubt(`${person.name}已经离任，回来的发“/people ${person.name} 复任”`);
  }

  #hasAccount({ id }: Person): boolean {
    return [...this.#holders.values()].includes(id);
  }

  #scopeIn({ scope: typed, roles }: RosterRow, person: Person | null): Scope | null {
    const kept = person?.scope ?? null;
    if (!roles.includes('leader') && !roles.includes('coordinator')) return kept;
    if (typed === '') {
      if (roles.includes('coordinator') && !person?.roles.includes('coordinator')) {
        throw new Doubt('调度单位要在“分管”里写计划，所有计划写“全部”');
      }
      return kept;
    }
    if (/^(?:全部|所有)$/u.test(typed)) return null;
    const scope: Scope = { plans: [], units: [] };
    for (const word of typed.split(/[\s、,，;；和及]+/u).filter(Boolean)) {
      const unit = this.#unitOf(word);
      const plan = unit === null ? this.#planIn(word) : null;
      if (unit !== null) scope.units.push(unit);
      else if (plan !== null) scope.plans.push(plan);
      else throw new Doubt(`没看懂分管“${word}”`);
    }
    return scope;
  }

  #planIn(word: string): string | null {
    const { ledger, settings } = this.#ctx;
    const bare = word.replace(/(?:行动)?计划$/u, '');
    const meant = ({ prefix }: { prefix: string }) => prefix === bare || settings.planNames[prefix]?.includes(bare);
    return ledger.plans.find(meant)?.prefix ?? null;
  }
}

const keyOf = ({ platform, userId }: Account) => `${platform}:${userId}`;
const nameOf = (role: ActorRole) => actorRoleNames[role];
const sameScope = (a: Person, b: Person) => JSON.stringify(a.scope) === JSON.stringify(b.scope);
