import type { LocalDate } from './local-date.js';
import type { PersonId } from './person.js';

/**
 * What the words of a limit mean: a day (2023年9月底前), a window (5—9月), a recurrence (每季度), ongoing (长期坚持), or
 * relative to an event (一年内). Only a day, the end of a window and an occurrence can be due.
 */
export type MilestoneKind = 'date' | 'window' | 'recurrence' | 'ongoing' | 'relative';

export type Recurrence = 'day' | 'week' | 'month' | 'quarter' | 'half-year' | 'year';

/** 每季度末月20日前: the 20th of the third month of each period. `month` counts from 1 within it; 31 is the month's last day. */
export interface DayOfPeriod {
  month: number;
  day: number;
}

/** 时限节点: a dated promise within a task. */
export interface Milestone {
  /** Counts from 1 within its task; 气-5.1 is number 1 of 气-5. 0 is the limit that an office set where none is stated. */
  number: number;
  phrase: string;
  /** The clause it governs. */
  what: string;
  /** What lists call the clause, as the office set it. */
  shortTitle: string | null;
  kind: MilestoneKind;
  due: LocalDate | null;
  from: LocalDate | null;
  to: LocalDate | null;
  every: Recurrence | null;
  /** The day by which each occurrence is due; `null` is the last day of its period. */
  by: DayOfPeriod | null;
  line: number;
  /** Who set it beside the words of the document; `null` for the document's own. */
  setBy: PersonId | null;
}

/** What a list calls the clause that the limit governs. */
export function clauseOf(milestone: Pick<Milestone, 'what' | 'shortTitle'>): string {
  return milestone.shortTitle ?? milestone.what;
}
