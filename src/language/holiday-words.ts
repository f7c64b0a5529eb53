import { firstWorkingDayAfter, holidayName, holidaySpan, knowsYear } from '../domain/calendar.js';
import { addDays, type DateRange, type LocalDate, partsOf } from '../domain/local-date.js';
import { type Context, type Pattern, type Reading, until, type Words } from './pattern.js';

/** What people call a holiday → the beginning of the calendar's name for it. */
const calledIn: Readonly<Record<string, string>> = {
  国庆: '国庆',
  十一: '国庆',
  中秋: '中秋',
  春节: '春节',
  过年: '春节',
  元旦: '元旦',
  五一: '五一',
  劳动节: '五一',
  端午: '端午',
  清明: '清明',
};

const lookAheadDays = 400;
/** Long enough ago for 「国庆后」 to mean the holiday that has just ended. */
const lookBackDays = 14;

type Span = DateRange & { name: string };

function firstHoliday(from: LocalDate, called: string): Span | null {
  for (let i = 0; i < lookAheadDays; i++) {
    const date = addDays(from, i);
    if (holidayName(date)?.startsWith(called) === true) return holidaySpan(date);
  }
  return null;
}

/** Seven days from the first working day on: what is due right after the holiday. */
function weekAfter(holiday: Span): DateRange {
  const from = firstWorkingDayAfter(holiday.to);
  return { from, to: addDays(from, 6) };
}

function readHoliday({ name, when }: Words, { today }: Context): Reading {
  const called = name === undefined ? '' : (calledIn[name] ?? name);
  const isAfter = when?.endsWith('后') ?? false;
  const holiday = firstHoliday(isAfter ? addDays(today, -lookBackDays) : today, called);
  if (!holiday) return unknownYear(today);
  const label = called === '' ? '节' : called;
  if (isAfter) return { range: weekAfter(holiday), label: `${label}后` };
  if (when?.endsWith('前')) return until({ range: holiday, label: `${label}前` }, today);
  return { range: { from: holiday.from, to: holiday.to }, label: holiday.name };
}

function unknownYear(today: LocalDate): Reading {
  const { year } = partsOf(today);
  return { problem: `还没有${knowsYear(year) ? year + 1 : year}年的放假安排，请写日期。` };
}

const when = '(?<when>之?前|以前|之?后|以后|期间)';

/** 国庆前 and 节前 reach to the last day of the holiday. */
export const holidayWords: readonly Pattern[] = [
  {
    words: `(?<name>国庆|中秋|春节|过年|元旦|五一|劳动节|端午|清明)节?(?:假期|长假|放假)?${when}?`,
    read: readHoliday,
  },
  { words: `(?<name>十一)(?:假期|长假|放假)?${when}`, read: readHoliday },
  { words: `(?:(?<![环季调情细关章枝音礼使骨时支])节日?|放假|假期|长假)${when}`, read: readHoliday },
];
