import { after, type Day, earliest } from './days.js';
import type { LimitKind, Named, Role, Row, Stated } from './notice.js';
import { type Owed, rowName, rowNamed, type State, type Status, untouched, type World } from './world.js';

/** A limit as it can be met once: of a recurring one each turn is one of its own. `task` is a row without a limit. */
export interface Slot {
  row: Row;
  number: number;
  kind: LimitKind | 'task';
  /** 2023-Q3, and what people call it: 三季度. */
  turn: { name: string; label: string } | null;
  /** As the document has it. */
  day: Day | null;
  from: Day | null;
}

export const partsOf = (world: World, row: Row): Row[] =>
  row.whole === null
    ? [...world.rows.values()].filter(({ year, whole }) => year === row.year && whole === row.code)
    : [];
export const wholeOf = (world: World, row: Row): Row =>
  row.whole === null ? row : rowNamed(world, `${row.year} ${row.whole}`);
export const rowsOfWork = (world: World, row: Row): Row[] => {
  const whole = wholeOf(world, row);
  return [whole, ...partsOf(world, whole)];
};

export function membersOf(world: World, unit: string): string[] {
  const members = world.units.get(unit)?.members ?? [];
  return members.length > 0 ? members : [unit];
}

export function named(world: World, row: Row): Named[] {
  const added = world.namedByOffice.get(rowName(row)) ?? [];
  return [...row.named, ...added.map((one) => ({ ...one, inherited: false }))];
}

/** In which roles the row names the unit, itself or as one of a group noun. */
export function rolesIn(world: World, row: Row, unit: string): Named[] {
  return named(world, row).filter((one) => one.unit === unit || world.units.get(one.unit)?.members.includes(unit));
}

const ofRole = (world: World, row: Row, role: Role) => [
  ...new Set(
    named(world, row)
      .filter((one) => one.role === role && !one.inherited)
      .map(({ unit }) => unit),
  ),
];

export interface Party {
  unit: string;
  members: string[];
}

/** The leads; all implementers where there is no lead. */
export function deciding(world: World, row: Row): Party[] {
  const leads = ofRole(world, row, 'lead');
  const units = leads.length > 0 ? leads : ofRole(world, row, 'implement');
  return units.map((unit) => ({ unit, members: membersOf(world, unit) }));
}

export const decidingUnits = (world: World, row: Row) => deciding(world, row).flatMap(({ members }) => members);
export const decides = (world: World, row: Row, unit: string) => decidingUnits(world, row).includes(unit);

/** In the order in which the office lists its units. */
export function inOrder(world: World, units: Iterable<string>): string[] {
  const wanted = new Set(units);
  return [...world.units.keys()].filter((unit) => wanted.has(unit));
}

export function limitsOf(world: World, row: Row): Stated[] {
  const set = world.set.get(rowName(row));
  return row.limits.length === 0 && set ? [set] : row.limits;
}

interface Turn {
  name: string;
  label: string;
  from: Day;
  to: Day;
}

const quarterNames = ['一季度', '二季度', '三季度', '四季度'];
const two = (value: number) => String(value).padStart(2, '0');

function turnAt(every: NonNullable<Stated['every']>, day: Day): Turn {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const span = { month: 1, quarter: 3, 'half-year': 6, year: 12 }[every];
  const index = Math.floor((month - 1) / span);
  const last = (index + 1) * span;
  const from = `${year}-${two(index * span + 1)}-01`;
  const to = after(last === 12 ? `${year + 1}-01-01` : `${year}-${two(last + 1)}-01`, -1);
  const names = {
    month: [day.slice(0, 7), `${month}月`],
    quarter: [`${year}-Q${index + 1}`, quarterNames[index]],
    'half-year': [`${year}-H${index + 1}`, index === 0 ? '上半年' : '下半年'],
    year: [String(year), `${year}年`],
  }[every];
  return { name: names[0] ?? '', label: names[1] ?? '', from, to };
}

/** The slots of a row whose turns have begun by `until`; turns count from the period that holds the start date. */
export function slotsOf(world: World, row: Row, until: Day): Slot[] {
  const limits = limitsOf(world, row);
  if (limits.length === 0) return [{ row, number: 0, kind: 'task', turn: null, day: null, from: null }];
  return limits.flatMap(({ number, kind, day, from, every }): Slot[] => {
    if (every === null) return [{ row, number, kind, turn: null, day, from }];
    const slots: Slot[] = [];
    const first = world.startOn > world.issuedOn ? world.startOn : world.issuedOn;
    for (
      let turn = turnAt(every, first);
      turn.from <= until || slots.length === 0;
      turn = turnAt(every, after(turn.to, 1))
    ) {
      slots.push({ row, number, kind, turn, day: turn.to, from: turn.from });
    }
    return slots;
  });
}

export const dutyOf = ({ row, number, turn }: Slot, unit: string) =>
  `${rowName(row)}|${number}|${turn?.name ?? ''}|${unit}`;

const halts = (status: Status) => status === 'paused' || status === 'withdrawn';

/** A turn that begins while the one before it is paused or withdrawn is so too. */
export function stateOf(world: World, slot: Slot, unit: string): State {
  const duty = world.duties.get(dutyOf(slot, unit));
  if (duty) return duty;
  if (slot.turn === null) return untouched;
  const { name } = slot.turn;
  const place = `${rowName(slot.row)}|${slot.number}|`;
  const before = [...world.duties]
    .map(([key, state]) => ({ key, state, turn: key.split('|')[2] ?? '' }))
    .filter(({ key, turn }) => key.startsWith(place) && key.endsWith(`|${unit}`) && turn !== '' && turn < name)
    .sort((a, b) => (a.turn < b.turn ? 1 : -1))[0];
  return before && halts(before.state.status) ? { ...untouched, status: before.state.status } : untouched;
}

export const awaits = (status: Status) => status === 'unreported' || status === 'in-progress';
export const isReported = (status: Status) => ['reported', 'closed', 'withdrawn'].includes(status);
export const isLasting = ({ kind, row }: Slot) => kind === 'ongoing' || (kind === 'task' && row.lasting);

/** The slot of the whole that ends with this one of an annex row, because the document gives both one day. */
export function slotOfWhole(world: World, slot: Slot, unit: string): Slot | null {
  const whole = wholeOf(world, slot.row);
  if (whole === slot.row || slot.turn !== null || slot.kind !== 'date' || !decides(world, whole, unit)) return null;
  return slotsOf(world, whole, '').find(({ kind, day }) => kind === 'date' && day !== null && day === slot.day) ?? null;
}

/** The parts that a slot of the whole ends with, the other way round. */
function slotsThatHold(world: World, slot: Slot, unit: string): Slot[] {
  if (slot.turn !== null || slot.kind !== 'date' || !decides(world, slot.row, unit)) return [];
  return partsOf(world, slot.row).flatMap((part) =>
    slotsOf(world, part, '').filter((one) => slotOfWhole(world, one, unit)?.number === slot.number),
  );
}

/** The day that holds for a unit: the document's, or a later one that was agreed to. */
export function dueFor(world: World, slot: Slot, unit: string): Day | null {
  if (slot.day === null) return null;
  const days = [slot, ...slotsThatHold(world, slot, unit)].flatMap((one) => world.agreed.get(dutyOf(one, unit)) ?? []);
  return [slot.day, ...days].reduce((a, b) => (a > b ? a : b));
}

/** Whether more time was asked for in time, and is undecided. A whole waits with its annex row. */
export function waitsFor(world: World, slot: Slot, unit: string): boolean {
  const duties = [slot, ...slotsThatHold(world, slot, unit)].map((one) => dutyOf(one, unit));
  return world.requests.some(
    ({ kind, state, inTime, duties: asked }) =>
      kind === 'extension' && state === 'waiting' && inTime && asked.some(({ duty }) => duties.includes(duty)),
  );
}

/** A slot with those for whom it is due on one day. */
export interface Dated {
  slot: Slot;
  due: Day | null;
  units: string[];
}

export function byDay(world: World, slot: Slot): Dated[] {
  const units = decidingUnits(world, slot.row);
  if (slot.day === null) return [{ slot, due: null, units }];
  const days = [...new Set(units.map((unit) => dueFor(world, slot, unit)))];
  return days.map((due) => ({ slot, due, units: units.filter((unit) => dueFor(world, slot, unit) === due) }));
}

/** What one report of a unit meets: slots that go together, because the document gives them one day. */
export interface Choice {
  slots: Slot[];
  lasting: boolean;
}

/** All that a report of the unit on the row, or on its limit `number`, can be about. */
export function choicesOf(world: World, row: Row, number: number | null, unit: string, today: Day): Choice[] {
  const rows = [row, ...partsOf(world, row)].filter((one) => decides(world, one, unit));
  const groups = new Map<string, Choice>();
  for (const slot of rows.flatMap((one) => slotsOf(world, one, today))) {
    const lasting = isLasting(slot);
    const apart = `${slot.row.code} ${slot.number} ${slot.turn?.name ?? ''}`;
    const key = lasting ? 'lasting' : slot.kind === 'date' ? `day ${slot.day}` : slot.kind === 'task' ? 'task' : apart;
    const group = groups.get(key) ?? { slots: [], lasting };
    group.slots.push(slot);
    groups.set(key, group);
  }
  let choices = [...groups.values()];
  const undated = groups.get('task');
  const others = choices.filter((one) => one !== undated && !one.lasting);
  const [only] = others;
  // A day that stands only in the annex holds for the task too.
  if (undated && only && others.length === 1) {
    choices = choices
      .filter((one) => one !== undated)
      .map((one) => (one === only ? { ...only, slots: [...undated.slots, ...only.slots] } : one));
  }
  return choices.filter(
    ({ slots }) => number === null || slots.some((one) => one.row === row && one.number === number),
  );
}

/** Of several units: where they stand together. Whoever is set apart by a decision does not hold up the others. */
export function together(statuses: Status[]): Status {
  const live = statuses.filter((status) => status !== 'withdrawn');
  if (live.length === 0) return statuses.length > 0 ? 'withdrawn' : 'unreported';
  if (new Set(live).size === 1) return live[0] as Status;
  if (live.every((status) => status === 'reported' || status === 'closed')) return 'reported';
  const moving = live.filter((status) => status !== 'paused');
  if (!moving.some(awaits)) return 'paused';
  return moving.every((status) => status === 'unreported') ? 'unreported' : 'in-progress';
}

/** The pieces of work that are open for each unit that decides them, as a round asks for them. */
export function openWork(world: World, rows: Row[], today: Day): Owed[] {
  const owed = new Map<string, Set<string>>();
  for (const whole of new Set(rows.map((row) => wholeOf(world, row)))) {
    for (const row of rowsOfWork(world, whole)) {
      for (const slot of slotsOf(world, row, today)) {
        for (const unit of decidingUnits(world, row)) {
          if (!awaits(stateOf(world, slot, unit).status)) continue;
          owed.set(unit, (owed.get(unit) ?? new Set()).add(rowName(whole)));
        }
      }
    }
  }
  return inOrder(world, owed.keys()).map((unit) => ({ unit, rows: [...(owed.get(unit) ?? [])] }));
}

/** What is meant in a chat where nobody types a year: of each plan the newest that has begun. What is assigned is meant everywhere. */
export function rowsInView(world: World, plans: string[] | null, today: Day): Row[] {
  const rows = [...world.rows.values()].filter(
    ({ kind, plan }) => kind === 'assigned' || plans === null || plans.includes(plan),
  );
  const years = new Map<string, number>();
  const year = Number(today.slice(0, 4));
  for (const row of rows) if (row.year <= year) years.set(row.plan, Math.max(years.get(row.plan) ?? 0, row.year));
  return rows.filter((row) => row.year === years.get(row.plan));
}

/** Of these rows those that name the unit, without those that only hold for the whole plan. */
export function rowsOfUnit(world: World, rows: Row[], unit: string): Row[] {
  return rows.filter((row) => rolesIn(world, row, unit).some(({ inherited }) => !inherited));
}

export const firstDay = (days: (Day | null)[]): Day | null => {
  const some = days.filter((day) => day !== null);
  return some.length > 0 ? earliest(some) : null;
};
