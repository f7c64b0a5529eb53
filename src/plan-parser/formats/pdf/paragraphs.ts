import { readNumbering } from '../../outline/numbering.js';
import { joinLines, type Line } from './page-text.js';

/** Where lines of prose begin and end on the pages of a document. */
export interface Measure {
  left: number;
  right: number;
  size: number;
}

const mostCommon = (values: number[]) => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
};

export function measureOf(lines: Line[]): Measure {
  const size = mostCommon(lines.map((line) => Math.round(line.size)));
  const long = lines.filter((line) => line.text.length > 15);
  const rights = (long.length > 0 ? long : lines).map((line) => line.right).sort((a, b) => a - b);
  return {
    left: mostCommon((long.length > 0 ? long : lines).map((line) => Math.round(line.left))),
    right: rights[Math.floor(rights.length * 0.9)] ?? 0,
    size,
  };
}

/** 附件 alone or before a colon, 附表2. */
const annexMark = /^附[件表]\s?[一二三四五六七八九十\d]{0,2}\s?(?:[：:]|$)/;
const endsSentence = /[。；：！？）)”]$/;

function isCentred(line: Line, { left, right, size }: Measure): boolean {
  return Math.abs((line.left + line.right) / 2 - (left + right) / 2) < size;
}

/** What cannot be parted at the end of a line: a number, a word, a character with the marks around it. */
const unbroken = /^[（《“〔「【(]*(?:[\dA-Za-z.%-]+(?:[、，][\dA-Za-z.%-]+)*|.)[，。；：、）》”〕！？%]*/u;
const latinWidth = 0.62;

/** Whether a line ends where the next piece of text would not have fitted. */
function isFull(above: Line, below: Line, { right, size }: Measure): boolean {
  const next = unbroken.exec(below.text)?.[0] ?? '';
  const width = [...next].reduce((sum, char) => sum + (char < '\u0100' ? latinWidth : 1), 0);
  return above.right + (Math.min(width, 12) + 0.6) * size > right;
}

/** Whether a line begins a paragraph after the one above it. */
function begins(line: Line, above: Line, measure: Measure): boolean {
  const { left, right, size } = measure;
  if (Math.abs(line.size - above.size) > 0.15 * size) return true;
  if (!isFull(above, line, measure)) return true;
  if (isCentred(line, measure) && isCentred(above, measure) && line.right < right - size) {
    return endsSentence.test(above.text);
  }
  if (line.left > left + 1.5 * size) return true;
  if (annexMark.test(line.text) || annexMark.test(above.text)) return true;
  return readNumbering(line.text) !== null && endsSentence.test(above.text);
}

/** Joins lines to paragraphs by indentation and length; `first` is the line a paragraph begins with. */
export function paragraphsOf<T extends Line>(lines: T[], measure: Measure): { text: string; first: T }[] {
  const paragraphs: { text: string; first: T }[] = [];
  let above: Line | undefined;
  for (const line of lines) {
    const last = paragraphs.at(-1);
    if (last && above && !begins(line, above, measure)) last.text = joinLines(last.text, line.text);
    else paragraphs.push({ text: line.text, first: line });
    above = line;
  }
  return paragraphs;
}
