import { after, type Day } from './days.js';
import type { Dice } from './dice.js';
import type { Row } from './notice.js';
import { decides, decidingUnits, limitsOf, named, rowsInView, rowsOfUnit, slotsOf, stateOf } from './owing.js';
import type { Ref } from './reports.js';
import { isNamed } from './rights.js';
import {
  type Chat,
  no,
  type Outcome,
  type Person,
  type Request,
  reportsFor,
  rowName,
  type Speaking,
  type Status,
  type World,
} from './world.js';

/** Who is about to say something, where and when. */
export interface Scene {
  world: World;
  dice: Dice;
  person: Person;
  chat: Chat;
  today: Day;
  /** Speaks of nothing but work that is others'. */
  stranger?: boolean;
}

/** Words, and what the model makes of them when they are said. */
export interface Saying {
  text: string;
  expect(speaking: Speaking): Outcome[];
}

export type Maker = (scene: Scene) => Saying;

/** What is typed for a row, and what is meant by it in this chat: nothing where there is no such row. */
export interface Typed {
  text: string;
  ref: Ref | null;
}

const unknownCodes = ['水-99', '气附-30', '土-77', '气-3.9'];

/** 水-7 as people type it. */
function formsOf(code: string): string[] {
  const [family = '', number = ''] = code.split('-');
  return [code, code, code, `${family}${number}`, `${family}－${number}`];
}

/** With the year where another one would be meant, at times with one of its limits. */
function typed({ world, dice, chat, today }: Scene, row: Row): Typed {
  const inView = rowsInView(world, chat.plans, today);
  const limits = limitsOf(world, row).filter(({ number }) => number > 0);
  const limit = limits.length > 0 && dice.chance(limits.length > 1 ? 0.6 : 0.1) ? dice.pick(limits) : null;
  const number = limit?.number ?? null;
  const code = limit ? `${row.code}.${limit.number}` : dice.pick(formsOf(row.code));
  if (inView.includes(row)) return { text: code, ref: { row, number } };
  if (dice.chance(0.8)) return { text: `${row.year}${limit ? code : row.code}`, ref: { row, number } };
  // The same code of this year, where there is one.
  const other = inView.find((one) => one.code === row.code);
  const hasLimit = other && (number === null || limitsOf(world, other).some((one) => one.number === number));
  return { text: code, ref: other && hasLimit ? { row: other, number } : null };
}

/** A row that is the speaker's to act on and fits, mostly; at times any other, or none that there is. */
export function aRow(scene: Scene, fits: (row: Row) => boolean = () => true): Typed {
  const { world, dice, person, chat, today } = scene;
  if (dice.chance(0.015)) return { text: dice.pick(unknownCodes), ref: null };
  const unit = reportsFor(person);
  const inView = rowsInView(world, chat.plans, today);
  if (scene.stranger) {
    const others = inView.filter((row) => unit === null || !isNamed(world, row, unit));
    const fitting = others.filter(fits);
    return typed(scene, dice.pick(fitting.length > 0 && dice.chance(0.7) ? fitting : others));
  }
  const own = unit === null ? inView : rowsOfUnit(world, inView, unit);
  const fitting = own.filter(fits);
  const pools = [
    { rows: fitting, part: 0.8 },
    { rows: own, part: 0.6 },
    { rows: inView, part: 0.7 },
  ];
  const pool = pools.find(({ rows, part }) => dice.chance(part) && rows.length > 0);
  return typed(scene, dice.pick(pool?.rows ?? [...world.rows.values()]));
}

/** One, at times two. */
export function someRows(scene: Scene, fits?: (row: Row) => boolean): Typed[] {
  const first = aRow(scene, fits);
  if (!scene.dice.chance(0.06)) return [first];
  const second = aRow(scene, fits);
  return first.ref && second.ref && rowName(first.ref.row) === rowName(second.ref.row) ? [first] : [first, second];
}

export const textOf = (rows: Typed[]): string => rows.map(({ text }) => text).join(' ');

/** What all of them mean; `null` where one means nothing. */
export function refsOf(rows: Typed[]): Ref[] | null {
  const refs = rows.flatMap(({ ref }) => ref ?? []);
  return refs.length === rows.length ? refs : null;
}

/** Each is answered by itself; one that means nothing is refused beside the others. */
export function each(rows: Typed[], run: (refs: Ref[]) => Outcome[]): Outcome[] {
  const refs = refsOf(rows);
  return refs ? run(refs) : rows.flatMap(({ ref }) => (ref ? run([ref]) : [no('unknown')]));
}

/** Rows on which the speaker's unit stands so. */
export function ownAt({ world, person, today }: Scene, ...wanted: Status[]): (row: Row) => boolean {
  const unit = reportsFor(person);
  return (row) =>
    unit !== null &&
    decides(world, row, unit) &&
    slotsOf(world, row, today).some((slot) => wanted.includes(stateOf(world, slot, unit).status));
}

/** Rows on which some unit stands so. */
export const anyAt =
  ({ world, today }: Scene, ...wanted: Status[]) =>
  (row: Row): boolean =>
    slotsOf(world, row, today).some((slot) =>
      decidingUnits(world, row).some((unit) => wanted.includes(stateOf(world, slot, unit).status)),
    );

export const aUnit = ({ world, dice }: Scene): string => dice.pick([...world.units.keys()]);

/** A unit that the row names, at times another one. */
export function aUnitOf(scene: Scene, row: Row): string {
  const units = named(scene.world, row).map(({ unit }) => unit);
  return units.length > 0 && scene.dice.chance(0.85) ? scene.dice.pick(units) : aUnit(scene);
}

/** Mostly soon, at times too soon or too late. */
export function aDay({ dice, today }: Scene, from: Day = today): Day {
  const days = dice.weighted([
    [6, dice.between(1, 40)],
    [2, dice.between(40, 200)],
    [1, dice.between(-20, -1)],
    [1, dice.between(360, 500)],
  ]);
  return after(from, days);
}

/** 2023年10月15日: nobody's year has to be guessed. */
export function written(day: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** The number of a request: mostly one that waits and fits. */
export function aNumber({ world, dice }: Scene, fits: (request: Request) => boolean): number {
  const waiting = world.requests.filter(({ state }) => state === 'waiting');
  const fitting = waiting.filter(fits);
  if (fitting.length > 0 && dice.chance(0.85)) return dice.pick(fitting).number;
  if (waiting.length > 0 && dice.chance(0.5)) return dice.pick(waiting).number;
  return dice.between(1, world.requests.length + 3);
}

export const joined = (...words: (string | null)[]): string => words.filter(Boolean).join(' ');
