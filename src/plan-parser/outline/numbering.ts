import { readNumber } from '../text/chinese-number.js';

/** 一、 */
export const sectionLevel = 3;
/** The level of an ordinary numbered item, 1．; most plans number their tasks there. */
export const itemLevel = 5;

const numeral = '[一二三四五六七八九十百零〇]{1,5}';
const digits = '[\\d０-９]{1,3}';

/** What may follow 1. although it is a digit: a date (1.2017年10月底前), a hotline (5.12345热线). 1.5倍 is no number. */
const notDecimal = '(?=20\\d\\d年|\\d{1,2}(?:[—–-]\\d{1,2})?月|1\\d{4}(?!\\d)|\\D|$)';

/** From chapter to bullet. */
const marks: { level: number; pattern: RegExp }[] = [
  { level: 1, pattern: new RegExp(`^第(${numeral})(?:[章篇]|部分)\\s*[：:、]?\\s*`) },
  { level: 2, pattern: new RegExp(`^第(${numeral})节\\s*`) },
  { level: sectionLevel, pattern: new RegExp(`^(${numeral})\\s?[、．.]\\s*`) },
  { level: 4, pattern: new RegExp(`^[（(]\\s?(${numeral})\\s?[）)]\\s*、?\\s*`) },
  { level: itemLevel, pattern: new RegExp(`^([\\d０-９]{1,5})\\s{0,2}[．.、]{1,2}${notDecimal}\\s*`) },
  { level: itemLevel, pattern: new RegExp(`^第(${numeral}|${digits})[条项件]\\s*[：:、．.]?\\s*`) },
  {
    level: itemLevel,
    pattern: new RegExp(`^(?:任务|实事|问题|措施|事项|项目)(${numeral}|${digits})\\s?(?:[：:、．.]|\\s(?=\\S))\\s*`),
  },
  { level: 6, pattern: new RegExp(`^[（(]\\s?(${digits})\\s?[）)]\\s*、?\\s*`) },
  { level: 6, pattern: new RegExp(`^(${digits})[）)]\\s*`) },
  { level: 7, pattern: /^([①-⑳])\s*/ },
];

/** Gazettes show a bold number twice: 1 1..散煤. */
const doubled = /^(\d{1,3})\s\1(?=[．.])/;

const readMark = (written: string) => {
  const circled = (written.codePointAt(0) ?? 0) - 0x245f;
  return circled >= 1 && circled <= 20 ? circled : readNumber(written);
};

export interface Numbered {
  level: number;
  number: number;
  /** The number as printed: （十六）, 1．. */
  mark: string;
  /** What follows the number. */
  rest: string;
}

export function readNumbering(paragraph: string): Numbered | null {
  const text = paragraph.replace(doubled, '$1');
  for (const { level, pattern } of marks) {
    const match = pattern.exec(text);
    const number = match?.[1] === undefined ? null : readMark(match[1]);
    if (!match || number === null) continue;
    return { level, number, mark: match[0].trim(), rest: text.slice(match[0].length).trim() };
  }
  return null;
}

const glued = /^(\d{1,3})[．.](?=\d)/;

/** 11.121个… is the eleventh item, and no decimal, where the tenth stands before it. */
export function readGlued(paragraph: string, expected: number): Numbered | null {
  const [mark, number] = glued.exec(paragraph) ?? [];
  if (mark === undefined || Number(number) !== expected) return null;
  return { level: itemLevel, number: expected, mark, rest: paragraph.slice(mark.length) };
}
