import { tallyOf } from './figures.js';
import type { Row } from './notice.js';
import {
  type Choice,
  choicesOf,
  decides,
  decidingUnits,
  dutyOf,
  isLasting,
  isReported,
  partsOf,
  rowsOfWork,
  type Slot,
  slotsOf,
  stateOf,
  wholeOf,
} from './owing.js';
import { ask } from './questions.js';
import { inCharge, isNamed } from './rights.js';
import { tellUnits } from './telling.js';
import {
  asks,
  type Change,
  type Entry,
  has,
  no,
  type Outcome,
  reportsFor,
  rowName,
  rowNamed,
  type Speaking,
  type State,
  type Status,
  standing,
  type World,
  wordless,
  write,
  yes,
} from './world.js';

export type ReportKind = 'done' | 'progress' | 'block';

/** What a report says: `tells` when its words say more than that it is done. */
export interface Said {
  kind: ReportKind;
  percent: number | null;
  tells: boolean;
  signed: boolean;
  /** The period that the words begin with: 三季度. */
  period: string | null;
}

/** What is meant by a code: a row, or one of its limits, or one turn of that. */
export interface Ref {
  row: Row;
  number: number | null;
  turn?: string | null;
}

type Event = ReportKind | 'lasting-done' | 'accept' | 'return' | 'reopen' | 'pause' | 'resume' | 'withdraw' | 'exempt';

const open: Status[] = ['unreported', 'in-progress'];
/** From which states an event leads to which. */
const ways: Record<Event, [Status[], Status]> = {
  progress: [open, 'in-progress'],
  block: [open, 'in-progress'],
  'lasting-done': [open, 'in-progress'],
  done: [open, 'reported'],
  accept: [['reported'], 'closed'],
  return: [['reported'], 'in-progress'],
  reopen: [['closed'], 'in-progress'],
  pause: [[...open, 'reported'], 'paused'],
  resume: [['paused', 'withdrawn'], 'in-progress'],
  withdraw: [[...open, 'reported', 'paused'], 'withdrawn'],
  exempt: [[...open, 'reported'], 'withdrawn'],
};

/** `null` where the event changes nothing. */
export function moved(world: World, state: State, event: Event, percent: number | null = null): State | null {
  const [from, to] = ways[event];
  if (!from.includes(state.status)) return null;
  const status = event === 'done' && !world.settings.review ? 'closed' : to;
  const problem = event === 'block' || (event === 'pause' && state.problem);
  return { status, percent: percent ?? state.percent, problem };
}

export function change(world: World, slot: Slot, unit: string, event: Event, percent: number | null = null): Change[] {
  const { status, percent: reported, problem } = stateOf(world, slot, unit);
  const before = { status, percent: reported, problem };
  const after = moved(world, before, event, percent);
  return after === null ? [] : [{ duty: dutyOf(slot, unit), unit, row: rowName(slot.row), before, after }];
}

/** What a unit's report does. Whether the speaker may report for it is checked before. */
export function takeReport(world: World, speaking: Speaking, ref: Ref, said: Said, by: By): Outcome {
  const before = world.history.length;
  const outcome = meetLimit(world, speaking, ref, said, by);
  // Whom something was entered for hears of it.
  if (by.recorded && world.history.length > before) tellUnits(world, 'record', [by.unit], speaking.person);
  return outcome;
}

interface By {
  unit: string;
  recorded: boolean;
}

function meetLimit(
  world: World,
  speaking: Speaking,
  { row, number, turn = null }: Ref,
  said: Said,
  { unit, recorded }: By,
): Outcome {
  const place = { row: rowName(row), unit, recorded, kind: said.kind, percent: said.percent };
  if (![row, ...partsOf(world, row)].some((one) => decides(world, one, unit))) {
    write(world, speaking, place);
    return yes();
  }
  const all = choicesOf(world, row, number, unit, speaking.today);
  const isOpen = ({ lasting, slots }: Choice) =>
    lasting || slots.some((slot) => !isReported(stateOf(world, slot, unit).status));
  const closing = all.filter((one) => !one.lasting);
  const stillOpen = (closing.length > 0 ? closing : all).filter(isOpen);
  const isMeant = ({ slots }: Choice) =>
    slots.some(
      (slot) => slot.turn !== null && (turn === null ? slot.turn.label === said.period : slot.turn.name === turn),
    );
  const meant = stillOpen.filter(isMeant);
  const changesBy = ({ slots, lasting }: Choice) =>
    slots.flatMap((slot) =>
      change(world, slot, unit, said.kind === 'done' && lasting ? 'lasting-done' : said.kind, said.percent),
    );
  const moving = (meant.length > 0 ? meant : stillOpen).filter((one) => changesBy(one).length > 0);
  const [choice, ...others] = moving;
  if (!choice) {
    const statuses = all.flatMap(({ slots }) => slots.map((slot) => stateOf(world, slot, unit).status));
    const halted = statuses.some((status) => status === 'paused' || status === 'withdrawn');
    if (!halted && said.kind === 'done') return no('stands');
    write(world, speaking, place);
    return yes('补充情况');
  }
  if (others.length > 0) {
    const again = (one: Choice) => {
      const dated = one.slots.find((slot) => slot.kind !== 'task') ?? one.slots[0];
      if (!dated) throw new Error('a choice of nothing');
      const turned = one.slots.find((slot) => slot.turn !== null)?.turn?.name ?? null;
      return {
        row: dated.row,
        number: dated.kind === 'task' || dated.number === 0 ? null : dated.number,
        turn: turned,
      };
    };
    ask(
      world,
      speaking,
      moving.map((one, index) => ({
        words: [String(index + 1)],
        run: (answering) =>
          takeEach(world, answering, [again(one)], said, (at, ref, told) =>
            takeReport(world, at, ref, told, { unit, recorded }),
          ),
      })),
    );
    return asks(`${moving.length}个时限`);
  }
  if (said.kind === 'done' && !choice.lasting && world.settings.signOff && !said.signed) return unsigned;
  const changes = changesBy(choice);
  write(world, speaking, { ...place, changes });
  const whole = wholeOf(world, row);
  if (said.kind !== 'done' || !allPartsGiven(world, row, unit, speaking.today)) {
    return yes(...talliesOf(world, row, choice, changes));
  }
  ask(world, speaking, [
    {
      words: ['是', '确认'],
      run: (answering) =>
        takeEach(world, answering, [{ row: whole, number: null }], { ...said, period: null }, (at, ref, told) =>
          takeReport(world, at, ref, told, { unit, recorded }),
        ),
    },
  ]);
  return asks(`${whole.code}的附表项都已报办结`);
}

function talliesOf(world: World, row: Row, choice: Choice, changes: Change[]): string[] {
  const duties = new Set(changes.map(({ duty }) => duty));
  const unit = changes[0]?.unit ?? '';
  const slots = choice.slots.filter((slot) => duties.has(dutyOf(slot, unit)));
  const slot = slots.find((one) => one.row === row) ?? slots[0];
  if (!slot) return [];
  const tally = tallyOf(world, { slot, due: slot.day, units: decidingUnits(world, slot.row) });
  return tally === null ? [] : [tally];
}

/** A report on the last annex row leaves the task itself. */
function allPartsGiven(world: World, row: Row, unit: string, today: string): boolean {
  const whole = wholeOf(world, row);
  if (whole === row || !decides(world, whole, unit)) return false;
  const given = (slot: Slot) => isReported(stateOf(world, slot, unit).status);
  return choicesOf(world, whole, null, unit, today).some(({ slots }) => {
    const own = slots.filter((slot) => slot.row === whole);
    const parts = slots.filter((slot) => slot.row !== whole);
    return slots.some((slot) => slot.row === row) && parts.every(given) && own.length > 0 && !own.every(given);
  });
}

/** Recorded only with the word that the unit's head has signed it off. */
const unsigned: Outcome = { kind: 'asks', shows: ['已审签'] };

/** Reports on each; those that lack the signature wait for it together. */
function takeEach(
  world: World,
  speaking: Speaking,
  refs: Ref[],
  said: Said,
  take: (speaking: Speaking, ref: Ref, said: Said) => Outcome,
): Outcome[] {
  const outcomes = refs.map((ref) => take(speaking, ref, said));
  const waiting = refs.filter((_, index) => outcomes[index] === unsigned);
  if (waiting.length > 0) {
    const signed = { ...said, signed: true };
    ask(world, speaking, [
      { words: ['已审签', '是', '确认'], run: (answering) => waiting.map((ref) => take(answering, ref, signed)) },
    ]);
  }
  return outcomes;
}

/** A liaison reports, for a unit that the row names. */
export function mayReport(world: World, { person }: Speaking, row: Row): string | null {
  const unit = reportsFor(person);
  return unit !== null && isNamed(world, row, unit) ? unit : null;
}

export function report(world: World, speaking: Speaking, refs: Ref[], said: Said): Outcome[] {
  const [first] = refs;
  if (!said.tells && said.percent === null) {
    return [first && mayReport(world, speaking, first.row) === null ? no('rights') : wordless];
  }
  return takeEach(world, speaking, refs, said, (at, ref, told) => {
    const unit = mayReport(world, at, ref.row);
    return unit === null ? no('rights') : takeReport(world, at, ref, told, { unit, recorded: false });
  });
}

/** Whether the speaker may enter something for the unit, and if not, what kind of a no it is. */
export function whyNotRecorded(
  world: World,
  { person }: Speaking,
  row: Row,
  unit: string,
  kind: ReportKind | 'no-change',
): Outcome | null {
  if (!has(person, 'supervisor', 'coordinator')) return no('rights');
  if (!has(person, 'supervisor') && (!inCharge(world, person, row) || kind === 'done')) return no('rights');
  if ((world.units.get(unit)?.members.length ?? 0) > 0) return no('words');
  return isNamed(world, row, unit) ? null : no('words');
}

const sources = ['电话', '纸质', '来文', '会议', '当面'];

export function record(
  world: World,
  speaking: Speaking,
  unit: string,
  refs: Ref[],
  said: Said,
  source: string | null,
): Outcome[] {
  if (!has(speaking.person, 'supervisor', 'coordinator')) return [no('rights')];
  for (const { row } of refs) {
    const why = whyNotRecorded(world, speaking, row, unit, said.kind);
    if (why) return [why];
  }
  if (!said.tells && said.percent === null) return [wordless];
  if (source === null) {
    ask(
      world,
      speaking,
      sources.map((one) => ({ words: [one], run: (answering) => record(world, answering, unit, refs, said, one) })),
    );
    return [asks('怎么来的')];
  }
  return takeEach(world, speaking, refs, said, (at, ref, told) =>
    takeReport(world, at, ref, told, { unit, recorded: true }),
  );
}

/** What had been done before the ledger began. */
export function settle(world: World, speaking: Speaking, refs: Ref[]): Outcome[] {
  if (!has(speaking.person, 'supervisor')) return [no('rights')];
  let settled = 0;
  for (const { row, number } of refs) {
    const changes = [row, ...partsOf(world, row)].flatMap((one) =>
      slotsOf(world, one, speaking.today)
        .filter((slot) => !isLasting(slot) && slot.turn === null && (number === null || slot.number === number))
        .flatMap((slot) => decidingUnits(world, one).flatMap((unit) => change(world, slot, unit, 'done'))),
    );
    if (changes.length === 0) continue;
    write(world, speaking, { row: rowName(row), kind: 'done', unit: null, recorded: true, changes });
    settled += 1;
  }
  return [yes(settled > 0 ? `已登记${settled}项` : '没有新登记的')];
}

const dayMs = 86_400_000;
const undoable = ['done', 'progress', 'block', 'no-change'];
const asked = ['extend', 'object', 'exempt', 'instruct'];

function undoableOf(world: World, { person, at }: Speaking): Entry[] {
  if (!person.active) return [];
  const own = standing(world.history.filter((entry) => entry.person === person.name && entry.at >= at - dayMs));
  const waits = (entry: Entry) =>
    world.requests.some(({ number, state }) => number === entry.request && state === 'waiting');
  return own.filter((entry) => undoable.includes(entry.kind) || (asked.includes(entry.kind) && waits(entry))).reverse();
}

/** Takes back what the last message reported, or the last report on each row that is named. */
export function undo(world: World, speaking: Speaking, refs: Ref[], takeBack: (number: number) => Outcome): Outcome[] {
  const own = undoableOf(world, speaking);
  const [last] = own;
  if (refs.length === 0 && !last) {
    const { name, active } = speaking.person;
    const any = active && world.history.some(({ person }) => person === name);
    return [no(any ? 'stands' : 'unknown')];
  }
  const touches = (entry: Entry, { row, number }: Ref) => {
    const name = rowName(row);
    const changed = entry.changes.filter((one) => one.row === name);
    if (number === null) return entry.row === name || changed.length > 0;
    const milestoneOf = (duty: string) => Number(duty.split('|')[1]);
    const about = world.requests.find((one) => one.number === entry.request && asked.includes(entry.kind));
    const only = about?.duties.length === 1 ? about.duties[0] : undefined;
    return (
      changed.some(({ duty }) => milestoneOf(duty) === number) ||
      (entry.row === name &&
        only !== undefined &&
        only.duty.startsWith(`${name}|`) &&
        milestoneOf(only.duty) === number)
    );
  };
  const chosen =
    refs.length === 0
      ? own.filter(({ message }) => message === last?.message)
      : refs.map((ref) => own.find((entry) => touches(entry, ref)));
  if (chosen.some((entry) => entry === undefined)) return [no('unknown')];
  const entries = [...new Set(chosen as Entry[])].sort((a, b) => b.number - a.number);
  const may = (entry: Entry) =>
    entry.unit === null ||
    entry.unit === reportsFor(speaking.person) ||
    (entry.recorded && has(speaking.person, 'supervisor', 'coordinator'));
  if (!entries.every(may)) return [no('rights')];
  let undone = 0;
  const requests = new Set<number>();
  for (const entry of entries) {
    if (entry.request !== null && asked.includes(entry.kind)) {
      if (requests.has(entry.request)) continue;
      requests.add(entry.request);
      if (takeBack(entry.request).kind === 'yes') undone += 1;
    } else if (stays(world, entry)) continue;
    else {
      const back = entry.changes.map((one) => ({ ...one, before: one.after, after: one.before }));
      const { row, unit, recorded, number } = entry;
      write(world, speaking, { row, unit, recorded, kind: 'undo', changes: back, undoes: number });
      undone += 1;
    }
  }
  return [undone === 0 ? no('stands') : yes(`已撤销${undone}条`)];
}

/** Somebody has changed since what it changed, and that still stands. */
function stays(world: World, entry: Entry): boolean {
  const names = new Set(rowsOfWork(world, rowNamed(world, entry.row)).map(rowName));
  const later = world.history.filter(({ number, row }) => number > entry.number && names.has(row));
  if (later.some(({ undoes }) => undoes === entry.number)) return true;
  const changedSince = new Set(standing(later).flatMap(({ changes }) => changes.map(({ duty }) => duty)));
  return entry.changes.some(
    ({ duty, after }) => (world.duties.get(duty)?.status ?? 'unreported') !== after.status || changedSince.has(duty),
  );
}
