import { looksLikeUnit } from '../../responsibility/unit-names.js';
import type { Column } from '../../table-columns.js';

const unitColumns: ReadonlySet<Column | null> = new Set(['lead', 'support', 'implement']);

/** 市生态环境局 / 云溪分局 is one office, broken over two lines; 县住建局 / 县公安局 are two. */
const goesOn = /^[^省市县区州旗各].{0,7}(?:分局|支局|支行|分行|大队|支队|中队|分公司|办公室)$/;
const startsName = /^(?:[省市县区州旗盟乡镇](?![域划级])|各)\p{Script=Han}{2}/u;
const separates = /[、，,；;]/;
const label = /^\p{Script=Han}{2,6}[：:]/u;
const numbered = /^(?:[（(]?[\d一二三四五六七八九十]{1,2}[）).．、](?!\d)|[①-⑳])/u;
const endsSentence = /[。；！？]$/;
const latin = /[A-Za-z0-9,.]$/;

const endsName = (text: string) => looksLikeUnit(text) || text.endsWith('室');

function partsNames(above: string, below: string): boolean {
  if (separates.test(above.at(-1) ?? '') || separates.test(below.charAt(0)) || goesOn.test(below)) return false;
  return endsName(above) && (startsName.test(below) || looksLikeUnit(below));
}

function joint(above: string, below: string, column: Column | null): string {
  if (label.test(below)) return '\n';
  if (unitColumns.has(column)) return partsNames(above, below) ? '\n' : '';
  if (endsSentence.test(above) || numbered.test(below)) return '\n';
  return latin.test(above) && /^[A-Za-z]/.test(below) ? ' ' : '';
}

/** The lines of a cell as one text: most are broken for lack of width, some are paragraphs, or units one to a line. */
export function joinCell(text: string, column: Column | null): string {
  const lines = text.split('\n').flatMap((line) => line.trim() || []);
  let whole = lines[0] ?? '';
  let above = whole;
  for (const below of lines.slice(1)) {
    const between = joint(above, below, column);
    whole += between + below;
    above = between === '' ? above + below : below;
  }
  return whole;
}
