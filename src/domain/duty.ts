import type { LocalDate } from './local-date.js';
import type { PersonId } from './person.js';
import type { TaskKey } from './task.js';
import type { UnitId } from './unit.js';

/** Of one deciding party for one milestone. `returned` reports are `in-progress` again. */
export type DutyStatus = 'unreported' | 'in-progress' | 'reported' | 'closed' | 'paused' | 'withdrawn';

export const dutyStatusNames: Record<DutyStatus, string> = {
  unreported: '未报',
  'in-progress': '正在推进',
  reported: '已报办结（待核查）',
  closed: '已销号',
  paused: '暂缓',
  withdrawn: '调整取消',
};

/** 应办: one deciding party × one milestone of a task. */
export interface DutyKey {
  year: number;
  task: TaskKey;
  /** 0 is the task itself, where the document states no limit. */
  milestone: number;
  /** Names the period of a recurrence (2023-Q3); empty otherwise. */
  occurrence: string;
  unit: UnitId;
}

/** What the reports and decisions received make of a duty. */
export interface DutyState {
  status: DutyStatus;
  /** 0 to 100, as last reported. */
  percent: number | null;
  /** A problem (受阻) was reported, and nothing else since. */
  problem: boolean;
}

export interface Duty extends DutyKey, DutyState {
  changedAt: Date;
  /** Who wrote the update that set it last. */
  changedBy: PersonId;
  /** Sequence of that update. */
  sequence: number;
}

export const untouched: DutyState = { status: 'unreported', percent: null, problem: false };

/**
 * What can happen to a duty: reports (`standing-done` is 本期完成 of work that is never closed), the review of a done report,
 * and decisions. `exempt` is a granted 不涉及, `resume` takes back a pause or a withdrawal.
 */
export const dutyEvents = [
  'progress',
  'block',
  'done',
  'standing-done',
  'accept',
  'return',
  'reopen',
  'pause',
  'resume',
  'withdraw',
  'exempt',
] as const;
export type DutyEvent = (typeof dutyEvents)[number];

const beingReported = { unreported: 'in-progress', 'in-progress': 'in-progress' } as const;

/** Every legal transition; what is not here changes nothing. */
const transitions: Record<DutyEvent, Partial<Record<DutyStatus, DutyStatus>>> = {
  progress: beingReported,
  block: beingReported,
  'standing-done': beingReported,
  done: { unreported: 'reported', 'in-progress': 'reported' },
  accept: { reported: 'closed' },
  return: { reported: 'in-progress' },
  reopen: { closed: 'in-progress' },
  pause: { unreported: 'paused', 'in-progress': 'paused', reported: 'paused' },
  resume: { paused: 'in-progress', withdrawn: 'in-progress' },
  withdraw: { unreported: 'withdrawn', 'in-progress': 'withdrawn', reported: 'withdrawn', paused: 'withdrawn' },
  exempt: { unreported: 'withdrawn', 'in-progress': 'withdrawn', reported: 'withdrawn' },
};

/**
 * The status after an event, or `null` where it changes nothing: a report on what is closed, paused or withdrawn is kept in
 * the history only. With review off a done report closes.
 */
export function statusAfter(status: DutyStatus, event: DutyEvent, review: boolean): DutyStatus | null {
  const after = transitions[event][status] ?? null;
  return event === 'done' && after === 'reported' && !review ? 'closed' : after;
}

/** The whole state after an event; `percent` is the one that was reported with it. */
export function stateAfter(
  state: DutyState,
  event: DutyEvent,
  { review, percent = null }: { review: boolean; percent?: number | null },
): DutyState | null {
  const status = statusAfter(state.status, event, review);
  if (status === null) return null;
  const problem = event === 'block' || (event === 'pause' && state.problem);
  return { status, percent: percent ?? state.percent, problem };
}

/** A report on it is still owed, by its day if it has one. */
export function awaitsReport(status: DutyStatus): boolean {
  return status === 'unreported' || status === 'in-progress';
}

/** What has been reported done, or owes no report any more. */
export function isReported(status: DutyStatus): boolean {
  return status === 'reported' || status === 'closed' || status === 'withdrawn';
}

export function dutyKeyText(key: DutyKey): string {
  return `${key.year}|${key.task}|${key.milestone}|${key.occurrence}|${key.unit}`;
}

const placeText = (key: DutyKey) => dutyKeyText({ ...key, occurrence: '' });

/** A done report was received. */
export function isDone(status: DutyStatus): boolean {
  return status === 'reported' || status === 'closed';
}

/** No report is owed for as long as it stands. */
export function isHalted(status: DutyStatus): boolean {
  return status === 'paused' || status === 'withdrawn';
}

/** 延期 that was asked in time and is undecided: until it is decided nothing is missing. */
export interface AskedExtension {
  request: number;
  newDue: LocalDate;
}

/** By the text of the duty's key. */
export type AskedExtensions = ReadonlyMap<string, AskedExtension>;

/**
 * The duties of one year that somebody has reported on; all others are 未报. Beside them what was asked for. An occurrence that
 * begins while the one before it is paused or withdrawn is so too, until it is resumed.
 */
export class DutyBook {
  readonly #duties: Map<string, Duty>;
  readonly #asked: AskedExtensions;
  #occurrences: Map<string, Duty[]> | null = null;

  constructor(duties: Iterable<Duty>, asked: AskedExtensions = new Map()) {
    this.#duties = new Map([...duties].map((duty) => [dutyKeyText(duty), duty]));
    this.#asked = asked;
  }

  askedFor(key: DutyKey): AskedExtension | undefined {
    return this.#asked.get(dutyKeyText(key));
  }

  get(key: DutyKey): Duty | undefined {
    return this.#duties.get(dutyKeyText(key));
  }

  statusOf(key: DutyKey): DutyStatus {
    return this.stateOf(key).status;
  }

  stateOf(key: DutyKey): DutyState {
    const duty = this.get(key);
    if (!duty) return this.#haltedBefore(key) ?? untouched;
    const { status, percent, problem } = duty;
    return { status, percent, problem };
  }

  list(): Duty[] {
    return [...this.#duties.values()];
  }

  #haltedBefore(key: DutyKey): DutyState | null {
    if (key.occurrence === '') return null;
    this.#occurrences ??= Map.groupBy(
      [...this.#duties.values()].filter(({ occurrence }) => occurrence !== ''),
      placeText,
    );
    const earlier = this.#occurrences.get(placeText(key))?.filter(({ occurrence }) => occurrence < key.occurrence);
    const last = earlier?.sort((a, b) => (a.occurrence < b.occurrence ? -1 : 1)).at(-1);
    return last && isHalted(last.status) ? { ...untouched, status: last.status } : null;
  }

  /** The book as it was before these changes, which are in the order in which they were made. */
  before(changes: readonly (DutyKey & { before: DutyState })[]): DutyBook {
    const duties = new Map(this.#duties);
    for (const change of changes.toReversed()) {
      const key = dutyKeyText(change);
      const duty = duties.get(key);
      if (duty) duties.set(key, { ...duty, ...change.before });
    }
    return new DutyBook(duties.values(), this.#asked);
  }
}
