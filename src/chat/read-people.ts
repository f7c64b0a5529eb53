import type { ActorRole, Person, PersonId, Scope } from '../domain/person.js';
import type { UnitId } from '../domain/unit.js';
import { BotError } from '../errors.js';
import { fold } from '../language/fold.js';
import type { Lexicon } from '../language/lexicon.js';
import { readRole } from '../language/roles.js';
import { findUnits } from '../language/units.js';
import { readScope } from './read-scope.js';

/** What /people is to do, with everybody who goes by a name that was typed. */
export type PeopleAsk =
  | { kind: 'list'; unit: UnitId | null }
  | { kind: 'import' }
  | { kind: 'show'; who: Named }
  | { kind: 'leave'; who: Named }
  | { kind: 'come-back'; who: Named }
  | { kind: 'rename'; who: Named; name: string }
  | { kind: 'hand-over'; who: Named; to: Named }
  | { kind: 'cancel'; who: Named; role: ActorRole }
  | { kind: 'grant'; who: Named; role: ActorRole; unit: UnitId | null; scope?: Scope | null };

export interface Named {
  typed: string;
  people: Person[];
}

const example = '/people 张三 联络员 县水利局';
const departure = /^(?:离任|离岗|调离)$/u;
const verbs = /^(?:离任|离岗|调离|复任|取消|撤销|免去|不再|交接|改名)/u;
const everything = /^(?:全部|所有|全县|全市)/u;

/** Whether the words of /people may change something: a verb first, or a verb or role after a name. */
export function mayChangePeople(typed: string): boolean {
  const text = fold(typed);
  return verbs.test(text) || [...text].some((_, at) => at > 0 && isDeed(text.slice(at)));
}

const isDeed = (text: string) => verbs.test(text) || readRole(text) !== null;

/** A name stands for everybody who has it; `#` and an id for one person. */
export function readPeople(typed: string, people: readonly Person[], lexicon: Lexicon): PeopleAsk {
  const text = fold(typed)
    .replace(/第? ?\d{1,3} ?页/u, '')
    .trim();
  if (text === '') return { kind: 'list', unit: null };
  if (text === '导入') return { kind: 'import' };
  const verb = /^(交接|改名)[ :,，、]*/u.exec(text);
  if (verb) {
    const who = nameAt(text.slice(verb[0].length), people);
    const rest = who.rest.replace(/^[ 给为到→,，、]+/u, '');
    return verb[1] === '交接' ? handOver(who, rest, people) : { kind: 'rename', who: who.named, name: rest };
  }
  const unit = unitAlone(text, lexicon);
  if (unit !== null && namedIn(text, people) === null) return { kind: 'list', unit };
  const who = nameAt(text, people);
  return readRest(who.named, who.rest, people, lexicon);
}

function readRest(who: Named, rest: string, people: readonly Person[], lexicon: Lexicon): PeopleAsk {
  if (rest === '') return { kind: 'show', who };
  if (departure.test(rest)) return { kind: 'leave', who };
  if (rest === '复任') return { kind: 'come-back', who };
  const [, handed] = /^交接[ 给:,，、]*(.*)$/u.exec(rest) ?? [];
  if (handed !== undefined) return handOver({ named: who, rest: '' }, handed, people);
  const [, name] = /^改名[ 为:,，、]*(.*)$/u.exec(rest) ?? [];
  if (name !== undefined) return { kind: 'rename', who, name };
  const [, taken] = /^(?:取消|撤销|免去|不再(?:是|任|当|担任)?)[ :,，、]*(.*)$/u.exec(rest) ?? [];
  const role = readRole(taken ?? rest);
  if (!role) throw notUnderstood(taken ?? rest);
  const after = (taken ?? rest).slice(role.end).trim();
  if (taken !== undefined) {
    if (after !== '') throw notUnderstood(after);
    return { kind: 'cancel', who, role: role.role };
  }
  return { kind: 'grant', who, ...grantIn(role.role, after, lexicon) };
}

function grantIn(role: ActorRole, typed: string, lexicon: Lexicon) {
  const text = typed.replace(/^[ :,，、]*(?:分管|负责)?[ :,，、]*/u, '');
  if (role !== 'leader' && role !== 'coordinator') {
    const { units, plans, left } = readScope(text, lexicon);
    const [unit, ...others] = units;
    if (others.length > 0) throw new BotError('invalid', `一次只写一个单位，如：${example}`);
    if (left !== '' || plans.length > 0) throw notUnderstood(left || plans.join('、'));
    return { role, unit: unit ?? null };
  }
  if (everything.test(text)) return { role, unit: null, scope: null };
  const { units, plans, left } = readScope(text, lexicon);
  if (left !== '') throw notUnderstood(left);
  if (units.length + plans.length > 0) return { role, unit: null, scope: { plans, units } };
  if (role === 'leader') return { role, unit: null };
  throw new BotError('invalid', '请写调度哪个计划，如：/people 张三 调度单位 气。所有计划写“全部”。');
}

interface At {
  named: Named;
  rest: string;
}

function handOver({ named }: At, rest: string, people: readonly Person[]): PeopleAsk {
  if (rest === '') throw new BotError('invalid', '交接要写两个人，如：/people 交接 李四 王五');
  const to = nameAt(rest, people);
  if (to.rest !== '') throw notUnderstood(to.rest);
  return { kind: 'hand-over', who: named, to: to.named };
}

function nameAt(text: string, people: readonly Person[]): At {
  const found = namedIn(text, people);
  if (found) return found;
  const typed = /^\S{0,20}/u.exec(text)?.[0] ?? '';
  throw new BotError(
    'not-found',
    `名单里没有“${typed}”。新人请本人在群里发“/join 单位名”，或把名单文件单聊发给我。发“/people”看名单。`,
  );
}

/** The longest name with which the text begins and after which a word ends or a verb or role follows. */
function namedIn(text: string, people: readonly Person[]): At | null {
  const [, id] = /^#(\S+)/u.exec(text) ?? [];
  if (id !== undefined) {
    const person = people.find((one) => one.id === (id as PersonId));
    const rest = text.slice(id.length + 1).trim();
    return person ? { named: { typed: `#${id}`, people: [person] }, rest } : null;
  }
  let longest = '';
  for (const { name } of people) {
    const folded = fold(name);
    const rest = text.slice(folded.length);
    const ends = /^(?:$|[\s、,，:：])/u.test(rest) || isDeed(rest);
    if (folded.length > longest.length && text.startsWith(folded) && ends) longest = folded;
  }
  if (longest === '') return null;
  const all = people.filter(({ name }) => fold(name) === longest);
  const active = all.filter((one) => one.active);
  const rest = text.slice(longest.length).replace(/^[\s、,，:：]+/u, '');
  const meansDeparted = /^复任/u.test(rest) && active.length < all.length;
  const meant = meansDeparted ? all.filter((one) => !one.active) : active.length > 0 ? active : all;
  return { named: { typed: longest, people: meant }, rest };
}

function unitAlone(text: string, { units }: Lexicon): UnitId | null {
  const [found, ...others] = findUnits(text, units);
  if (!found || found.kind === 'ambiguous' || others.length > 0) return null;
  return text.replace(found.text, '').trim() === '' ? found.id : null;
}

function notUnderstood(text: string): BotError {
  return new BotError('invalid', `没看懂“${[...text].slice(0, 20).join('')}”。可以这样发：${example}`);
}
