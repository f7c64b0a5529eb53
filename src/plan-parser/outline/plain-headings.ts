import type { Block } from '../blocks.js';
import { findLabels } from '../responsibility/labels.js';
import { itemLevel, readNumbering, sectionLevel } from './numbering.js';

const longest = 30;
const words = /^[\p{Script=Han}“”《》〈〉、（）()\s]{4,}$/u;
const leastHeadings = 2;

/** 责任单位：县财政局、 goes on in the next line. */
const isOpen = (text: string) =>
  /[、，,；;：:（(]$/.test(text) || findLabels(text).some(({ end }) => end === text.length);

/**
 * Short lines without a number that head the numbered tasks below them, in a document that numbers no sections: names of
 * fields or of the units whose tasks follow.
 */
export function plainHeadings(blocks: Block[]): ReadonlySet<Block> {
  const found: Block[] = [];
  for (const [at, block] of blocks.entries()) {
    const next = blocks[at + 1];
    if (block.kind === 'table') continue;
    const level = readNumbering(block.text)?.level;
    if (level !== undefined && level <= sectionLevel) return new Set();
    if (level !== undefined || next?.kind !== 'paragraph') continue;
    if (block.text.length > longest || !words.test(block.text)) continue;
    const below = readNumbering(next.text)?.level ?? 0;
    const above = blocks[at - 1];
    const goesOn = above?.kind === 'paragraph' && isOpen(above.text);
    if (!goesOn && below > sectionLevel && below <= itemLevel) found.push(block);
  }
  return new Set(found.length >= leastHeadings ? found : []);
}
