import { after, type Day } from './days.js';
import { ask, dropQuestionsOf } from './questions.js';
import { peopleWith, tell } from './telling.js';
import { asks, has, no, type Outcome, type Person, type Speaking, type World, yes } from './world.js';

/** How long somebody who has left may come back, and is still known. */
const daysToComeBack = 30;

/** Who left is still known for a while, without any right. */
export const isKnown = ({ active, leftOn }: Person, today: Day): boolean =>
  active || (leftOn ?? '') > after(today, 2 - daysToComeBack);

const apart = ['supervisor', 'auditor', 'administrator'] as const;
const isGroup = (world: World, unit: string) => (world.units.get(unit)?.members.length ?? 0) > 0;

/** 我是: somebody asks for the role of liaison of a unit. */
export function join(world: World, { person }: Speaking, unit: string): Outcome {
  if (has(person, ...apart)) return no('rights');
  if (isGroup(world, unit)) return no('words');
  if (person.unit === unit && has(person, 'liaison')) return no('stands');
  const waits = world.joins.some((one) => one.person === person.name && one.unit === unit && one.state === 'waiting');
  if (waits) return no('stands');
  world.joins.push({ number: world.joins.length + 1, person: person.name, unit, state: 'waiting' });
  tell(world, 'join', peopleWith(world, 'supervisor', 'administrator'), person);
  return yes(`第${world.joins.length}号`);
}

export function decideJoin(world: World, speaking: Speaking, number: number, granted: boolean): Outcome {
  if (!has(speaking.person, 'supervisor', 'administrator')) return no('rights');
  const request = world.joins.find((one) => one.number === number);
  if (!request) return no('unknown');
  if (request.person === speaking.person.name) return no('rights');
  if (request.state !== 'waiting') return no('stands');
  if (!granted) {
    request.state = 'refused';
    tell(world, 'join', [named(world, request.person)], null);
    return yes('没有同意');
  }
  const made = makeLiaison(world, speaking, named(world, request.person), request.unit);
  if (made.kind !== 'no') {
    request.state = 'granted';
    tell(world, 'join', [named(world, request.person)], null);
  }
  return made;
}

function named(world: World, name: string): Person {
  const person = world.people.get(name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return person;
}

/** A person reports for one unit. Where it had another liaison, that one may leave by a word. */
function makeLiaison(world: World, speaking: Speaking, person: Person, unit: string): Outcome {
  if (has(person, ...apart)) return no('rights');
  if (person.active && person.unit === unit && has(person, 'liaison')) return no('stands');
  const held = person.active ? person.roles : [];
  if (!person.active) person.scope = null;
  person.roles = held.includes('liaison') ? held : [...held, 'liaison'];
  Object.assign(person, { unit, active: true, leftOn: null });
  const beside = [...world.people.values()].filter((one) => one !== person && has(one, 'liaison') && one.unit === unit);
  const [only, ...others] = beside;
  if (!only) return yes();
  if (others.length > 0) return yes('原有联络员');
  ask(world, speaking, [{ words: ['离任'], run: (answering) => [leave(world, answering, only)] }]);
  return asks('原有联络员');
}

/** Whom an administrator appointed, only an administrator lets go; nobody changes their own roles. */
function mayNot({ person }: Speaking, other: Person): boolean {
  if (!has(person, 'administrator', 'supervisor')) return true;
  const appointed = other.roles.some((role) => role !== 'liaison' && role !== 'coordinator');
  return (appointed && !has(person, 'administrator')) || other === person;
}

export function leave(world: World, speaking: Speaking, person: Person): Outcome {
  if (mayNot(speaking, person)) return no('rights');
  if (!person.active) return no('stands');
  depart(world, person, speaking.today);
  return yes('离任');
}

function depart(world: World, person: Person, today: Day): void {
  person.active = false;
  person.leftOn = today;
  dropQuestionsOf(world, person);
}

export function comeBack(speaking: Speaking, person: Person): Outcome {
  if (mayNot(speaking, person)) return no('rights');
  if (person.active || (person.leftOn ?? '') < after(speaking.today, -daysToComeBack)) return no('stands');
  Object.assign(person, { active: true, leftOn: null });
  return yes('复任');
}

export function grantLiaison(world: World, speaking: Speaking, person: Person, unit: string): Outcome {
  if (!has(speaking.person, 'administrator', 'supervisor') || person === speaking.person) return no('rights');
  if (!person.active) return no('stands');
  if (has(person, ...apart)) return no('rights');
  if (isGroup(world, unit)) return no('words');
  return makeLiaison(world, speaking, person, unit);
}

/** 交接: the second becomes liaison of the first's unit and has what waits for the first, who leaves. */
export function handOver(world: World, speaking: Speaking, from: Person, to: Person): Outcome {
  if (!has(speaking.person, 'administrator', 'supervisor')) return no('rights');
  if (from === to) return no('words');
  if (mayNot(speaking, from) || to === speaking.person) return no('rights');
  if (!to.active) return no('stands');
  const { unit } = from;
  if (unit === null || !has(from, 'liaison')) return no('words');
  if (!(has(to, 'liaison') && to.unit === unit)) {
    if (has(to, ...apart)) return no('rights');
    to.roles = to.roles.includes('liaison') ? to.roles : [...to.roles, 'liaison'];
    to.unit = unit;
  }
  for (const request of world.requests) {
    if (request.state === 'waiting' && request.person === from.name) request.person = to.name;
  }
  depart(world, from, speaking.today);
  return yes('已交接');
}
