import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  addWorkingDays,
  firstWorkingDayAfter,
  holidayName,
  holidaySpan,
  isMakeUpWorkday,
  isWorkingDay,
  knowsYear,
  lastWorkingDayUpTo,
  nextWorkingDayFrom,
  workingDaysBetween,
} from '../../src/domain/calendar.js';
import { addDays, type LocalDate, localDate, weekdayOf } from '../../src/domain/local-date.js';

const day = (text: string) => localDate.parse(text);

function daysFrom(from: string, to: string): LocalDate[] {
  const days: LocalDate[] = [];
  for (let d = day(from); d <= day(to); d = addDays(d, 1)) days.push(d);
  return days;
}

describe('days off and make-up days', () => {
  it.each([
    ['2023-09-29', '2023-10-06'],
    ['2024-02-10', '2024-02-17'],
  ])('%s to %s are free', (from, to) => {
    expect(daysFrom(from, to).filter(isWorkingDay)).toEqual([]);
  });

  it.each(['2023-10-07', '2023-10-08', '2024-02-04', '2024-02-18'])('%s is a make-up working day', (text) => {
    expect([isWorkingDay(day(text)), isMakeUpWorkday(day(text)), holidayName(day(text))]).toEqual([true, true, null]);
  });

  it.each([
    ['2023-09-28', true],
    ['2023-10-09', true],
    ['2023-10-14', false],
    ['2023-12-31', false],
    ['2024-02-09', true],
    ['2024-02-29', true],
  ])('%s working: %s, and no make-up day', (text, working) => {
    expect([isWorkingDay(day(text)), isMakeUpWorkday(day(text))]).toEqual([working, false]);
  });

  it.each([
    ['2023-09-30', '国庆假期'],
    ['2023-10-06', '国庆假期'],
    ['2023-09-29', '中秋假期'],
    ['2024-02-10', '春节假期'],
    ['2024-01-01', '元旦假期'],
    ['2024-05-01', '五一假期'],
    ['2023-10-14', null],
    ['2023-09-28', null],
  ])('%s is called %s', (text, name) => {
    expect(holidayName(day(text))).toBe(name);
  });

  it('knows the years that have been published', () => {
    expect([2003, 2004, 2023, 2024, 2099].map(knowsYear)).toEqual([false, true, true, true, false]);
  });

  it('has only weekends free in a year it does not know', () => {
    expect(daysFrom('2099-09-28', '2099-10-04').map(isWorkingDay)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(holidayName(day('2099-10-01'))).toBeNull();
  });
});

describe('nearest working days', () => {
  it.each([
    ['2023-09-30', '2023-09-28', '2023-10-07', '2023-10-07'],
    ['2023-09-28', '2023-09-28', '2023-09-28', '2023-10-07'],
    ['2023-10-15', '2023-10-13', '2023-10-16', '2023-10-16'],
    ['2023-10-07', '2023-10-07', '2023-10-07', '2023-10-08'],
    ['2023-12-31', '2023-12-29', '2024-01-02', '2024-01-02'],
    ['2024-02-18', '2024-02-18', '2024-02-18', '2024-02-19'],
  ])('around %s: up to %s, from %s, after %s', (text, upTo, from, after) => {
    const date = day(text);
    expect([lastWorkingDayUpTo(date), nextWorkingDayFrom(date), firstWorkingDayAfter(date)]).toEqual([
      upTo,
      from,
      after,
    ]);
  });
});

describe('counting', () => {
  it.each([
    ['2023-10-01', '2023-10-13', 7],
    ['2023-09-28', '2023-09-30', 0],
    ['2023-09-28', '2023-10-07', 1],
    ['2023-09-25', '2023-09-25', 0],
    ['2023-09-25', '2023-09-26', 1],
    ['2023-09-26', '2023-09-25', -1],
    ['2023-12-29', '2024-01-02', 1],
    ['2022-12-31', '2023-12-31', 249],
    ['2400-01-01', '2800-01-01', 104_355],
  ])('between %s and %s there are %i', (from, to, count) => {
    expect(workingDaysBetween(day(from), day(to))).toBe(count);
  });

  it.each([
    ['2023-09-28', 1, '2023-10-07'],
    ['2023-09-30', 1, '2023-10-07'],
    ['2023-09-30', -1, '2023-09-28'],
    ['2023-10-13', -3, '2023-10-10'],
    ['2023-09-30', 0, '2023-09-30'],
    ['2024-01-02', -1, '2023-12-29'],
  ])('%s and %i working days is %s', (from, n, reached) => {
    expect(addWorkingDays(day(from), n)).toBe(reached);
  });

  const anyDay = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays(day('1990-01-01'), n));

  it('agrees with counting day by day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 900 }), (from, n) => {
        const to = addDays(from, n);
        expect(workingDaysBetween(from, to)).toBe(daysFrom(addDays(from, 1), to).filter(isWorkingDay).length);
        expect(workingDaysBetween(from, to) + workingDaysBetween(to, from)).toBe(0);
      }),
    );
  });

  it('lands on the working day that was counted to', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, n) => {
        const there = addWorkingDays(from, n);
        expect([isWorkingDay(there), workingDaysBetween(from, there)]).toEqual([true, n]);
        expect(isWorkingDay(addWorkingDays(from, -n))).toBe(true);
      }),
    );
  });

  it('has make-up days only at weekends', () => {
    fc.assert(fc.property(anyDay, (date) => !isMakeUpWorkday(date) || weekdayOf(date) >= 6));
  });
});

describe('the whole holiday', () => {
  it.each([
    ['2023-09-29', '2023-09-29', '2023-10-06', '中秋国庆假期'],
    ['2023-10-03', '2023-09-29', '2023-10-06', '中秋国庆假期'],
    ['2024-02-10', '2024-02-10', '2024-02-17', '春节假期'],
    ['2023-12-31', '2023-12-30', '2024-01-01', '元旦假期'],
  ])('%s lies in %s to %s, %s', (text, from, to, name) => {
    expect(holidaySpan(day(text))).toEqual({ from, to, name });
  });

  it.each(['2023-09-28', '2023-10-07', '2023-10-14'])('%s lies in none', (text) => {
    expect(holidaySpan(day(text))).toBeNull();
  });
});
