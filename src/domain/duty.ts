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

export interface Duty extends DutyKey {
  status: DutyStatus;
  /** 0 to 100, as last reported. */
  percent: number | null;
  changedAt: Date;
  /** Sequence of the update that set it last. */
  sequence: number;
}

export type DutyEvent = 'progress' | 'done' | 'standing-done';

/**
 * The status after a report, or `null` where the report changes nothing. Done on standing work is progress that is
 * reported as 本期完成. A report on what is closed, paused or withdrawn is kept in the history only.
 */
export function statusAfter(status: DutyStatus, event: DutyEvent, review: boolean): DutyStatus | null {
  switch (status) {
    case 'unreported':
    case 'in-progress':
      if (event === 'done') return review ? 'reported' : 'closed';
      return 'in-progress';
    case 'reported':
    case 'closed':
    case 'paused':
    case 'withdrawn':
      return null;
  }
}

export function isReported(status: DutyStatus): boolean {
  return status === 'reported' || status === 'closed' || status === 'withdrawn';
}

export function dutyKeyText(key: DutyKey): string {
  return `${key.year}|${key.task}|${key.milestone}|${key.occurrence}|${key.unit}`;
}

/** The duties of one year that somebody has reported on; all others are 未报. */
export class DutyBook {
  readonly #duties: Map<string, Duty>;

  constructor(duties: Iterable<Duty>) {
    this.#duties = new Map([...duties].map((duty) => [dutyKeyText(duty), duty]));
  }

  get(key: DutyKey): Duty | undefined {
    return this.#duties.get(dutyKeyText(key));
  }

  statusOf(key: DutyKey): DutyStatus {
    return this.get(key)?.status ?? 'unreported';
  }

  list(): Duty[] {
    return [...this.#duties.values()];
  }

  /** The book as it was before these changes, which are in the order in which they were made. */
  before(changes: readonly (DutyKey & { before: DutyStatus })[]): DutyBook {
    const duties = new Map(this.#duties);
    for (const change of changes.toReversed()) {
      const key = dutyKeyText(change);
      const duty = duties.get(key);
      if (duty) duties.set(key, { ...duty, status: change.before });
    }
    return new DutyBook(duties.values());
  }
}
