import type { DateRange, LocalDate } from '../domain/local-date.js';
import { calendarWords } from './calendar-words.js';
import { countedWords } from './counted-words.js';
import { holidayWords } from './holiday-words.js';
import { after, type Context, type Pattern, type Period, type Reading, until } from './pattern.js';
import { relativeWords } from './relative-words.js';

interface Place {
  start: number;
  end: number;
}

export type RangeMention = Place &
  ({ kind: 'range' | 'overdue'; range: DateRange; label: string } | { kind: 'problem'; problem: string });

interface Compiled {
  anywhere: RegExp;
  here: RegExp;
  read: Pattern['read'];
}

const patterns: readonly Compiled[] = [...calendarWords, ...relativeWords, ...countedWords, ...holidayWords].map(
  ({ words, read }) => ({
    anywhere: new RegExp(words, 'giu'),
    here: new RegExp(words, 'iuy'),
    read,
  }),
);

type Read = Place & { reading: NonNullable<Reading> };

/** Longer than anything one pattern matches, so that reading on costs the same however long the text is. */
const reach = 40;

const through = /^ ?[-至到] ?/;
const bounds: readonly { words: RegExp; apply(period: Period, today: LocalDate): Period }[] = [
  {
    words: /^ ?(?:下班|上午|中午|下午)?(?:[之以]前|前(?![期面段述列沿天\d一二三四五六七八九十])|为止)/,
    apply: (period, today) => named(until(period, today), '前'),
  },
  { words: /^ ?(?:[之以]后|后(?![续期面勤备天])|以来)/, apply: (period) => named(after(period), '后') },
  { words: /^[之以]?内/, apply: (period) => period },
];
const deadline = /(?:截[至止]到?|\b(?:by|before|until)) ?(?:the )?$/i;

function named(period: Period, suffix: string): Period {
  return period.label.endsWith(suffix) ? period : { ...period, label: `${period.label}${suffix}` };
}

function firstMatch({ anywhere, read }: Compiled, text: string, context: Context): Read | null {
  anywhere.lastIndex = 0;
  for (let found = anywhere.exec(text); found; found = anywhere.exec(text)) {
    const reading = read(found.groups ?? {}, context);
    if (reading) return { reading, start: found.index, end: anywhere.lastIndex };
  }
  return null;
}

function matchHere({ here, read }: Compiled, text: string, context: Context): Read | null {
  here.lastIndex = 0;
  const found = here.exec(text);
  const reading = found && read(found.groups ?? {}, context);
  return reading && { reading, start: 0, end: here.lastIndex };
}

function earliestLongest(reads: Iterable<Read | null>): Read | null {
  let best: Read | null = null;
  for (const read of reads) {
    if (!read) continue;
    if (!best || read.start < best.start || (read.start === best.start && read.end > best.end)) best = read;
  }
  return best;
}

/** 9月25日至10月1日: the end of the range is read in the light of its beginning. */
function joinEnd(
  first: Period,
  text: string,
  end: number,
  today: LocalDate,
): Place & { reading: NonNullable<Reading> } {
  const alone = { reading: first, start: 0, end };
  const link = through.exec(text.slice(end, end + reach))?.[0];
  if (link === undefined || first.overdue) return alone;
  const rest = text.slice(end + link.length, end + link.length + reach);
  const second = earliestLongest(patterns.map((p) => matchHere(p, rest, { today, since: first.range.from })));
  if (!second) return alone;
  const whole = { start: 0, end: end + link.length + second.end };
  if ('problem' in second.reading) return { ...whole, reading: second.reading };
  const { range, label, overdue } = second.reading;
  if (overdue) return alone;
  const problem = `${label}早于${first.label}，请把先到的日期写在前面。`;
  if (range.to < first.range.from) return { ...whole, reading: { problem } };
  return {
    ...whole,
    reading: { range: { from: first.range.from, to: range.to }, label: joinedLabel(first.label, label) },
  };
}

/** 10月1日至15日, without the month twice. */
function joinedLabel(first: string, second: string): string {
  const month = /^.*月(?=\d)/.exec(first)?.[0];
  return `${first}至${month !== undefined && second.startsWith(month) ? second.slice(month.length) : second}`;
}

/**
 * The first time or span of time in a folded text: 本周, 10月底前, 9月25日至10月1日, next 7 days; or what is wrong with it.
 * A day or month without a year is one of the current year. Take task codes out first: the 5.1 of 气5.1 could be a day.
 */
export function readRange(text: string, today: LocalDate): RangeMention | null {
  const first = earliestLongest(patterns.map((p) => firstMatch(p, text, { today, since: null })));
  if (!first) return null;
  const { start } = first;
  if ('problem' in first.reading) return { kind: 'problem', problem: first.reading.problem, start, end: first.end };
  const { reading, end } = joinEnd(first.reading, text, first.end, today);
  if ('problem' in reading) return { kind: 'problem', problem: reading.problem, start, end };
  return reading.overdue ? mention(reading, start, end) : bounded(reading, text, start, end, today);
}

function bounded(period: Period, text: string, start: number, end: number, today: LocalDate): RangeMention {
  const lead = deadline.exec(text.slice(Math.max(0, start - 12), start))?.[0] ?? '';
  const rest = text.slice(end, end + reach);
  for (const { words, apply } of bounds) {
    const found = words.exec(rest);
    if (found) return mention(apply(period, today), start - lead.length, end + found[0].length);
  }
  return lead === ''
    ? mention(period, start, end)
    : mention(named(until(period, today), '前'), start - lead.length, end);
}

function mention({ range, label, overdue }: Period, start: number, end: number): RangeMention {
  return { kind: overdue ? 'overdue' : 'range', range: { from: range.from, to: range.to }, label, start, end };
}
