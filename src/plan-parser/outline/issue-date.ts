import { dayOf, daysInMonth, type LocalDate } from '../../domain/local-date.js';
import type { Passage } from '../blocks.js';
import { readNumber } from '../text/chinese-number.js';

const date = '([\\d０-９]{4}|[二〇○零一三四五六七八九]{4})年([^年月]{1,3})月([^月日]{1,3})日';
/** Under the issuer's name, or beside it on one line. */
const signature = new RegExp(`^(?:[^。，；：:]{2,40}(?:政府|办公室|办公厅|委员会|领导小组|指挥部|局|厅|委))?${date}$`);
const bracketed = new RegExp(`^[（(]${date}[）)]$`);
/** In the block of data that a site puts before a document. The day a page was published is another. */
const metadata = /(?:成文|生成|发文|制发|印发)(?:日期|时间)[：:](20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?/;
const imprint = new RegExp(`${date}印发?$`);
const yearDigits = '〇一二三四五六七八九';
const longest = 200;

function readYear(written: string): number {
  const digits = [...written.normalize('NFKC').replace(/[○零]/g, '〇')];
  return Number(digits.map((digit) => (yearDigits.includes(digit) ? yearDigits.indexOf(digit) : digit)).join(''));
}

function lastMatching(passages: Passage[], pattern: RegExp): LocalDate | null {
  for (const { text } of passages.toReversed()) {
    if (text.length > longest) continue;
    const [, year, month, day] = pattern.exec(text.replace(/\s/g, '')) ?? [];
    if (year === undefined || month === undefined || day === undefined) continue;
    const [y, m, d] = [readYear(year), readNumber(month), readNumber(day)];
    if (m !== null && d !== null && m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m)) return dayOf(y, m, d);
  }
  return null;
}

export interface IssueDate {
  day: LocalDate;
  /** Not the date under the issuer's name. */
  assumed: boolean;
}

/** The date under the issuer's name in the notice, else at the end of the document, else what comes nearest. */
export function issueDateOf(notice: Passage[], afterTitle: Passage[], everything: Passage[]): IssueDate | null {
  const signed = lastMatching(notice, signature) ?? lastMatching(everything, signature);
  if (signed) return { day: signed, assumed: false };
  const near =
    lastMatching(afterTitle, bracketed) ?? lastMatching(everything, metadata) ?? lastMatching(everything, imprint);
  return near && { day: near, assumed: true };
}
