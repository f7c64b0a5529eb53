import type { Block } from '../blocks.js';
import { readTextTable } from './text-table.js';

/** What exporters leave in a text and nobody wrote. */
const furniture = /^\[(?:image|图片)[:：][^\]]{0,80}\]$/;

export function blocksOfText(text: string): Block[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const table = readTextTable(lines, at);
    if (table) {
      blocks.push({ kind: 'table', rows: table.rows, line: at + 1 });
      at = table.next;
      continue;
    }
    const paragraph = (lines[at] ?? '').trim();
    at += 1;
    if (paragraph && !furniture.test(paragraph)) blocks.push({ kind: 'paragraph', text: paragraph, line: at });
  }
  return blocks;
}
