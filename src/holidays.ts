import { access } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { DataFolderError, readJson } from './data-folder.js';
import { arrangeYears, type YearArrangement } from './domain/calendar.js';
import { addDays, daysBetween, type LocalDate, localDate, partsOf, weekdayOf } from './domain/local-date.js';

const fileName = 'holidays.json';
const longestHoliday = 15;

const yearArrangement = z.strictObject({
  holidays: z
    .array(
      z.strictObject({
        name: z.string().regex(/^\p{Script=Han}{2,12}$/u, '应是节日名，如 国庆节'),
        from: localDate,
        to: localDate,
      }),
    )
    .min(1),
  makeUpDays: z.array(localDate),
});
const holidaysFile = z.record(z.string().regex(/^20\d{2}$/, '应是年份，如 2027'), yearArrangement);

/**
 * Takes over the yearly arrangements that an office has put into its data folder, for years that came after this version of
 * the bot or were changed since; without the file nothing changes. Throws `DataFolderError`, which says what is wrong.
 */
export async function takeHolidays(folder: string): Promise<number[]> {
  const file = path.join(folder, fileName);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  const years = new Map<number, YearArrangement>();
  if (isThere) {
    for (const [name, arrangement] of Object.entries(await readJson(folder, fileName, holidaysFile))) {
      const wrong = wrongIn(Number(name), arrangement);
      if (wrong)
        throw new DataFolderError(`数据文件 ${file} 的 ${name}：${wrong}。请对照国务院办公厅通知改正后重新启动。`);
      years.set(Number(name), arrangement);
    }
  }
  arrangeYears(years);
  return [...years.keys()];
}

/** What cannot be in an arrangement, so that a slip of the pen moves no reminder. */
function wrongIn(year: number, { holidays, makeUpDays }: YearArrangement): string | null {
  const off = new Set<LocalDate>();
  for (const { name, from, to } of holidays) {
    if (to < from) return `${name}的最后一天在第一天之前`;
    if (daysBetween(from, to) >= longestHoliday) return `${name}超过${longestHoliday}天`;
    for (let day = from; day <= to; day = addDays(day, 1)) {
      if (!isOf(year, day)) return `${day} 不在这一年`;
      if (off.has(day)) return `${day} 写了两次`;
      off.add(day);
    }
  }
  for (const [index, day] of makeUpDays.entries()) {
    if (!isOf(year, day)) return `${day} 不在这一年`;
    if (weekdayOf(day) <= 5) return `调休上班的 ${day} 不是周六周日`;
    if (off.has(day)) return `${day} 又放假又上班`;
    if (makeUpDays.indexOf(day) < index) return `${day} 写了两次`;
  }
  // Nobody would be warned of a year of which half is missing.
  const missing = ['01-01', '05-01', '10-01'].find((day) => !off.has(localDate.parse(`${year}-${day}`)));
  return missing ? `没有写 ${missing} 放假，这一年不全` : null;
}

/** New Year's holiday may begin, or be worked for, in the December before. */
function isOf(year: number, day: LocalDate): boolean {
  const { year: of, month } = partsOf(day);
  return of === year || (of === year - 1 && month === 12);
}
