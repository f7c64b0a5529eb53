import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DataFolderError } from '../src/data-folder.js';
import {
  arrangeYears,
  holidayName,
  holidaySpan,
  isMakeUpWorkday,
  isWorkingDay,
  knowsYear,
} from '../src/domain/calendar.js';
import { addDays, localDate } from '../src/domain/local-date.js';
import { takeHolidays } from '../src/holidays.js';
import { projectRoot } from '../src/project-root.js';
import { testBot } from './support/test-bot.js';

const day = (text: string) => localDate.parse(text);
const off = (name: string, from: string, to = from) => ({ name, from, to });
/** Of a year that nobody has published yet. 2098-10-01 is a Wednesday. */
const year2098 = {
  holidays: [
    off('元旦', '2097-12-31', '2098-01-02'),
    off('劳动节', '2098-05-01', '2098-05-05'),
    off('国庆节', '2098-10-01', '2098-10-07'),
  ],
  makeUpDays: ['2098-09-28', '2098-10-11'],
};

let folder: string;
const given = (years: unknown) => writeFile(path.join(folder, 'holidays.json'), JSON.stringify(years));

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-holidays-'));
});
afterEach(async () => {
  arrangeYears(new Map());
  await rm(folder, { recursive: true, force: true });
});

describe('holidays.json', () => {
  it('need not be there: a year that nobody knows has Saturdays and Sundays', async () => {
    expect(await takeHolidays(folder)).toEqual([]);
    expect(knowsYear(2098)).toBe(false);
    expect(['2098-10-01', '2098-10-04', '2098-10-05'].map((text) => isWorkingDay(day(text)))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('gives a year its days off and make-up days', async () => {
    await given({ '2098': year2098 });
    expect(await takeHolidays(folder)).toEqual([2098]);
    expect(knowsYear(2098)).toBe(true);
    expect(['2098-10-01', '2098-10-07', '2098-10-08', '2098-10-11'].map((text) => isWorkingDay(day(text)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(isMakeUpWorkday(day('2098-09-28'))).toBe(true);
    expect(holidaySpan(day('2098-10-03'))).toEqual({ from: '2098-10-01', to: '2098-10-07', name: '国庆假期' });
    // In the year before, of which nothing else is known.
    expect([isWorkingDay(day('2097-12-31')), knowsYear(2097)]).toEqual([false, false]);
  });

  it('takes the place of what the bot came with', async () => {
    expect(isWorkingDay(day('2023-10-07'))).toBe(true);
    const changed = [off('元旦', '2023-01-01'), off('劳动节', '2023-05-01'), off('国庆节', '2023-10-01', '2023-10-07')];
    await given({ '2023': { holidays: changed, makeUpDays: [] } });
    await takeHolidays(folder);
    expect([isWorkingDay(day('2023-10-07')), isWorkingDay(day('2023-09-29'))]).toEqual([false, true]);
    expect(isWorkingDay(day('2024-02-18'))).toBe(true);
  });

  it.each([
    ['a last day before the first', { holidays: [off('国庆节', '2098-10-07', '2098-10-01')] }, '最后一天在第一天之前'],
    ['a month off', { holidays: [off('国庆节', '2098-10-01', '2098-10-31')] }, '超过15天'],
    ['another year', { holidays: [off('国庆节', '2099-10-01')] }, '不在这一年'],
    ['a day twice', { holidays: [off('国庆节', '2098-10-01'), off('中秋节', '2098-10-01')] }, '写了两次'],
    ['a make-up Monday', { makeUpDays: ['2098-09-29'] }, '不是周六周日'],
    ['a make-up day off', { makeUpDays: ['2098-10-04'] }, '又放假又上班'],
    ['half a year', { holidays: year2098.holidays.slice(0, 2) }, '没有写 10-01 放假'],
    ['no day', { makeUpDays: ['2098-02-30'] }, '2098.makeUpDays.0'],
    ['an unknown key', { workdays: [] }, '2098'],
  ])('refuses %s, and says where', async (_what, change, why) => {
    await given({ '2098': { ...year2098, ...change } });
    const refused = await takeHolidays(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DataFolderError);
    expect((refused as DataFolderError).say).toContain('holidays.json');
    expect((refused as DataFolderError).say).toContain(why);
    expect(knowsYear(2098)).toBe(false);
  });
});

describe.each(['holidays.md', 'holidays.en.md'])('docs/%s', (file) => {
  it('shows a year as it was published', async () => {
    const text = await readFile(path.join(projectRoot, 'docs', file), 'utf8');
    const [, example = ''] = /```json\n([\s\S]*?)```/u.exec(text) ?? [];
    const days = Array.from({ length: 365 }, (_, index) => addDays(day('2025-01-01'), index));
    const shown = () => days.map((one) => [one, isWorkingDay(one), isMakeUpWorkday(one), holidayName(one) !== null]);
    const published = shown();
    await writeFile(path.join(folder, 'holidays.json'), example);
    expect(await takeHolidays(folder)).toEqual([2025]);
    expect(shown()).toEqual(published);
  });
});

describe('a year that nobody has published', () => {
  it('is said where the next digest falls into it', async () => {
    const bot = await testBot({ now: '2098-06-03T10:00:00+08:00' });
    const warning = '2098年的放假安排还没有收录，先按周六、周日休息算，请管理员补上。';
    expect(await bot.say('/digest')).toContain(warning);
    await given({ '2098': year2098 });
    await takeHolidays(folder);
    expect(await bot.say('/digest')).not.toContain('放假安排');
    await bot.stop();
  });
});
