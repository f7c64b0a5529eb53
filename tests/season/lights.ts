import { type Day, lastWorkingUpTo, nextWorkingAfter, workingDaysTo } from './days.js';
import type { Row } from './notice.js';
import { decidingUnits, dueFor, partsOf, rowsOfWork, type Slot, slotsOf, stateOf, waitsFor, wholeOf } from './owing.js';
import { type Entry, type Kind, rowName, type State, standing, type World } from './world.js';

export type Light = '红灯' | '黄灯' | '绿灯' | '灰灯' | '蓝灯';
const worstFirst: Light[] = ['红灯', '黄灯', '绿灯', '灰灯', '蓝灯'];

/** Why a light is what it is. */
export type Reason =
  | 'closed'
  | 'paused'
  | 'reported'
  | 'passed'
  | 'near'
  | 'silent'
  | 'behind'
  | 'problem'
  | 'round-missed'
  | 'dated'
  | 'none';

export interface Lit {
  light: Light;
  reason: Reason;
  due: Day | null;
}

interface Known {
  state: State;
  due: Day | null;
  from: Day | null;
  waits: boolean;
  lastReport: Day | null;
  assigned: Day | null;
  missedRound: boolean;
  today: Day;
  startOn: Day;
}

type Rule = [Light, Reason, (known: Known) => boolean];

const counts = ({ due, startOn, waits }: Known) => due !== null && due >= startOn && !waits;
const passed = (known: Known) => counts(known) && known.today > nextWorkingAfter(known.due ?? '');
const near = (days: number, quiet: number) => (known: Known) =>
  counts(known) &&
  workingDaysTo(known.today, lastWorkingUpTo(known.due ?? '')) <= days &&
  (known.lastReport === null || workingDaysTo(known.lastReport, known.today) >= quiet);

/** How many points the number that was reported is behind the share of the stage that has gone by. */
function behind({ from, due, today, state: { percent } }: Known): number {
  if (from === null || due === null || from >= due || percent === null) return 0;
  const whole = workingDaysTo(from, due);
  const gone = Math.max(0, workingDaysTo(from, today < due ? today : due));
  return whole <= 0 ? 0 : Math.round((gone / whole) * 100) - percent;
}

const decided: Rule[] = [
  ['蓝灯', 'closed', ({ state }) => state.status === 'closed'],
  ['灰灯', 'paused', ({ state }) => state.status === 'paused' || state.status === 'withdrawn'],
  ['绿灯', 'reported', ({ state }) => state.status === 'reported'],
  ['红灯', 'passed', passed],
];

/** By the rule packs of data/rules: for the plan's tasks, and for what is assigned (13710). */
const rules: Record<Row['kind'], Rule[]> = {
  document: [
    ...decided,
    ['黄灯', 'near', near(3, 10)],
    ['红灯', 'behind', (known) => behind(known) >= 31],
    ['黄灯', 'behind', (known) => behind(known) >= 10],
    ['黄灯', 'problem', ({ state }) => state.problem],
    ['黄灯', 'round-missed', ({ missedRound }) => missedRound],
    ['绿灯', 'dated', ({ due }) => due !== null],
    ['灰灯', 'none', () => true],
  ],
  assigned: [
    ...decided,
    [
      '黄灯',
      'silent',
      ({ assigned, lastReport, today }) =>
        assigned !== null && lastReport === null && Date.parse(today) - Date.parse(assigned) > 3 * 86_400_000,
    ],
    ['黄灯', 'near', near(1, 1)],
    ['黄灯', 'problem', ({ state }) => state.problem],
    ['绿灯', 'none', () => true],
  ],
};

const reports: Kind[] = ['done', 'progress', 'block', 'no-change'];

/** A report on the whole counts for its annex rows, one on a row for that row. */
function lastReportOf(world: World, entries: Entry[], row: Row, unit: string): Entry | undefined {
  const names = [rowName(row), rowName(wholeOf(world, row))];
  return entries.findLast(
    (entry) =>
      reports.includes(entry.kind) &&
      names.includes(entry.row) &&
      (entry.unit === unit || entry.changes.some((change) => change.unit === unit)),
  );
}

/** A round asks for the whole work: a report on any row of it answers. */
function missedRound(world: World, entries: Entry[], row: Row, unit: string, today: Day): boolean {
  const whole = rowName(wholeOf(world, row));
  const round = world.rounds.findLast(
    ({ lastDay, owed }) => lastDay < today && owed.some((one) => one.unit === unit && one.rows.includes(whole)),
  );
  if (round === undefined) return false;
  return !rowsOfWork(world, row).some((one) => {
    const report = lastReportOf(world, entries, one, unit);
    return report !== undefined && report.at >= round.countsFrom;
  });
}

/** The lights of a row and its annex rows, the worst first. */
export function lightsOf(world: World, row: Row, today: Day): Lit[] {
  const names = new Set(rowsOfWork(world, row).map(rowName));
  const entries = standing(world.history.filter((entry) => names.has(entry.row)));
  const lit = (slot: Slot, unit: string): Lit => {
    const report = lastReportOf(world, entries, slot.row, unit);
    const known: Known = {
      state: stateOf(world, slot, unit),
      due: dueFor(world, slot, unit),
      from: slot.from,
      waits: waitsFor(world, slot, unit),
      lastReport: report?.day ?? null,
      assigned: entries.find(({ kind, row: name }) => kind === 'assign' && name === rowName(slot.row))?.day ?? null,
      missedRound: missedRound(world, entries, slot.row, unit, today),
      today,
      startOn: world.startOn,
    };
    const rule = rules[row.kind].find(([, , holds]) => holds(known));
    if (!rule) throw new Error('no rule holds');
    return { light: rule[0], reason: rule[1], due: known.due };
  };
  const found = [row, ...partsOf(world, row)].flatMap((one) =>
    slotsOf(world, one, today).flatMap((slot) => decidingUnits(world, one).map((unit) => lit(slot, unit))),
  );
  const place = ({ light, due }: Lit) => `${worstFirst.indexOf(light)} ${due ?? '9999'}`;
  return found.sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
}
