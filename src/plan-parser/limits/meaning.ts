import type { LocalDate } from '../../domain/local-date.js';
import type { DayOfPeriod } from '../../domain/milestone.js';
import type { MilestoneDraft } from '../../domain/plan-draft.js';
import type { IssueCode } from '../issues.js';

/** What the words of a limit mean, before anything is known of the clause they govern. */
export interface Meaning extends Pick<MilestoneDraft, 'kind' | 'due' | 'from' | 'to' | 'every' | 'by'> {
  /** What had to be assumed. */
  doubts: IssueCode[];
}

const nothing = { due: null, from: null, to: null, every: null, by: null } as const;

export const onDay = (due: LocalDate, ...doubts: IssueCode[]): Meaning => ({ ...nothing, kind: 'date', due, doubts });

export const within = (from: LocalDate | null, to: LocalDate | null, ...doubts: IssueCode[]): Meaning => ({
  ...nothing,
  kind: 'window',
  from,
  to,
  doubts,
});

export const recurring = (
  every: MilestoneDraft['every'],
  by: DayOfPeriod | null = null,
  ...doubts: IssueCode[]
): Meaning => ({ ...nothing, kind: 'recurrence', every, by, doubts });

export const ongoing: Meaning = { ...nothing, kind: 'ongoing', doubts: [] };

/** Counted from an event, so no day can be named. */
export const relative = (doubt: IssueCode): Meaning => ({ ...nothing, kind: 'relative', doubts: [doubt] });

/** A day without a year: the words are kept, the date is not guessed. */
export const undated = (doubt: IssueCode = 'limit-no-year'): Meaning => ({ ...nothing, kind: 'date', doubts: [doubt] });
