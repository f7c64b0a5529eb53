import { dayOf, lastDayOfMonth } from '../../domain/local-date.js';
import type { Passage } from '../blocks.js';
import { type FoundPhrase, findPhrases } from './find-phrases.js';
import { onDay, ongoing, recurring, within } from './meaning.js';
import { before } from './patterns.js';
import { type PhraseForm, realDay } from './phrase-form.js';
import { phraseForms } from './phrase-table.js';
import type { PlanCalendar } from './plan-calendar.js';
import { units } from './recurrence-forms.js';

const dotted = '(?<year>20\\d\\d)[.．/-](?<month>1[0-2]|0?[1-9])(?:[.．/-](?<day>[12]\\d|3[01]|0?[1-9])日?)?';
const dottedEnd =
  '(?<lastYear>20\\d\\d)[.．/-](?<lastMonth>1[0-2]|0?[1-9])(?:[.．/-](?<lastDay>[12]\\d|3[01]|0?[1-9])日?)?';

function dottedDay(year: string | undefined, month: string | undefined, day: string | undefined, isStart = false) {
  const [y, m] = [Number(year), Number(month)];
  if (day !== undefined) return realDay(y, m, Number(day));
  return { date: isStart ? dayOf(y, m, 1) : lastDayOfMonth(y, m), doubts: [] };
}

/** What only a cell of limits may hold. */
const cellForms: PhraseForm[] = [
  {
    // 2024.12.31, 2024-12
    pattern: new RegExp(`${dotted}(?:${before})?`, 'g'),
    read: ({ year, month, day }) => {
      const { date, doubts } = dottedDay(year, month, day);
      return onDay(date, ...doubts);
    },
  },
  {
    // 2024.4—2024.12
    pattern: new RegExp(`${dotted}\\s?(?:[—–~～―]{1,2}|-|至)\\s?${dottedEnd}`, 'g'),
    read: ({ year, month, day, lastYear, lastMonth, lastDay }) => {
      const [from, to] = [dottedDay(year, month, day, true), dottedDay(lastYear, lastMonth, lastDay)];
      return from.date <= to.date ? within(from.date, to.date, ...from.doubts, ...to.doubts) : null;
    },
  },
  {
    // 2024—2026年
    pattern: /(?<year>20\d\d)年?(?:[—–\-~～至]{1,2})(?<lastYear>20\d\d)年(?!\d)/g,
    read: ({ year, lastYear }) =>
      Number(year) <= Number(lastYear) ? within(dayOf(Number(year), 1, 1), dayOf(Number(lastYear), 12, 31)) : null,
  },
  {
    // 按月
    pattern: /[按逐](?<unit>日|周|月|季度?|年度?)(?!时|要求|计划|方案|部署)/g,
    read: ({ unit = '' }) => recurring(units[unit.charAt(0)] ?? null),
  },
  {
    // 全年, 2024年全年
    pattern: /(?:(?<year>20\d\d)年)?(?:全年|贯穿全年)/g,
    read: ({ year }, { plan }) => {
      const whole = year === undefined ? plan.year : Number(year);
      return whole === null ? ongoing : within(dayOf(whole, 1, 1), dayOf(whole, 12, 31));
    },
  },
];

const ongoingWords =
  /(?:(?:立行|即知即|立查)立?[改行]|立即(?:整改|执行|落实)?)(?:[，、,并且]{0,2}(?:长期|持续)坚持)?|长期(?:坚持|推进|实施|开展)?|持续(?:坚持|推进|实施|开展|整治|巩固)?|常态化?(?:推进|开展|实施|坚持|进行)?|常年(?:坚持|开展)?|日常(?:工作|开展)?|不间断|随时/g;

/** The limits that a cell of the 完成时限 column states, in order. */
export function phrasesInCell({ text }: Passage, plan: PlanCalendar): FoundPhrase[] {
  const dates = findPhrases(text, { plan, inCell: true, forms: [...cellForms, ...phraseForms] });
  const lasting = [...text.matchAll(ongoingWords)]
    .map(({ index, 0: phrase }): FoundPhrase => {
      const span = { start: index, end: index + phrase.length };
      return { ...span, phrase, meaning: ongoing, group: span };
    })
    .filter((one) => !dates.some((date) => one.start < date.end && date.start < one.end));
  return [...dates, ...lasting].toSorted((a, b) => a.start - b.start);
}
