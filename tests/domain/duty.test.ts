import { describe, expect, it } from 'vitest';

import {
  DutyBook,
  type DutyEvent,
  type DutyStatus,
  dutyEvents,
  dutyStatusNames,
  stateAfter,
  statusAfter,
  untouched,
} from '../../src/domain/duty.js';
import { personId } from '../../src/domain/person.js';
import { taskKey } from '../../src/domain/task.js';
import { unitId } from '../../src/domain/unit.js';

const statuses = Object.keys(dutyStatusNames) as DutyStatus[];

/** As DESIGN says it, written out once more: rows are what happens, columns where the duty stands. `–` changes nothing. */
const expected = `
                unreported   in-progress  reported     closed       paused       withdrawn
progress        in-progress  in-progress  –            –            –            –
block           in-progress  in-progress  –            –            –            –
done            reported     reported     –            –            –            –
standing-done   in-progress  in-progress  –            –            –            –
accept          –            –            closed       –            –            –
return          –            –            in-progress  –            –            –
reopen          –            –            –            in-progress  –            –
pause           paused       paused       paused       –            –            –
resume          –            –            –            –            in-progress  in-progress
withdraw        withdrawn    withdrawn    withdrawn    –            withdrawn    –
exempt          withdrawn    withdrawn    withdrawn    –            –            –
`;

const [head = '', ...rows] = expected.trim().split('\n');
const columns = head.trim().split(/\s+/) as DutyStatus[];
const cases = rows.flatMap((row) => {
  const [event, ...afters] = row.trim().split(/\s+/);
  return afters.map((after, at) => [event as DutyEvent, columns[at] as DutyStatus, after] as const);
});

describe('a duty', () => {
  it('is tried in every state with everything that can happen', () => {
    expect(new Set(cases.map(([event]) => event))).toEqual(new Set(dutyEvents));
    expect(new Set(columns)).toEqual(new Set(statuses));
    expect(cases).toHaveLength(dutyEvents.length * statuses.length);
  });

  it.each(cases)('%s on %s gives %s', (event, status, after) => {
    expect(statusAfter(status, event, true)).toBe(after === '–' ? null : after);
    const withoutReview = event === 'done' && after === 'reported' ? 'closed' : after;
    expect(statusAfter(status, event, false)).toBe(withoutReview === '–' ? null : withoutReview);
  });

  const begun = { status: 'in-progress', percent: 60, problem: false } as const;

  it('keeps the last number that was reported', () => {
    expect(stateAfter(begun, 'progress', { review: true })).toEqual(begun);
    expect(stateAfter(begun, 'progress', { review: true, percent: 80 })).toEqual({ ...begun, percent: 80 });
  });

  it('has a problem from its report until anything else is reported', () => {
    const stuck = stateAfter(begun, 'block', { review: true });
    expect(stuck).toEqual({ ...begun, problem: true });
    expect(stuck && stateAfter(stuck, 'pause', { review: true })).toMatchObject({ status: 'paused', problem: true });
    expect(stuck && stateAfter(stuck, 'progress', { review: true })).toEqual(begun);
    expect(stuck && stateAfter(stuck, 'done', { review: true })).toMatchObject({ status: 'reported', problem: false });
  });
});

describe('an occurrence that nobody has reported on', () => {
  const keyOf = (occurrence: string, milestone = 1) => ({
    year: 2023,
    task: taskKey.parse('土-10'),
    milestone,
    occurrence,
    unit: unitId.parse('u-1'),
  });
  const bookOf = (...duties: [string, DutyStatus][]) =>
    new DutyBook(
      duties.map(([occurrence, status], at) => {
        const set = { changedAt: new Date(0), changedBy: personId.parse('p-1'), sequence: at + 1 };
        return { ...untouched, ...keyOf(occurrence), ...set, status };
      }),
    );

  it.each(['paused', 'withdrawn'] as const)('is %s while the last one before it is', (status) => {
    const book = bookOf(['2023-Q3', status], ['2023-Q2', 'closed']);
    expect(book.statusOf(keyOf('2023-Q4'))).toBe(status);
    expect(book.statusOf(keyOf('2024-Q1'))).toBe(status);
    expect(book.statusOf(keyOf('2023-Q1'))).toBe('unreported');
    expect(book.statusOf(keyOf('2023-Q4', 2))).toBe('unreported');
    expect(book.statusOf(keyOf(''))).toBe('unreported');
  });

  it('is unreported once it goes on', () => {
    expect(bookOf(['2023-Q2', 'paused'], ['2023-Q3', 'in-progress']).statusOf(keyOf('2023-Q4'))).toBe('unreported');
    expect(bookOf(['2023-Q3', 'closed']).statusOf(keyOf('2023-Q4'))).toBe('unreported');
  });
});
