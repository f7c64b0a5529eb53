import type { LocalDate } from '../../domain/local-date.js';
import type { MilestoneDraft } from '../../domain/plan-draft.js';
import type { IssueCode } from '../issues.js';

/** What the words of a limit mean, before anything is known of the clause they govern. */
export type Meaning = Pick<MilestoneDraft, 'kind' | 'due' | 'from' | 'to' | 'every' | 'by'> & { doubt?: IssueCode };

const nothing = { due: null, from: null, to: null, every: null, by: null } as const;

export const onDay = (due: LocalDate, doubt?: IssueCode): Meaning => ({
  ...nothing,
  kind: 'date',
  due,
  ...(doubt ? { doubt } : {}),
});

export const within = (from: LocalDate, to: LocalDate): Meaning => ({ ...nothing, kind: 'window', from, to });

export const recurring = (every: MilestoneDraft['every']): Meaning => ({ ...nothing, kind: 'recurrence', every });

export const ongoing: Meaning = { ...nothing, kind: 'ongoing' };

/** Counted from an event, so no day can be named. */
export const relative: Meaning = { ...nothing, kind: 'relative', doubt: 'limit-relative' };

/** A day without a year: the words are kept, the date is not guessed. */
export const undated: Meaning = { ...nothing, kind: 'date', doubt: 'limit-no-year' };
