import { readNumber } from '../text/chinese-number.js';

/** The level of an ordinary numbered item, 1．; most plans number their tasks there. */
export const itemLevel = 5;

const numeral = '[一二三四五六七八九十百零〇]{1,5}';

/** From chapter to bullet. A number glued to a date (1.2017年10月底前) is a number; one glued to digits (1.5倍) is not. */
const marks: { level: number; pattern: RegExp }[] = [
  { level: 1, pattern: new RegExp(`^第(${numeral})[章篇]\\s*`) },
  { level: 2, pattern: new RegExp(`^第(${numeral})节\\s*`) },
  { level: 3, pattern: new RegExp(`^(${numeral})、\\s*`) },
  { level: 4, pattern: new RegExp(`^[（(](${numeral})[）)]\\s*`) },
  { level: itemLevel, pattern: /^([\d０-９]{1,3})\s{0,2}[．.、](?=20\d\d年|\d{1,2}(?:[—–-]\d{1,2})?月|\D|$)\s*/ },
  { level: 6, pattern: /^[（(]([\d０-９]{1,3})[）)]\s*/ },
];

export interface Numbered {
  level: number;
  number: number;
  /** What follows the number. */
  rest: string;
}

export function readNumbering(paragraph: string): Numbered | null {
  for (const { level, pattern } of marks) {
    const match = pattern.exec(paragraph);
    const number = match?.[1] === undefined ? null : readNumber(match[1]);
    if (match && number !== null) return { level, number, rest: paragraph.slice(match[0].length).trim() };
  }
  return null;
}
