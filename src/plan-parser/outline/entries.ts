import type { Block, Passage } from '../blocks.js';
import { itemLevel, type Numbered, readGlued, readNumbering, sectionLevel } from './numbering.js';
import { plainHeadings } from './plain-headings.js';

/** A numbered paragraph of any level with what stands under it. The root has level 0 and no number. */
export interface Entry extends Numbered, Passage {
  /** Unnumbered paragraphs before the first child. */
  own: Passage[];
  children: Entry[];
  parent: Entry | null;
}

/** A table and the entry it stands under. */
export interface PlacedTable {
  rows: Passage[][];
  under: Entry;
}

export interface Entries {
  root: Entry;
  tables: PlacedTable[];
  /** Unnumbered paragraphs after a table. */
  notes: Passage[];
}

const entryOf = (numbered: Numbered, { text, line }: Passage, parent: Entry | null): Entry => ({
  ...numbered,
  text,
  line,
  own: [],
  children: [],
  parent,
});

/** 具体措施： before the numbered ones says nothing of its own. */
const leadIn = /(?:^|(?<=[。；）)〕\]】]))\s*(?:具体|主要|重点|工作)?(?:措施|任务|举措|内容)(?:如下)?[：:]$/;

const noteMark = /^(?:备?注|说明|填表说明)\s{0,2}[：:]/;

/** Puts the paragraphs under the numbers they belong to, by level alone; what of it is a task is not decided here. */
export function readEntries(blocks: Block[]): Entries {
  const root = entryOf({ level: 0, number: 0, mark: '', rest: '' }, { text: '', line: blocks[0]?.line ?? 1 }, null);
  const tables: PlacedTable[] = [];
  const notes: Passage[] = [];
  let open = root;
  let afterTable = false;
  let inNote = false;
  let last = 0;
  const headings = plainHeadings(blocks);
  for (const block of blocks) {
    if (block.kind === 'table') {
      tables.push({ rows: block.rows, under: open });
      afterTable = true;
      inNote = false;
      continue;
    }
    const passage = { text: block.text.replace(leadIn, ''), line: block.line };
    const plain = headings.has(block) ? { level: sectionLevel, number: 0, mark: '', rest: passage.text } : null;
    const numbered = plain ?? readNumbering(passage.text) ?? (last > 0 ? readGlued(passage.text, last + 1) : null);
    if (passage.text === '') continue;
    if (numbered && !inNote) {
      let parent = open;
      while (parent.parent && parent.level >= numbered.level) parent = parent.parent;
      open = entryOf(numbered, passage, parent);
      parent.children.push(open);
      if (open.level === itemLevel) last = open.number;
      afterTable = false;
    } else if (afterTable) {
      inNote ||= noteMark.test(passage.text);
      notes.push(passage);
    } else {
      open.own.push(passage);
    }
  }
  return { root, tables, notes };
}

const longestHeading = 40;
/** 总体要求。坚持…, 工作目标：到2025年，… and 工作目标 到2025年，… */
const headingEnd = /。|[：:](?=.)|\s(?=.*[，。])/;

/** The words of a heading: its line up to where text begins. */
export function headingOf({ rest }: Entry): string {
  const end = rest.slice(0, longestHeading + 1).search(headingEnd);
  if (end > 0) return rest.slice(0, end);
  const stop = rest.indexOf('。');
  return stop === -1 ? rest : rest.slice(0, stop);
}

/** What a heading's line says after its words. */
export const afterHeading = (entry: Entry): Passage[] => {
  const text = entry.rest.slice(headingOf(entry).length + 1).trim();
  return text ? [{ text, line: entry.line }] : [];
};

/** The line after the number and the paragraphs that follow, without those of the children. */
export const passagesOf = ({ rest, own, line }: Entry): Passage[] => [{ text: rest, line }, ...own];

/** The paragraphs under an entry, its children's with their numbers. */
export function textUnder(entry: Entry): Passage[] {
  const passages: Passage[] = [];
  const left = [entry];
  for (let next = left.pop(); next; next = left.pop()) {
    if (next !== entry) passages.push({ text: next.text, line: next.line });
    passages.push(...next.own);
    left.push(...next.children.toReversed());
  }
  return passages;
}
