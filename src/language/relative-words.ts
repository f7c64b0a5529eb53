import {
  addDays,
  type DateRange,
  dayOf,
  type LocalDate,
  partsOf,
  startOfMonth,
  startOfWeek,
  weekdayName,
  weekdayOf,
} from '../domain/local-date.js';
import { readNumber, smallNumber } from './numbers.js';
import {
  type Context,
  dayIn,
  monthsOf,
  oneDay,
  type Pattern,
  type Period,
  partOfMonth,
  type Reading,
  until,
  type Words,
} from './pattern.js';

const which = '(?<which>本|这一?个?|当|[下次]一?个?|下下个?|上一?个?|上上个?)';
const weekdays = '一二三四五六日';
const counts = '一二两三四五六七八九十';
const longAgo = dayOf(1949, 10, 1);
const notCounted = '(?![共般些起直旦定样并致概]|[项条个家件份])';

/** 下下 is 2, 这个 is 0, 上 is -1. */
function shiftOf(which = ''): number {
  return (which.match(/[下次]|next/gi)?.length ?? 0) - (which.match(/上|last/gi)?.length ?? 0);
}

const shown = (shift: number) => (shift === 0 ? '本' : (shift > 0 ? '下' : '上').repeat(Math.abs(shift)));

function weekAt(today: LocalDate, shift: number): Period {
  const from = addDays(startOfWeek(today), shift * 7);
  return { range: { from, to: addDays(from, 6) }, label: `${shown(shift)}周` };
}

function monthAt(today: LocalDate, shift: number): Period {
  const { year, month } = partsOf(startOfMonth(today, shift));
  return monthsOf(year, month, month, `${shown(shift)}月`);
}

function quarterAt(today: LocalDate, shift: number): Period {
  const { year, month } = partsOf(startOfMonth(today, shift * 3 - ((partsOf(today).month - 1) % 3)));
  return monthsOf(year, month, month + 2, `${shown(shift)}季度`);
}

function yearAt(today: LocalDate, shift: number): Period {
  const year = partsOf(today).year + shift;
  return monthsOf(year, 1, 12, `${year}年`);
}

const periods = { week: weekAt, month: monthAt, quarter: quarterAt, year: yearAt } as const;

type PeriodName = keyof typeof periods;

function isPeriodName(name: string): name is PeriodName {
  return Object.hasOwn(periods, name);
}

function readWeek({ which, day }: Words, { today }: Context): Reading {
  const week = weekAt(today, shiftOf(which));
  if (day === undefined) return week;
  if (day === '末')
    return { range: { from: addDays(week.range.from, 5), to: week.range.to }, label: `${week.label}末` };
  return weekdayIn(week.range, weekdays.indexOf(day === '天' ? '日' : day), week.label.replace('周', ''));
}

function weekdayIn(week: DateRange, index: number, whichWeek: string): Period {
  const date = addDays(week.from, index);
  return oneDay(date, `${whichWeek}${weekdayName(date)}`);
}

/** 周三 by itself is the next one, today included. */
function nextWeekday(index: number, { today, since }: Context): Reading {
  const earliest = since ?? today;
  const date = addDays(earliest, (index + 8 - weekdayOf(earliest)) % 7);
  return oneDay(date, weekdayName(date));
}

function readWeekend(_: Words, { today }: Context): Reading {
  return readWeek({ day: '末' }, { today, since: null });
}

function readRelativeMonth({ which, day, part }: Words, { today }: Context): Reading {
  const month = monthAt(today, shiftOf(which));
  if (day !== undefined) {
    const { year, month: number } = partsOf(month.range.from);
    return dayIn(year, number, readNumber(day) ?? 0, today);
  }
  const reached = partOfMonth(month, part);
  return part !== undefined && !part.endsWith('旬') && shiftOf(which) === 0 ? until(reached, today) : reached;
}

const dayWords: Readonly<Record<string, { shift: number; label: string }>> = {
  今: { shift: 0, label: '今天' },
  明: { shift: 1, label: '明天' },
  后: { shift: 2, label: '后天' },
  大后: { shift: 3, label: '大后天' },
  昨: { shift: -1, label: '昨天' },
  前: { shift: -2, label: '前天' },
  today: { shift: 0, label: '今天' },
  tomorrow: { shift: 1, label: '明天' },
  yesterday: { shift: -1, label: '昨天' },
};

function readDayWord({ which = '' }: Words, { today }: Context): Reading {
  const word = dayWords[which.toLowerCase()];
  return word === undefined ? null : oneDay(addDays(today, word.shift), word.label);
}

/** 这两天 is today and tomorrow, 这几天 the next three days, today included. */
function readTheseDays({ many = '' }: Words, { today }: Context): Reading {
  const days = many === '几' ? 3 : 2;
  return { range: { from: today, to: addDays(today, days - 1) }, label: `这${many}天` };
}

function readPeriodName({ which, unit = '' }: Words, { today }: Context): Reading {
  const name = unit.toLowerCase();
  return isPeriodName(name) ? periods[name](today, shiftOf(which)) : null;
}

function readEndOf({ unit = '' }: Words, { today }: Context): Reading {
  const name = unit.toLowerCase();
  if (!isPeriodName(name)) return null;
  const period = periods[name](today, 0);
  return until({ ...period, label: `${period.label}底` }, today);
}

const englishDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function readEnglishWeekday({ which, day = '' }: Words, context: Context): Reading {
  const index = englishDays.indexOf(day.toLowerCase());
  const shift = shiftOf(which);
  if (which === undefined) return nextWeekday(index, context);
  return weekdayIn(weekAt(context.today, shift).range, index, shown(shift));
}

/** This week, next month, tomorrow: what is seen from today. */
export const relativeWords: readonly Pattern[] = [
  {
    words: `(?<!以)${which}(?:周(?![边期报])|星期|礼拜)(?:(?<day>[一二三四五六日天末])${notCounted})?`,
    read: readWeek,
  },
  {
    words: `(?<![每逐隔\\d${counts}])(?:周|星期|礼拜)(?<day>[一二三四五六日天])${notCounted}`,
    read: ({ day = '' }, context) => nextWeekday(weekdays.indexOf(day === '天' ? '日' : day), context),
  },
  { words: `(?<![每逐隔\\d${counts}])周末`, read: readWeekend },
  {
    words: `(?<![\\d以])${which}月份?(?:(?<day>${smallNumber})[日号]|(?<part>[底末内]|[上中下]旬))?`,
    read: readRelativeMonth,
  },
  { words: `(?<![\\d〇每个${counts}])月(?<part>[底末内])`, read: readRelativeMonth },
  { words: `${which}季(?!节)度?[底末]?`, read: ({ which }, { today }) => quarterAt(today, shiftOf(which)) },
  { words: `(?<![每逐各${counts}])季度?[末底]`, read: (_, { today }) => until(quarterAt(today, 0), today) },
  // Not 目前天气, 之后天然气.
  {
    words:
      '(?<which>[今明昨]|大?(?<![之以今最然])后(?=[天日])|(?<![目之以提日])前(?=[天日]))[天日早晚](?<!天(?=[气然津空数]))',
    read: readDayWord,
  },
  { words: '(?:这|近|最近)(?<many>[两二几])天', read: readTheseDays },
  { words: '\\b(?<which>today|tomorrow|yesterday)\\b', read: readDayWord },
  { words: '\\b(?<which>this|current|next|last) (?<unit>week|month|quarter|year)\\b', read: readPeriodName },
  { words: '\\b(?:the )?end of (?:the |this )?(?<unit>week|month|quarter|year)\\b', read: readEndOf },
  { words: `\\b(?:(?<which>this|next|last) )?(?<day>${englishDays.join('|')})\\b`, read: readEnglishWeekday },
  {
    words: '逾期|超期|过期|拖期|时限已到|已到时限|\\boverdue\\b',
    read: (_, { today }) => ({ range: { from: longAgo, to: addDays(today, -1) }, label: '时限已到', overdue: true }),
  },
];
