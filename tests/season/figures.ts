import { after, type Day, nextWorkingAfter } from './days.js';
import type { Row } from './notice.js';
import {
  awaits,
  byDay,
  type Dated,
  decides,
  deciding,
  isLasting,
  membersOf,
  rowsInView,
  rowsOfUnit,
  rowsOfWork,
  type Slot,
  slotsOf,
  stateOf,
  together,
  waitsFor,
  wholeOf,
} from './owing.js';
import type { Status, World } from './world.js';

/** How a piece of work stands, as /list, /status and /mine tell it. */
export interface Figure {
  whole: Row;
  parts: Row[];
  status: Status;
  problem: boolean;
  backfill: boolean;
  overdue: boolean;
  asked: boolean;
  due: Day | null;
  /** 1/4: of several that owe the same, how many have given it. */
  tally: string | null;
}

/** Who counts for a day: without whom a decision has set apart, as long as somebody else is there. */
function counted(world: World, { slot, units }: Dated): string[][] {
  const parties = deciding(world, slot.row)
    .map(({ members }) => members.filter((unit) => units.includes(unit)))
    .filter((members) => members.length > 0);
  const without = (apart: Status[]) =>
    parties
      .map((members) => members.filter((unit) => !apart.includes(stateOf(world, slot, unit).status)))
      .filter((members) => members.length > 0);
  return [without(['paused', 'withdrawn']), without(['withdrawn'])].find((some) => some.length > 0) ?? parties;
}

export function tallyOf(world: World, dated: Dated): string | null {
  const { slot } = dated;
  const lasting = isLasting(slot);
  const lacks = (unit: string) => {
    const { status } = stateOf(world, slot, unit);
    return lasting ? status === 'unreported' : awaits(status);
  };
  const parties = counted(world, dated);
  const owing = parties.flat();
  const lacking = owing.filter(lacks);
  if (lacking.length === 0 || lacking.length === owing.length) return null;
  if (parties.length === 1) return `${owing.length - lacking.length}/${owing.length}`;
  return `${parties.filter((members) => !members.some(lacks)).length}/${parties.length}`;
}

/** Those whose report is missing on a day. */
export function missing(world: World, dated: Dated): string[] {
  return counted(world, dated)
    .flat()
    .filter((unit) => awaits(stateOf(world, dated.slot, unit).status));
}

const yearsAhead = 732;

/** For a unit that decides the work its own part alone counts. */
export function figureOf(world: World, row: Row, today: Day, unit: string | null = null): Figure {
  const all = rowsOfWork(world, row);
  const [whole, ...parts] = all as [Row, ...Row[]];
  const decided = unit === null ? [] : all.filter((one) => decides(world, one, unit));
  const own = decided.length > 0 ? unit : null;
  const rows = own === null ? all : decided;
  const datedOf = (slot: Slot): Dated[] => {
    const days = byDay(world, slot);
    // A day that stands only in the annex holds for the task too, whoever answers for the annex row.
    return days.length === 1 ? days : days.filter(({ units }) => own === null || units.includes(own));
  };
  const statusOf = ({ slot, units }: Dated) =>
    own === null ? together(units.map((one) => stateOf(world, slot, one).status)) : stateOf(world, slot, own).status;
  const isHeld = (dated: Dated) => {
    if (own !== null) return waitsFor(world, dated.slot, own);
    const lacking = missing(world, dated);
    return lacking.length > 0 && lacking.every((one) => waitsFor(world, dated.slot, one));
  };
  const open = rows.flatMap((one) => slotsOf(world, one, today)).flatMap(datedOf);
  const daysOf = (some: Row[]) =>
    some
      .flatMap((one) => slotsOf(world, one, after(today, yearsAhead)))
      .flatMap(datedOf)
      .flatMap((dated) =>
        dated.due === null || dated.due > after(today, yearsAhead) ? [] : [{ ...dated, due: dated.due }],
      )
      .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const ownDays = daysOf(rows);
  const days = ownDays.length > 0 ? ownDays : daysOf(all);
  const awaited = days.filter((dated) => awaits(statusOf(dated)));
  const come = awaited.filter((dated) => dated.due < today && !isHeld(dated));
  const next = awaited[0] ?? days.at(-1);
  const shown = next ?? open[0];
  return {
    whole,
    parts,
    status: together(open.map(statusOf)),
    problem: open.some(({ slot, units }) =>
      (own === null ? units : [own]).some((one) => stateOf(world, slot, one).problem),
    ),
    backfill: come.some(({ due }) => due < world.startOn),
    overdue: come.some(({ due }) => due >= world.startOn && today > nextWorkingAfter(due)),
    asked: awaited.some(isHeld),
    due: next?.due ?? null,
    tally: own === null && shown ? tallyOf(world, shown) : null,
  };
}

/** The works in view, in the document's order. */
export function figures(
  world: World,
  today: Day,
  { plans, unit = null, own = false }: { plans: string[] | null; unit?: string | null; own?: boolean },
): Figure[] {
  const inView = rowsInView(world, plans, today);
  const rows = unit === null ? inView : rowsOfUnit(world, inView, unit);
  const wholes = [...new Set(rows.map((row) => wholeOf(world, row)))];
  return wholes.map((whole) => figureOf(world, whole, today, own ? unit : null));
}

/** Whether the unit answers for the work: a group noun stands for all its members. */
export function answersFor(world: World, unit: string, { whole, parts }: Figure): boolean {
  if ([...world.units.values()].some(({ members }) => members.includes(unit))) return false;
  return [whole, ...parts].some((row) => membersOf(world, unit).every((member) => decides(world, row, member)));
}

/** Of one row alone, as /task tells it. */
export function rowStatus(world: World, row: Row, today: Day): Status {
  const slots = slotsOf(world, row, today).flatMap((slot) => byDay(world, slot));
  return together(slots.map(({ slot, units }) => together(units.map((unit) => stateOf(world, slot, unit).status))));
}
