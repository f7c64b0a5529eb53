import { after, type Day, earliest, lastWorkingUpTo, latest, momentOf } from './days.js';
import type { Row } from './notice.js';
import {
  awaits,
  type Choice,
  choicesOf,
  decides,
  dueFor,
  dutyOf,
  limitsOf,
  partsOf,
  type Slot,
  slotsOf,
  stateOf,
  waitsFor,
} from './owing.js';
import { ask } from './questions.js';
import { change, type Ref } from './reports.js';
import { inCharge, isNamed, leadersFor } from './rights.js';
import { liaisonsOf, peopleWith, tell, tellGroup, tellLeaders, tellSupervisors } from './telling.js';
import {
  asks,
  has,
  type Kind,
  no,
  type Outcome,
  type Request,
  reportsFor,
  rowName,
  rowNamed,
  type Speaking,
  type World,
  wordless,
  write,
  yes,
} from './world.js';

const longest = 366;
const closeOfDay = '18:00';

interface Wish {
  newDay: Day | null;
  reason: boolean;
  /** 三季度. */
  period: string | null;
}

function enter(
  world: World,
  speaking: Speaking,
  kind: Kind | null,
  asked: Omit<Request, 'number' | 'person' | 'state' | 'opinion'>,
): Request {
  const number = world.requests.length + 1;
  const request: Request = { ...asked, number, person: speaking.person.name, state: 'waiting', opinion: null };
  world.requests.push(request);
  if (kind) write(world, speaking, { row: asked.row, kind, unit: asked.unit, request: number });
  return request;
}

/** One of the same unit that waits for the same is replaced. */
function replace(world: World, kind: Request['kind'], unit: string, row: string, duties: Request['duties']): void {
  const keys = duties.map(({ duty }) => duty);
  for (const one of world.requests) {
    if (one.state !== 'waiting' || one.kind !== kind || one.unit !== unit) continue;
    const same = one.duties.some(({ duty }) => keys.includes(duty));
    const bothOfSupport = one.duties.length + duties.length === 0 && one.row === row;
    if (same || bothOfSupport) one.state = 'taken-back';
  }
}

export function askExtension(world: World, speaking: Speaking, ref: Ref, wish: Wish): Outcome {
  const { person, today, at } = speaking;
  const { row } = ref;
  const unit = reportsFor(person);
  if (unit === null || ![row, ...partsOf(world, row)].some((one) => decides(world, one, unit))) return no('rights');
  const dated = choicesOf(world, row, ref.number, unit, today).filter(({ slots }) =>
    slots.some(({ day }) => day !== null),
  );
  if (dated.length === 0) return no('words');
  const owed = (slot: Slot) => slot.day !== null && awaits(stateOf(world, slot, unit).status);
  const open = dated
    .map((one): Choice => ({ ...one, slots: one.slots.filter(owed) }))
    .filter(({ slots }) => slots.length > 0);
  if (open.length === 0) return no('stands');
  if (wish.newDay === null) return wish.reason ? no('words') : wordless;
  const named = open.filter(
    ({ slots }) => wish.period === null || slots.some(({ turn }) => turn?.label === wish.period),
  );
  const [choice, ...others] = named;
  if (!choice) return no('unknown');
  if (others.length > 0) {
    ask(
      world,
      speaking,
      named.map(({ slots }, index) => ({
        words: [String(index + 1)],
        run: (answering) => {
          const [slot] = slots;
          if (!slot) throw new Error('a choice of nothing');
          const number = slot.number === 0 ? null : slot.number;
          return [
            askExtension(world, answering, { row: slot.row, number }, { ...wish, period: slot.turn?.label ?? null }),
          ];
        },
      })),
    );
    return asks(`${named.length}个时限`);
  }
  const days = choice.slots.flatMap((slot) => dueFor(world, slot, unit) ?? []);
  const statedDays = choice.slots.flatMap(({ day }) => day ?? []);
  const [due, last, stated] = [earliest(days), latest(days), earliest(statedDays)];
  if (!isNewDay(wish.newDay, last, stated, today)) return no('day');
  if (!wish.reason) return no('words');
  const held = choice.slots.every((slot) => waitsFor(world, slot, unit));
  const inTime = held || at < momentOf(lastWorkingUpTo(due), closeOfDay);
  const duties = choice.slots.map((slot) => ({ duty: dutyOf(slot, unit), unit }));
  replace(world, 'extension', unit, rowName(row), duties);
  const asked = {
    kind: 'extension',
    unit,
    row: rowName(row),
    duties,
    due,
    newDay: wish.newDay,
    inTime,
    rows: [],
  } as const;
  const { number } = enter(world, speaking, 'extend', { ...asked, rows: [] });
  tellSupervisors(world, 'request', person);
  return yes(`第${number}号`, inTime ? '不亮红灯' : '仍按原时限计');
}

const isNewDay = (day: Day, due: Day, stated: Day, today: Day) =>
  day > due && day >= today && day <= after(stated, longest);

/** 职责异议 and 不涉及: for the supervisor to decide. */
export function askRelief(
  world: World,
  speaking: Speaking,
  kind: 'objection' | 'exemption',
  { row, number }: Ref,
  reason: boolean,
): Outcome {
  const { person, today } = speaking;
  const unit = reportsFor(person);
  if (unit === null || !isNamed(world, row, unit)) return no('rights');
  if (!reason) return wordless;
  const ofPlan = [...world.rows.values()].filter(({ plan, year }) => plan === row.plan && year === row.year);
  const days = ofPlan.flatMap((one) => limitsOf(world, one).flatMap(({ day }) => day ?? []));
  const end = latest([`${today.slice(0, 4)}-12-31`, ...days]);
  const slots = [row, ...partsOf(world, row)]
    .filter((one) => decides(world, one, unit))
    .flatMap((one) => slotsOf(world, one, end))
    .filter((slot) => slot.turn === null || (dueFor(world, slot, unit) ?? '') <= end || (slot.from ?? '') <= today)
    .filter((slot) => number === null || slot.number === number);
  const event = kind === 'objection' ? 'withdraw' : 'exempt';
  const open = slots.filter((slot) => change(world, slot, unit, event).length > 0);
  if (slots.length > 0 && open.length === 0) return no('stands');
  const duties = open.map((slot) => ({ duty: dutyOf(slot, unit), unit }));
  replace(world, kind, unit, rowName(row), duties);
  const asked = { kind, unit, row: rowName(row), duties, due: null, newDay: null, inTime: true, rows: [] };
  const made = enter(world, speaking, kind === 'objection' ? 'object' : 'exempt', asked);
  tellSupervisors(world, 'request', person);
  return yes(`第${made.number}号`);
}

/** 批示: a leader's draft that the supervisors send. */
export function instruct(world: World, speaking: Speaking, unit: string, rows: Row[]): Outcome {
  if (!has(speaking.person, 'leader')) return no('rights');
  const names = [...new Set(rows.map(rowName))];
  const none = { due: null, newDay: null, inTime: true, duties: [] };
  const request = enter(world, speaking, null, {
    ...none,
    kind: 'instruction',
    unit,
    row: names[0] ?? '',
    rows: names,
  });
  for (const row of names) write(world, speaking, { row, kind: 'instruct', unit: null, request: request.number });
  tellSupervisors(world, 'request', speaking.person);
  return yes(`第${request.number}号`);
}

export function sendInstruction(world: World, speaking: Speaking, number: number): Outcome {
  if (!has(speaking.person, 'supervisor')) return no('rights');
  const request = world.requests.find((one) => one.number === number && one.kind === 'instruction');
  if (!request) return no('unknown');
  if (request.state !== 'waiting') return no('stands');
  request.state = 'granted';
  tellGroup(world, 'urging');
  for (const row of request.rows) write(world, speaking, { row, kind: 'urge', unit: request.unit, request: number });
  return yes();
}

const draftsShown = 5;

/** 发送, one to one, is how a supervisor answers a draft; of several the newest are offered. */
export function sendDraft(world: World, speaking: Speaking, said: string): Outcome[] | null {
  const { person, chat } = speaking;
  if (!['发送', '发'].includes(said) || !chat.private || !has(person, 'supervisor')) return null;
  const waiting = waitingRequests(world).filter(({ kind }) => kind === 'instruction');
  const [only, ...others] = waiting;
  if (!only) return null;
  if (others.length === 0) return [sendInstruction(world, speaking, only.number)];
  ask(
    world,
    speaking,
    waiting.slice(-draftsShown).map(({ number }) => ({
      words: [String(number)],
      run: (answering) => [sendInstruction(world, answering, number)],
    })),
  );
  return [asks('发哪一件批示')];
}

function isOver(world: World, { duty, unit }: { duty: string; unit: string }): boolean {
  const slot = slotOf(world, duty);
  return slot !== null && ['closed', 'withdrawn'].includes(stateOf(world, slot, unit).status);
}

/** Undecided, and about work that is not over. */
export function waitingRequests(world: World): Request[] {
  return world.requests.filter(
    ({ state, kind, duties }) =>
      state === 'waiting' &&
      (kind === 'instruction' || duties.length === 0 || !duties.every((one) => isOver(world, one))),
  );
}

/** In what role the speaker decides a request, or the no. */
function decider(world: World, { person }: Speaking, request: Request): 'leader' | 'supervisor' | null {
  const own = request.person === person.name || reportsFor(person) === request.unit;
  if (request.kind !== 'extension') return has(person, 'supervisor') && !own ? 'supervisor' : null;
  const row = rowNamed(world, request.row);
  if (has(person, 'leader')) {
    return (inCharge(world, person, row) || leadersFor(world, row).includes(person)) && !own ? 'leader' : null;
  }
  return has(person, 'supervisor') && world.settings.extensionsBy === 'supervisor' && !own ? 'supervisor' : null;
}

/** Those that wait for the speaker and for nobody else. */
export function asksOf(world: World, speaking: Speaking): Request[] {
  const enters = has(speaking.person, 'supervisor') && world.settings.extensionsBy === 'supervisor';
  return waitingRequests(world).filter(
    (request) =>
      request.kind !== 'instruction' &&
      decider(world, speaking, request) !== null &&
      (request.kind !== 'extension' || request.opinion !== null || enters),
  );
}

export interface Verdict {
  granted: boolean;
  day: Day | null;
  agreedBy: boolean;
}

/** Which request is meant: by its number, or the only one that waits for the speaker. */
export function settleRequest(world: World, speaking: Speaking, number: number | null, verdict: Verdict): Outcome {
  if (!has(speaking.person, 'leader', 'supervisor')) return no('rights');
  if (number !== null) return settleNumber(world, speaking, number, verdict);
  const meant = asksOf(world, speaking);
  const [only, ...others] = meant;
  if (!only) return no('nothing-waits');
  if (others.length === 0) return settleNumber(world, speaking, only.number, verdict);
  ask(
    world,
    speaking,
    meant.map((one, index) => ({
      words: [String(index + 1), `第${one.number}号`],
      run: (answering) => [settleNumber(world, answering, one.number, verdict)],
    })),
  );
  return asks(`${meant.length}件`);
}

function settleNumber(world: World, speaking: Speaking, number: number, { granted, day, agreedBy }: Verdict): Outcome {
  const request = world.requests.find((one) => one.number === number);
  if (!request) return no('unknown');
  if (request.state !== 'waiting') return no('stands');
  if (request.kind === 'instruction') return has(speaking.person, 'leader', 'supervisor') ? no('words') : no('rights');
  const role = decider(world, speaking, request);
  if (role === null) return no('rights');
  if (!granted) {
    request.state = 'refused';
    tellOutcome(world, speaking, request);
    write(world, speaking, { row: request.row, kind: 'refuse', unit: null, request: number });
    return yes('不同意');
  }
  if (request.kind !== 'extension') {
    if (day !== null) return no('words');
    const event = request.kind === 'objection' ? 'withdraw' : 'exempt';
    const changes = request.duties.flatMap(({ duty, unit }) => {
      const held = slotOf(world, duty);
      return held ? change(world, held, unit, event) : [];
    });
    if (changes.length === 0 && request.duties.length > 0) return no('stands');
    request.state = 'granted';
    tellOutcome(world, speaking, request);
    write(world, speaking, { row: request.row, kind: 'grant', unit: null, request: number, changes });
    return yes('同意');
  }
  if (role === 'supervisor' && !agreedBy) return no('words');
  if (request.duties.every((one) => isOver(world, one))) return no('stands');
  const slots = request.duties.flatMap(({ duty, unit }) => {
    const slot = slotOf(world, duty);
    return slot && slot.day !== null ? [{ slot, unit, day: slot.day }] : [];
  });
  const agreed = day ?? request.newDay;
  if (slots.length === 0 || agreed === null) return no('stands');
  const due = latest(slots.map(({ slot, unit }) => dueFor(world, slot, unit) ?? ''));
  const stated = earliest(slots.map((one) => one.day));
  // The day that was asked for may have come while it waited.
  const today = day === null ? earliest([speaking.today, agreed]) : speaking.today;
  if (!isNewDay(agreed, due, stated, today)) return no('day');
  for (const { duty } of request.duties) world.agreed.set(duty, agreed);
  request.state = 'granted';
  tellOutcome(world, speaking, request);
  write(world, speaking, { row: request.row, kind: 'grant', unit: null, request: number });
  return yes('同意');
}

/** The unit and the office hear what was decided. */
function tellOutcome(world: World, { person }: Speaking, { unit }: Request): void {
  tell(world, 'request', [...liaisonsOf(world, [unit]), ...peopleWith(world, 'supervisor')], person);
}

/** The slot that a duty is about, as the document has it now. */
function slotOf(world: World, duty: string): Slot | null {
  const [name = '', number, turn = ''] = duty.split('|');
  const row = rowNamed(world, name);
  const found = slotsOf(world, row, turn === '' ? '' : `${turn.slice(0, 4)}-12-31`).find(
    (slot) => slot.number === Number(number) && (slot.turn?.name ?? '') === turn,
  );
  return found ?? null;
}

export function advise(world: World, speaking: Speaking, number: number, favours: boolean): Outcome {
  if (!has(speaking.person, 'supervisor')) return no('rights');
  const request = world.requests.find((one) => one.number === number);
  if (!request) return no('unknown');
  if (request.state !== 'waiting') return no('stands');
  if (request.kind !== 'extension') return no('words');
  request.opinion = favours;
  write(world, speaking, { row: request.row, kind: 'advise', unit: null, request: number });
  tellLeaders(world, 'request', rowNamed(world, request.row));
  return yes();
}

/** Takes back what the speaker's unit, or the leader, has asked for. */
export function takeBackRequest(world: World, speaking: Speaking, number: number): Outcome {
  const request = world.requests.find((one) => one.number === number);
  if (!request) return no('unknown');
  if (request.state !== 'waiting') return no('stands');
  const { person } = speaking;
  const instructed = request.person === person.name && has(person, 'leader');
  const own = request.kind === 'instruction' ? instructed : reportsFor(person) === request.unit;
  if (!own) return no('rights');
  request.state = 'taken-back';
  if (request.opinion !== null) tellLeaders(world, 'request', rowNamed(world, request.row));
  const asking = world.history.filter(
    (entry) => entry.request === number && ['extend', 'object', 'exempt', 'instruct'].includes(entry.kind),
  );
  for (const { row, unit, number: undoes } of asking) {
    write(world, speaking, { row, unit, kind: 'undo', request: number, undoes });
  }
  return yes('已撤回');
}

export function takeBack(world: World, speaking: Speaking, number: number): Outcome {
  if (!has(speaking.person, 'liaison', 'leader')) return no('rights');
  return takeBackRequest(world, speaking, number);
}
