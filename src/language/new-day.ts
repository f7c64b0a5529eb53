import type { LocalDate } from '../domain/local-date.js';
import { readAmount } from './counted-words.js';
import { readRange } from './ranges.js';

export interface NewDay {
  start: number;
  end: number;
  /** As typed. */
  words: string;
  /** The day by the one that holds now: 延期15天 is counted from it, 延期到10月15日 is not. */
  from(due: LocalDate): LocalDate;
}

export type NewDayMention = NewDay | { problem: string };

const lead = /^[\s,，、:：]*(?:申请)?(?:延期|延长|推迟|顺延|调整|改|延)?(?:[到至]|为)?\s*/;
const mark = /(?:延期?|延长|推迟|顺延|调整|改)(?:[到至]|为)\s*/g;

/** The day that is asked for: first of all words, or after 延到 further on. What else looks like a day is left alone. */
export function readNewDay(text: string, today: LocalDate): NewDayMention | null {
  const first = lead.exec(text)?.[0].length ?? 0;
  const atStart = dayAt(text, first, today);
  if (atStart) return atStart;
  for (const found of text.matchAll(mark)) {
    const day = dayAt(text, found.index + found[0].length, today);
    if (day) return 'problem' in day ? day : { ...day, start: found.index, words: text.slice(found.index, day.end) };
  }
  return null;
}

function dayAt(text: string, at: number, today: LocalDate): NewDayMention | null {
  const rest = text.slice(at, at + 40);
  const amount = readAmount(rest);
  const upTo = (end: number) => ({ start: 0, end: at + end, words: text.slice(0, at + end).trim() });
  if (amount) return { ...upTo(amount.end), from: amount.after };
  const range = readRange(rest, today);
  if (!range || range.start > 0 || range.kind === 'overdue') return null;
  if (range.kind === 'problem') return range;
  const { to } = range.range;
  return { ...upTo(range.end), from: () => to };
}
