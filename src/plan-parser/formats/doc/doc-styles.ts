import type { WordFile } from './file-information.js';
import { type Properties, readProperties } from './properties.js';

export interface DocStyle {
  basedOn: number | null;
  properties: Properties;
  isTableOfContents: boolean;
}

const noStyle = 0xfff;
const paragraphStyle = 1;
/** The built-in styles toc 1 … toc 9. */
const firstContents = 19;
const lastContents = 27;

/** The paragraph styles of the style sheet ([MS-DOC] 2.4.6.5), by their number. */
export function readDocStyles({ table, places }: WordFile): (DocStyle | undefined)[] {
  const { at, bytes } = places.styles;
  if (bytes < 4) return [];
  const end = at + bytes;
  const headBytes = table.getUint16(at, true);
  const baseBytes = table.getUint16(at + 4, true);
  const styles: (DocStyle | undefined)[] = [];
  let next = at + 2 + headBytes;
  while (next + 2 <= end) {
    const length = table.getUint16(next, true);
    styles.push(length > baseBytes ? readStyle(table, next + 2, baseBytes) : undefined);
    next += 2 + length + (length % 2);
  }
  return styles;
}

function readStyle(table: DataView, at: number, baseBytes: number): DocStyle | undefined {
  const kind = table.getUint16(at + 2, true);
  if ((kind & 0x0f) !== paragraphStyle) return undefined;
  const builtIn = table.getUint16(at, true) & 0x0fff;
  const nameLength = table.getUint16(at + baseBytes, true);
  const formatting = at + baseBytes + 2 + nameLength * 2 + 2;
  const bytes = table.getUint16(formatting, true);
  return {
    basedOn: kind >> 4 === noStyle ? null : kind >> 4,
    properties: readProperties(table, formatting + 4, formatting + 2 + bytes),
    isTableOfContents: builtIn >= firstContents && builtIn <= lastContents,
  };
}

const longestChain = 20;

export function styleChain(styles: (DocStyle | undefined)[], style: number): DocStyle[] {
  const chain: DocStyle[] = [];
  let at: number | null = style;
  while (at !== null && chain.length < longestChain) {
    const found: DocStyle | undefined = styles[at];
    if (!found) break;
    chain.push(found);
    at = found.basedOn;
  }
  return chain;
}
