import { describe, expect, it } from 'vitest';

import { isAskedInTime, newDayProblem } from '../../src/domain/extension.js';
import { localDate } from '../../src/domain/local-date.js';

const day = (text: string) => localDate.parse(text);

describe('asking for another day', () => {
  it.each([
    // 30 September 2023 is in the holiday; the last working day before it is the 28th.
    ['2023-09-30', '2023-09-28T17:59:59+08:00', true],
    ['2023-09-30', '2023-09-28T18:00:00+08:00', false],
    ['2023-09-30', '2023-09-29T09:00:00+08:00', false],
    ['2023-10-31', '2023-10-31T17:59:59+08:00', true],
    ['2023-10-31', '2023-10-31T18:00:00+08:00', false],
    // 15 October 2023 is a Sunday.
    ['2023-10-15', '2023-10-13T17:00:00+08:00', true],
    ['2023-10-15', '2023-10-14T08:00:00+08:00', false],
  ])('for %s at %s is in time: %s', (due, at, inTime) => {
    expect(isAskedInTime(day(due), new Date(at), 'Asia/Shanghai')).toBe(inTime);
  });

  it.each([
    ['2023-09-30', '新时限要晚于现在的时限9月30日'],
    ['2023-09-29', '新时限要晚于现在的时限9月30日'],
    ['2023-10-01', null],
    ['2024-09-30', null],
    ['2024-10-01', '最多延366天，到2024年9月30日'],
  ])('to %s: %s', (wanted, problem) => {
    const bounds = { due: day('2023-09-30'), stated: day('2023-09-30'), today: day('2023-09-26') };
    expect(newDayProblem(day(wanted), bounds)).toBe(problem);
  });

  it('is for a day to come, and no more than a year after the document’s own', () => {
    const bounds = { due: day('2023-10-15'), stated: day('2023-09-30'), today: day('2023-10-20') };
    expect(newDayProblem(day('2023-10-19'), bounds)).toBe('10月19日已经过了');
    expect(newDayProblem(day('2023-10-20'), bounds)).toBeNull();
    expect(newDayProblem(day('2024-10-10'), bounds)).toBe('最多延366天，到2024年9月30日');
  });
});
