import { after, type Day, isWorking, lastWorkingUpTo, momentOf, nextWorkingAfter } from './days.js';
import { membersOf, openWork, partsOf, rowsInView, wholeOf } from './owing.js';
import { ask } from './questions.js';
import { type Ref, whyNotRecorded } from './reports.js';
import { tell, tellGroup, tellUnits } from './telling.js';
import {
  asks,
  type Entry,
  has,
  no,
  type Outcome,
  type Owed,
  type Round,
  reportsFor,
  rowName,
  rowNamed,
  type Speaking,
  standing,
  type World,
  write,
  yes,
} from './world.js';

export interface RoundWish {
  lastDay: Day | null;
  units: string[];
  plan: string | null;
  townships: boolean;
}

const closeAt = '18:00';
const isTownship = (unit: string) => /[镇乡]$/.test(unit);

/** A last day is a working day, at least one full one away. */
function lastDayFrom(given: Day | null, today: Day): Day | null {
  const soonest = nextWorkingAfter(today);
  const day = given === null ? soonest : isWorking(given) ? given : lastWorkingUpTo(given);
  return day >= soonest ? day : null;
}

export function openRound(world: World, speaking: Speaking, wish: RoundWish, confirmed = false): Outcome {
  const { person, today, chat } = speaking;
  if (!has(person, 'supervisor', 'coordinator')) return no('rights');
  const lastDay = lastDayFrom(wish.lastDay, today);
  if (lastDay === null) return no('day');
  const own = has(person, 'supervisor') ? null : (person.scope?.plans ?? null);
  if (wish.plan !== null && own !== null && !own.includes(wish.plan)) return no('rights');
  const rows = rowsInView(world, chat.plans, today)
    .filter((row) => wish.plan === null || row.plan === wish.plan)
    .filter((row) => own === null || own.includes(row.plan));
  const asked = wish.units.flatMap((unit) => membersOf(world, unit));
  const owed = openWork(world, rows, today).filter(({ unit }) =>
    asked.length > 0 ? asked.includes(unit) : wish.townships || !isTownship(unit),
  );
  if (owed.length === 0) return no('unknown');
  if (!confirmed) {
    const again = { ...wish, lastDay };
    ask(world, speaking, [
      { words: ['发送', '发', '是', '确认'], run: (answering) => [openRound(world, answering, again, true)] },
    ]);
    return asks(`${owed.length}家`);
  }
  const earlier = world.rounds.filter((round) => round.lastDay >= after(today, -366));
  const last = earlier.at(-1);
  const month = `${Number(today.slice(5, 7))}月调度`;
  const same = earlier.filter(
    ({ name, lastDay: day }) => name.startsWith(month) && day.slice(0, 4) === today.slice(0, 4),
  );
  const started = last
    ? (last.closedAt ?? momentOf(last.lastDay, closeAt))
    : momentOf(`${today.slice(0, 7)}-01`, '00:00');
  world.rounds.push({
    number: world.rounds.length + 1,
    name: same.length === 0 ? month : `${month}（第${same.length + 1}次）`,
    opener: person.name,
    lastDay,
    countsFrom: started,
    owed,
    closedAt: null,
  });
  tellGroup(world, 'round');
  return yes('已开');
}

export function putOff(world: World, speaking: Speaking, to: Day): Outcome {
  if (!has(speaking.person, 'supervisor', 'coordinator')) return no('rights');
  const round = openRounds(world).at(-1);
  if (!round) return no('unknown');
  const lastDay = lastDayFrom(to, speaking.today);
  if (lastDay === null) return no('day');
  Object.assign(round, { lastDay });
  return yes(round.name);
}

export const openRounds = (world: World): Round[] => world.rounds.filter(({ closedAt }) => closedAt === null);

const counted = ['done', 'progress', 'block', 'no-change'];

/** What is left of what was asked, after what was reported on it. */
export function stillMissing(world: World, owed: Owed[], entries: Entry[]): Owed[] {
  const given = new Set<string>();
  for (const entry of entries.filter(({ kind }) => counted.includes(kind))) {
    const units = entry.unit === null ? entry.changes.map(({ unit }) => unit) : [entry.unit];
    for (const name of [entry.row, ...entry.changes.map(({ row }) => row)]) {
      for (const unit of units) given.add(`${unit} ${rowName(wholeOf(world, rowNamed(world, name)))}`);
    }
  }
  return owed
    .map(({ unit, rows }) => ({ unit, rows: rows.filter((row) => !given.has(`${unit} ${row}`)) }))
    .filter(({ rows }) => rows.length > 0);
}

/** Who is still missing in a round. What was closed, paused or withdrawn since asks for nothing. */
export function leftOf(world: World, round: Round, today: Day): Owed[] {
  const left = stillMissing(world, round.owed, standing(world.history.filter(({ at }) => at >= round.countsFrom)));
  const rows = left.flatMap((one) => one.rows.map((name) => rowNamed(world, name)));
  const open = new Map(
    openWork(
      world,
      rows.flatMap((row) => [row, ...partsOf(world, row)]),
      today,
    ).map((one) => [one.unit, one.rows]),
  );
  return left
    .map(({ unit, rows: names }) => ({ unit, rows: names.filter((name) => open.get(unit)?.includes(name)) }))
    .filter(({ rows: names }) => names.length > 0);
}

/** 无变化: answers at once what the rounds still ask of the unit, or only the rows that are named. */
export function noChange(world: World, speaking: Speaking, refs: Ref[]): Outcome {
  const unit = reportsFor(speaking.person);
  if (unit === null) return no('rights');
  const open = openRounds(world)
    .filter(({ owed }) => owed.some((one) => one.unit === unit))
    .reverse();
  if (open.length === 0) return no('stands');
  const names = refs.map(({ row }) => rowName(row));
  const asked = open.flatMap(
    (round) => leftOf(world, round, speaking.today).find((one) => one.unit === unit)?.rows ?? [],
  );
  const answered = [...new Set(asked)].filter((name) => names.length === 0 || names.includes(name));
  if (answered.length === 0) return no('stands');
  for (const row of answered) write(world, speaking, { row, kind: 'no-change', unit });
  return yes(`${answered.length}项无变化`);
}

/** The same, entered for a unit: of the newest round that asks it, or of the rows that are named. */
export function recordNoChange(world: World, speaking: Speaking, unit: string, refs: Ref[]): Outcome {
  if (!has(speaking.person, 'supervisor', 'coordinator')) return no('rights');
  let names = refs.map(({ row }) => rowName(row));
  if (names.length === 0) {
    const round = openRounds(world).findLast(({ owed }) => owed.some((one) => one.unit === unit));
    if (!round) return no('stands');
    names = leftOf(world, round, speaking.today).find((one) => one.unit === unit)?.rows ?? [];
    if (names.length === 0) return no('stands');
  }
  for (const name of names) {
    const why = whyNotRecorded(world, speaking, rowNamed(world, name), unit, 'no-change');
    if (why) return why;
  }
  for (const row of names) write(world, speaking, { row, kind: 'no-change', unit, recorded: true });
  tellUnits(world, 'record', [unit], speaking.person);
  return yes();
}

/** What the clock brings by a moment: at its close a round ends. Its last morning is told within that morning's reminder. */
export function passTime(world: World, to: number): void {
  for (const round of openRounds(world)) {
    const close = momentOf(round.lastDay, closeAt);
    if (to < close) continue;
    round.closedAt = close;
    const opener = world.people.get(round.opener);
    if (opener) tell(world, 'round-end', [opener], null);
  }
}
