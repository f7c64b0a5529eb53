import type { Row } from './notice.js';
import {
  awaits,
  choicesOf,
  decidingUnits,
  dutyOf,
  isLasting,
  membersOf,
  partsOf,
  rowsOfWork,
  type Slot,
  slotsOf,
  stateOf,
  wholeOf,
} from './owing.js';
import { ask } from './questions.js';
import { change, type Ref, record } from './reports.js';
import { inCharge, inChargeOfWork } from './rights.js';
import { tellSupervisors, tellUnits } from './telling.js';
import {
  asks,
  type Entry,
  has,
  no,
  type Outcome,
  rowName,
  type Speaking,
  type World,
  wordless,
  write,
  yes,
} from './world.js';

export type Decision = 'return' | 'reopen' | 'pause' | 'resume' | 'withdraw';

interface Owed {
  slot: Slot;
  unit: string;
}

const unitsOfRows = (world: World, row: Row) => [
  ...new Set([row, ...partsOf(world, row)].flatMap((one) => decidingUnits(world, one))),
];

/** What a code means to whoever decides on it: of all who answer for it, or of the unit that is named beside it. */
function meant(world: World, { row, number }: Ref, unit: string | null, today: string): Owed[] | null {
  const all = unitsOfRows(world, row);
  const units = unit === null ? all : membersOf(world, unit).filter((one) => all.includes(one));
  if (units.length === 0 && unit !== null) return null;
  return units.flatMap((one) =>
    choicesOf(world, row, number, one, today).flatMap(({ slots }) => slots.map((slot) => ({ slot, unit: one }))),
  );
}

const statusOf = (world: World, { slot, unit }: Owed) => stateOf(world, slot, unit).status;

export function decide(
  world: World,
  speaking: Speaking,
  decision: Decision,
  ref: Ref,
  unit: string | null,
  reason: boolean,
): Outcome {
  const { person, today } = speaking;
  const byLeader = decision !== 'return' && decision !== 'reopen';
  if (!has(person, byLeader ? 'leader' : 'supervisor')) return no('rights');
  if (byLeader && !inCharge(world, person, ref.row)) return no('rights');
  if (!reason && decision !== 'resume') return wordless;
  const duties = meant(world, ref, unit, today);
  if (duties === null) return no('words');
  const changing = duties.filter(({ slot, unit: one }) => change(world, slot, one, decision).length > 0);
  const turnsOf = ({ slot, unit: one }: Owed) =>
    changing.filter((other) => other.unit === one && other.slot.row === slot.row && other.slot.number === slot.number);
  // Of a recurrence the last turn that was closed is opened again.
  const isLast = (owed: Owed) =>
    turnsOf(owed).every(({ slot }) => (slot.turn?.name ?? '') <= (owed.slot.turn?.name ?? ''));
  const chosen = decision === 'reopen' ? changing.filter(isLast) : changing;
  if (chosen.length === 0) return no('stands');
  const changes = chosen.flatMap(({ slot, unit: one }) => change(world, slot, one, decision));
  write(world, speaking, { row: rowName(ref.row), unit: null, kind: decision, changes });
  const units = chosen.map((owed) => owed.unit);
  tellUnits(world, decision, units, person);
  if (byLeader) tellSupervisors(world, decision, person);
  return yes();
}

/** Neither the person nor the unit that reported closes; what was entered for a unit another supervisor or the leader does. */
function mayClose(world: World, { person }: Speaking, { slot, unit }: Owed, report: Entry): boolean {
  if (report.person === person.name || person.unit === unit) return false;
  return has(person, 'supervisor') || (report.recorded && inChargeOfWork(world, person, slot.row));
}

function toClose(
  world: World,
  speaking: Speaking,
  ref: Ref,
  unit: string | null,
): Outcome | { ready: Owed[]; held: number } {
  const duties = meant(world, ref, unit, speaking.today);
  if (duties === null) return no('words');
  const reported = duties.filter((owed) => statusOf(world, owed) === 'reported');
  if (reported.length === 0) return no('stands');
  const reportOn = ({ slot, unit: one }: Owed) => {
    const setBy = world.duties.get(dutyOf(slot, one))?.setBy ?? 0;
    const entry = world.history[setBy - 1];
    if (!entry) throw new Error('a report without its line');
    return entry;
  };
  const ready = reported.filter((owed) => mayClose(world, speaking, owed, reportOn(owed)));
  return ready.length === 0 ? no('rights') : { ready, held: reported.length - ready.length };
}

export function accept(world: World, speaking: Speaking, refs: Ref[], unit: string | null): Outcome[] {
  if (!has(speaking.person, 'supervisor', 'leader')) return [no('rights')];
  return refs.map((ref) => acceptOne(world, speaking, ref, unit, refs.length === 1));
}

function acceptOne(world: World, speaking: Speaking, ref: Ref, unit: string | null, alone: boolean): Outcome {
  const found = toClose(world, speaking, ref, unit);
  if ('kind' in found) return found;
  const changes = found.ready.flatMap(({ slot, unit: one }) => change(world, slot, one, 'accept'));
  write(world, speaking, { row: rowName(ref.row), unit: null, kind: 'accept', changes });
  const closed = new Set(found.ready.map(({ slot }) => `${slot.row.code}.${slot.number}${slot.turn?.name ?? ''}`)).size;
  const shows = [...(alone ? [`已销号${closed}条`] : []), ...(found.held > 0 ? ['没有销'] : [])];
  return proposeWhole(world, speaking, ref.row, found.ready, shows);
}

/** Where the last annex row was closed the task itself is proposed. */
function proposeWhole(world: World, speaking: Speaking, row: Row, closed: Owed[], shows: string[]): Outcome {
  const whole = wholeOf(world, row);
  const work = rowsOfWork(world, whole);
  const left = work.flatMap((one) =>
    slotsOf(world, one, speaking.today)
      .filter((slot) => !isLasting(slot))
      .flatMap((slot) => decidingUnits(world, one).map((unit) => ({ slot, unit })))
      .filter((owed) => !['closed', 'withdrawn'].includes(statusOf(world, owed))),
  );
  const closedPart = closed.some(({ slot }) => slot.row !== whole && work.includes(slot.row));
  if (!closedPart || left.length === 0 || left.some(({ slot }) => slot.row !== whole)) return yes(...shows);
  const waiting = left.filter((owed) => awaits(statusOf(world, owed)));
  if (waiting.length > 0) {
    if (!has(speaking.person, 'supervisor')) return yes(...shows);
    const units = [...new Set(waiting.map(({ unit }) => unit))];
    const said = { kind: 'done', percent: null, tells: true, signed: false, period: null } as const;
    ask(world, speaking, [
      {
        words: ['是', '确认'],
        run: (answering) =>
          units.flatMap((unit) => record(world, answering, unit, [{ row: whole, number: null }], said, '分项销号')),
      },
    ]);
    return asks(...shows, `${whole.code}的分项都已销号`);
  }
  if ('kind' in toClose(world, speaking, { row: whole, number: null }, null)) return yes(...shows);
  ask(world, speaking, [
    { words: ['是', '确认'], run: (answering) => accept(world, answering, [{ row: whole, number: null }], null) },
  ]);
  return asks(...shows, `${whole.code}的分项都已销号`);
}
