import {
  awaitsReport,
  DutyBook,
  type DutyKey,
  type DutyState,
  type DutyStatus,
  dutyKeyText,
  isHalted,
  isReported,
} from './duty.js';
import { decidingParties, type Extension, type Ledger, type Party, partsOf, planOf, taskOfKey } from './ledger.js';
import { addDays, type DateRange, type LocalDate, later } from './local-date.js';
import type { Milestone } from './milestone.js';
import { dueDayOf, owesOccurrences, type Period, periodHolding, periodNamed, periodsDue } from './period.js';
import { milestoneCode, type Task } from './task.js';
import type { UnitId } from './unit.js';

/** What a report can meet: a milestone, one occurrence of a recurring one, or the task itself where no limit is stated. */
export interface Limit {
  task: Task;
  /** `null` for the task itself. */
  milestone: Milestone | null;
  /** The period of a recurrence. */
  period: Period | null;
  /** The day it is due, or `null` where the words give none. */
  due: LocalDate | null;
  /** For whom it is due on that day, where extensions give units different ones; `null` for every deciding unit. */
  units: UnitId[] | null;
  /** The day of the document, where `due` is one that was agreed to later. */
  statedDue: LocalDate | null;
}

export type LimitKind = Milestone['kind'] | 'task';

export function kindOf(limit: Limit): LimitKind {
  return limit.milestone?.kind ?? 'task';
}

/** 气-5.1 where the task has another limit, its own or one of an annex row with another day; else the task's code. */
export function limitCode(ledger: Ledger, task: Task, milestone: number): string {
  return milestoneCode(task.code, hasSeveralLimits(ledger, task) ? milestone : 0);
}

/** 气-5.1, 土-10三季度. */
export function limitName(ledger: Ledger, { task, milestone, period }: Limit): string {
  return `${limitCode(ledger, task, milestone?.number ?? 0)}${period?.label ?? ''}`;
}

function hasSeveralLimits(ledger: Ledger, task: Task): boolean {
  if (task.milestones.length > 1) return true;
  const [own] = task.milestones;
  return (
    own !== undefined && partsOf(ledger, task).some((part) => part.milestones.some((other) => differs(own, other)))
  );
}

const differs = (a: Milestone, b: Milestone) => a.kind !== b.kind || a.due !== b.due || a.to !== b.to;

/** A recurrence begins with the period that holds the later of the plan's issue date and the workspace's start date. */
function firstDayThatCounts(ledger: Ledger, task: Task, startOn: LocalDate): LocalDate {
  const issuedOn = planOf(ledger, task)?.issuedOn;
  return issuedOn ? later(issuedOn, startOn) : startOn;
}

function limitOf(task: Task, milestone: Milestone): Limit {
  const due = milestone.kind === 'window' ? milestone.to : milestone.due;
  return { task, milestone, period: null, due, units: null, statedDue: null };
}

function occurrence(task: Task, milestone: Milestone, period: Period): Limit {
  return { task, milestone, period, due: dueDayOf(period, milestone.by), units: null, statedDue: null };
}

/** The limits of a task that fall due within the range: days, ends of windows, ends of periods, as extended. */
export function limitsDue(ledger: Ledger, task: Task, range: DateRange, startOn: LocalDate): Limit[] {
  const from = ledger.extended.has(task) ? addDays(range.from, -longestExtensionDays) : range.from;
  const limits = task.milestones.flatMap((milestone) => {
    if (milestone.kind !== 'recurrence' || milestone.every === null) return [limitOf(task, milestone)];
    const first = firstDayThatCounts(ledger, task, startOn);
    const { every, by } = milestone;
    return periodsDue({ every, by }, first, from, range.to).map((period) => occurrence(task, milestone, period));
  });
  return limits
    .flatMap((limit) => byDay(ledger, limit))
    .filter(({ due }) => due !== null && range.from <= due && due <= range.to);
}

/** The limits that a report made today can be about: every milestone, and the occurrences that have begun. */
export function limitsOpenTo(ledger: Ledger, task: Task, today: LocalDate, startOn: LocalDate): Limit[] {
  if (task.milestones.length === 0)
    return [{ task, milestone: null, period: null, due: null, units: null, statedDue: null }];
  const limits = task.milestones.flatMap((milestone) => {
    if (milestone.kind !== 'recurrence' || milestone.every === null) return [limitOf(task, milestone)];
    const first = firstDayThatCounts(ledger, task, startOn);
    const { every, by } = milestone;
    if (!owesOccurrences(every)) return [limitOf(task, milestone)];
    const current = periodHolding(every, later(first, today));
    return periodsDue({ every, by }, first, periodHolding(every, first).from, current.to).map((period) =>
      occurrence(task, milestone, period),
    );
  });
  return limits.flatMap((limit) => byDay(ledger, limit));
}

/** Nobody is given more than this; it bounds how far back a moved occurrence is looked for. */
export const longestExtensionDays = 366;

/** One limit for each day that it has for somebody: the stated one, and those agreed to for some units. */
function byDay(ledger: Ledger, limit: Limit): Limit[] {
  if (limit.due === null || !ledger.extended.has(limit.task)) return [limit];
  const units = decidingParties(ledger, limit.task).flatMap((party) => party.members);
  const dayFor = (unit: UnitId) => extensionOf(ledger, limit, unit)?.due ?? limit.due;
  return [...Map.groupBy(units, dayFor)].map(([due, some]) => ({
    ...limit,
    due,
    units: some.length === units.length ? null : some,
    statedDue: due === limit.due ? null : limit.due,
  }));
}

/** What was agreed to for this unit; the document's day stays in it. A later day of an amended document takes its place. */
export function extensionOf(ledger: Ledger, limit: Limit, unit: UnitId): Extension | undefined {
  const stated = limit.statedDue ?? limit.due;
  const extension = ledger.extensions.get(dutyKeyText(dutyKeyOf(limit, unit)));
  return extension && stated !== null && extension.due > stated ? extension : undefined;
}

/** The limit that a duty is about, with the day that the unit has; `null` when the document no longer has it. */
export function limitOfDuty(ledger: Ledger, key: DutyKey): Limit | null {
  const task = taskOfKey(ledger, key.year, key.task);
  const milestone = task?.milestones.find(({ number }) => number === key.milestone);
  if (!task || !milestone) return null;
  const { every } = milestone;
  const recurs = every !== null && key.occurrence !== '';
  const limit = recurs ? occurrence(task, milestone, periodNamed(every, key.occurrence)) : limitOf(task, milestone);
  const due = extensionOf(ledger, limit, key.unit)?.due;
  return due === undefined ? limit : { ...limit, due, units: [key.unit], statedDue: limit.due };
}

/** For everybody, whatever day each has. */
export function wholeLimit(limit: Limit): Limit {
  return { ...limit, due: limit.statedDue ?? limit.due, units: null, statedDue: null };
}

/** Whether this unit owes a report on it, on this day. */
export function isFor(limit: Limit, unit: UnitId): boolean {
  return limit.units === null || limit.units.includes(unit);
}

export function dutyKeyOf(limit: Limit, unit: UnitId): DutyKey {
  return {
    year: limit.task.year,
    task: limit.task.key,
    milestone: limit.milestone?.number ?? 0,
    occurrence: limit.period?.name ?? '',
    unit,
  };
}

export interface PartyStanding {
  party: Party;
  /** Members that have reported done, of `party.members.length`. */
  reported: number;
  missing: UnitId[];
  /** Members that have not said anything yet. */
  silent: UnitId[];
}

export interface MemberStanding extends DutyState {
  unit: UnitId;
}

/** Where a limit stands, by the reports received. */
export interface Standing {
  status: DutyStatus;
  /** Everybody whose day it is. */
  members: MemberStanding[];
  /** Those from whom a report counts: not paused, not withdrawn, unless nobody else is there. */
  parties: PartyStanding[];
  /** Parties all of whose members have reported done. */
  reported: number;
  /** Units from which no done report has been received. */
  missing: UnitId[];
  /** Those of them that have asked for an extension in time, undecided: 已申请延期，待批. */
  asked: UnitId[];
}

function partiesOf(ledger: Ledger, limit: Limit): Party[] {
  return decidingParties(ledger, limit.task)
    .map(({ unit, members }) => ({ unit, members: members.filter((member) => isFor(limit, member)) }))
    .filter(({ members }) => members.length > 0);
}

/** Without whom a decision has set apart, as long as somebody else is there. */
function countedOf(parties: Party[], statuses: ReadonlyMap<UnitId, DutyStatus>): Party[] {
  const without = (apart: (status: DutyStatus) => boolean) =>
    parties
      .map(({ unit, members }) => ({
        unit,
        members: members.filter((one) => !apart(statuses.get(one) ?? 'unreported')),
      }))
      .filter(({ members }) => members.length > 0);
  const ways = [without(isHalted), without((status) => status === 'withdrawn')];
  return ways.find((some) => some.length > 0) ?? parties;
}

export function standingOf(ledger: Ledger, limit: Limit, book: DutyBook): Standing {
  const everybody = partiesOf(ledger, limit);
  const members = everybody
    .flatMap((party) => party.members)
    .map((unit) => ({ unit, ...book.stateOf(dutyKeyOf(limit, unit)) }));
  const statuses = new Map(members.map(({ unit, status }) => [unit, status]));
  const has = (unit: UnitId, is: (status: DutyStatus) => boolean) => is(statuses.get(unit) ?? 'unreported');
  const parties = countedOf(everybody, statuses).map((party) => {
    const missing = party.members.filter((unit) => has(unit, awaitsReport));
    const silent = missing.filter((unit) => has(unit, (status) => status === 'unreported'));
    return { party, reported: party.members.length - missing.length, missing, silent };
  });
  const missing = parties.flatMap((party) => party.missing);
  return {
    status: joinStatuses(members.map(({ status }) => status)),
    members,
    parties,
    reported: parties.filter((party) => party.missing.length === 0).length,
    missing,
    asked: missing.filter((unit) => book.askedFor(dutyKeyOf(limit, unit)) !== undefined),
  };
}

/** From whom a report is awaited: not from those who asked for more time. */
export function awaitedOf({ missing, asked }: Standing): UnitId[] {
  return missing.filter((unit) => !asked.includes(unit));
}

/** Nobody's report is awaited but theirs who have asked for an extension in time. */
export function isHeld({ missing, asked }: Standing): boolean {
  return missing.length > 0 && asked.length === missing.length;
}

/** Closed when all are, reported when all are, in progress as soon as one has begun; whoever is paused waits for the others. */
export function joinStatuses(statuses: DutyStatus[]): DutyStatus {
  const live = statuses.filter((status) => status !== 'withdrawn');
  const [first] = live;
  if (first === undefined) return statuses.length > 0 ? 'withdrawn' : 'unreported';
  if (live.every((status) => status === first)) return first;
  if (live.every(isReported)) return 'reported';
  const moving = live.filter((status) => status !== 'paused');
  if (moving.every((status) => !awaitsReport(status))) return 'paused';
  return moving.every((status) => status === 'unreported') ? 'unreported' : 'in-progress';
}

export const nothingReported = new DutyBook([]);
