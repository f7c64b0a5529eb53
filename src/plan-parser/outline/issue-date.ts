import { dayOf, daysInMonth, type LocalDate } from '../../domain/local-date.js';
import type { Block, Passage } from '../blocks.js';
import { readNumber } from '../text/chinese-number.js';

const date = '([\\d０-９]{4}|[二〇○零一三四五六七八九]{4})年([^年月]{1,3})月([^月日]{1,3})日';
/** Under the issuer's name, or beside it on one line. */
const signature = new RegExp(`^(?:[^。，；：:]{2,40}(?:政府|办公室|办公厅|委员会|领导小组|指挥部|局|厅|委))?${date}$`);
const bracketed = new RegExp(`^[（(]${date}[）)]$`);
/** In the block of data that a site puts before a document. The day a page was published is another. */
const metadata = /(?:成文|生成|发文|制发|印发)(?:日期|时间)[：:](20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?/;
/** What a page shows where it shows no other: the day it was published. */
const published = /(?:(?:发布|公开|发表|更新)(?:日期|时间)[：:])(20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?/;
const stamp = /^(20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?(?:\d{1,2}[:：]\d{2}){1,2}(?![\d])/;
/** 2024318: a page lost 年月日; 2024111 may be two days. */
const bare = /^(20\d\d)(\d{3,4})$/;
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

function bareDate(passages: Passage[]): LocalDate | null {
  for (const { text } of passages.toReversed()) {
    const [, year, digits] = bare.exec(text.replace(/\s/g, '').slice(0, 9)) ?? [];
    if (year === undefined || digits === undefined) continue;
    const days = [1, 2].flatMap((length) => {
      const [y, m, d] = [Number(year), Number(digits.slice(0, length)), Number(digits.slice(length))];
      const real = m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m) && !/^0/.test(digits.slice(length));
      return real && String(m) + String(d) === digits ? [dayOf(y, m, d)] : [];
    });
    if (days.length === 1) return days[0] ?? null;
  }
  return null;
}

export const isSignature = (block: Block) =>
  block.kind === 'paragraph' && block.text.length <= longest && signature.test(block.text.replace(/\s/g, ''));

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
    lastMatching(afterTitle, bracketed) ??
    lastMatching(everything, metadata) ??
    lastMatching(everything, imprint) ??
    bareDate(notice) ??
    lastMatching(everything, published) ??
    lastMatching(everything, stamp);
  return near && { day: near, assumed: true };
}
