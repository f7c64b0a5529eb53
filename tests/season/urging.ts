import { after, type Day, isWorking, nextWorkingAfter, timeAt, workingDaysTo } from './days.js';
import type { Row } from './notice.js';
import {
  awaits,
  decides,
  decidingUnits,
  dueFor,
  inOrder,
  membersOf,
  partsOf,
  rowsInView,
  rowsOfWork,
  slotsOf,
  stateOf,
  waitsFor,
  wholeOf,
} from './owing.js';
import { ask } from './questions.js';
import type { Ref } from './reports.js';
import { inCharge } from './rights.js';
import { stillMissing } from './rounds.js';
import { peopleWith, tell, tellGroup } from './telling.js';
import {
  asks,
  has,
  no,
  type Outcome,
  type Person,
  rowName,
  rowNamed,
  type Speaking,
  standing,
  type World,
  write,
  yes,
} from './world.js';

export interface UrgeWish {
  refs: Ref[];
  units: string[];
  until: Day;
}

/** The pieces of work for which the unit's report is due by a day. A window that has not ended asks for nothing yet. */
function owedBy(world: World, rows: Row[], unit: string, until: Day, today: Day): { row: Row; due: Day }[] {
  const dated = rows
    .filter((row) => decides(world, row, unit))
    .flatMap((row) => slotsOf(world, row, until))
    .filter((slot) => awaits(stateOf(world, slot, unit).status) && !waitsFor(world, slot, unit))
    .flatMap((slot) => {
      const due = dueFor(world, slot, unit);
      if (due === null || due > until || due < world.startOn) return [];
      return slot.kind === 'window' && due >= today ? [] : [{ row: wholeOf(world, slot.row), due }];
    });
  const works = new Map(dated.map((one) => [`${one.due} ${rowName(one.row)}`, one]));
  const order = [...world.rows.values()];
  return [...works.values()].sort((a, b) =>
    a.due < b.due ? -1 : a.due > b.due ? 1 : order.indexOf(a.row) - order.indexOf(b.row),
  );
}

/** The working day on which what is said now goes out. */
function dayOut(at: number, today: Day): Day {
  if (!isWorking(today)) return nextWorkingAfter(today);
  return timeAt(at) < '18:00' ? today : nextWorkingAfter(today);
}

function found(
  world: World,
  { refs, units, until }: UrgeWish,
  { today, chat }: Speaking,
): { unit: string; rows: string[] }[] {
  const asked = units.flatMap((unit) => membersOf(world, unit));
  if (refs.length === 0) {
    const rows = rowsInView(world, chat.plans, today);
    const all =
      asked.length > 0
        ? asked
        : inOrder(
            world,
            rows.flatMap((row) => decidingUnits(world, row)),
          );
    return all
      .map((unit) => ({ unit, rows: owedBy(world, rows, unit, until, today).map(({ row }) => rowName(row)) }))
      .filter(({ rows: owed }) => owed.length > 0);
  }
  const far = after(today, 366);
  const rows = refs.flatMap(({ row }) => [row, ...partsOf(world, row)]);
  return inOrder(
    world,
    rows.flatMap((row) => decidingUnits(world, row)),
  )
    .filter((unit) => asked.length === 0 || asked.includes(unit))
    .map((unit) => ({
      unit,
      rows: refs
        .filter(({ row }) => {
          if (owedBy(world, [row, ...partsOf(world, row)], unit, far, today).length > 0) return true;
          if (!decides(world, row, unit)) return false;
          const slots = slotsOf(world, row, today);
          const awaited = slots.some((slot) => awaits(stateOf(world, slot, unit).status));
          return awaited && slots.every(({ day }) => day === null);
        })
        .map(({ row }) => rowName(row)),
    }))
    .filter(({ rows: owed }) => owed.length > 0);
}

/** One reminder for each unit and working day. */
export function urge(world: World, speaking: Speaking, wish: UrgeWish, confirmed = false): Outcome {
  if (!has(speaking.person, 'supervisor')) return no('rights');
  const day = dayOut(speaking.at, speaking.today);
  const owing = found(world, wish, speaking);
  if (owing.length === 0) return no('unknown');
  const fresh = owing.filter(({ unit }) => !world.urgings.some((one) => one.unit === unit && one.day === day));
  if (fresh.length === 0) return no('stands');
  if (!confirmed) {
    ask(world, speaking, [
      { words: ['发送', '发', '是', '确认'], run: (answering) => [urge(world, answering, wish, true)] },
    ]);
    return asks(`提示${fresh.length}家`);
  }
  for (const { unit, rows } of fresh) {
    world.urgings.push({ unit, day, kind: 'remind', rows, line: world.history.length });
    for (const row of rows) write(world, speaking, { row, kind: 'urge', unit });
    tellGroup(world, 'urging');
  }
  return yes(`已提示${fresh.length}家`);
}

/** To the leaders goes what was reminded of twice, and three working days later is still without a report. */
export function escalate(world: World, speaking: Speaking, confirmed = false): Outcome {
  if (!has(speaking.person, 'supervisor')) return no('rights');
  const { today } = speaking;
  const recent = world.urgings.filter(({ kind, day }) => kind === 'remind' && day >= after(today, -60));
  const due = [...new Set(recent.map(({ unit }) => unit))].flatMap((unit) => {
    const ofUnit = recent.filter((one) => one.unit === unit);
    return [...new Set(ofUnit.flatMap(({ rows }) => rows))].flatMap((row) => {
      const reminders = ofUnit.filter(({ rows }) => rows.includes(row)).sort((a, b) => (a.day < b.day ? -1 : 1));
      const last = reminders.at(-1);
      if (!last || reminders.length < 2 || workingDaysTo(last.day, today) < 3) return [];
      const since = standing(world.history).filter(({ number }) => number > last.line);
      const work = rowsOfWork(world, rowNamed(world, row));
      const isAwaited = work.some(
        (one) =>
          decides(world, one, unit) &&
          slotsOf(world, one, today).some(
            (slot) => awaits(stateOf(world, slot, unit).status) && !waitsFor(world, slot, unit),
          ),
      );
      const [whole] = work.map(rowName);
      const left = stillMissing(world, [{ unit, rows: whole ? [whole] : [] }], since);
      return isAwaited && left.length > 0 ? [{ unit, row }] : [];
    });
  });
  if (due.length === 0) return no('unknown');
  if (!confirmed) {
    ask(world, speaking, [
      { words: ['发送', '发', '是', '确认'], run: (answering) => [escalate(world, answering, true)] },
    ]);
    return asks(`${due.length}项`);
  }
  const units = [...new Set(due.map(({ unit }) => unit))].filter(
    (unit) => !world.urgings.some((one) => one.unit === unit && one.day === today),
  );
  if (units.length === 0) return no('stands');
  for (const unit of units)
    world.urgings.push({ unit, day: today, kind: 'escalate', rows: [], line: world.history.length });
  const rows = due.filter(({ unit }) => units.includes(unit)).map(({ row }) => rowNamed(world, row));
  tell(
    world,
    'escalation',
    rows.flatMap((row) => inChargeOf(world, row)),
    null,
  );
  return yes();
}

/** Who has it in charge; where nobody has, whoever has everything. */
function inChargeOf(world: World, row: Row): Person[] {
  const leaders = peopleWith(world, 'leader');
  const own = leaders.filter((leader) => leader.scope !== null && inCharge(world, leader, row));
  return own.length > 0 ? own : leaders.filter(({ scope }) => scope === null);
}
