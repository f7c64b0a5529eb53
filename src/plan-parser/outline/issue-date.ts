import { dayOf, daysInMonth, type LocalDate } from '../../domain/local-date.js';
import type { Passage } from '../blocks.js';
import { readNumber } from '../text/chinese-number.js';

const standingAlone = /^([\d０-９]{4}|[二〇○零一三四五六七八九]{4})年([^年月]{1,3})月([^月日]{1,3})日$/;
const yearDigits = '〇一二三四五六七八九';

function readYear(written: string): number {
  const digits = [...written.normalize('NFKC').replace(/[○零]/g, '〇')];
  return Number(digits.map((digit) => (yearDigits.includes(digit) ? yearDigits.indexOf(digit) : digit)).join(''));
}

/** The last date that stands on a line of its own: the one under the issuer's name. */
export function issueDateIn(paragraphs: Passage[]): LocalDate | null {
  for (const { text } of paragraphs.toReversed()) {
    const [, year, month, day] = standingAlone.exec(text.replace(/\s/g, '')) ?? [];
    if (year === undefined || month === undefined || day === undefined) continue;
    const [y, m, d] = [readYear(year), readNumber(month), readNumber(day)];
    if (m !== null && d !== null && m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m)) return dayOf(y, m, d);
  }
  return null;
}
