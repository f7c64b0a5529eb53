import type { Block, Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { type Annex, splitAnnexes } from './annexes.js';
import type { PlanOutline } from './outline.js';
import { readBody } from './read-body.js';
import { type Columns, readRows } from './read-rows.js';

/** Sorts the paragraphs and tables of one plan: tasks with what belongs to them, annexes, other prose. */
export function readPlan(title: Passage, blocks: Block[]): PlanOutline {
  const { body, annexes, missing } = splitAnnexes(blocks);
  const reader = new PlanReader(title);
  reader.addBody(body);
  for (const annex of annexes) reader.addAnnex(annex);
  if (reader.plan.rows.length === 0) {
    reader.plan.issues.push(...missing.map((annex) => issue('annex-missing', annex, annex.text)));
  }
  return reader.plan;
}

class PlanReader {
  readonly plan: PlanOutline;
  #columns: Columns | null = null;

  constructor(title: Passage) {
    this.plan = { title, items: [], rows: [], annexItems: [], prose: [], issues: [] };
  }

  addBody(blocks: Block[]): void {
    const { items, prose, tables, issues } = readBody(blocks);
    this.plan.items.push(...items);
    this.plan.prose.push(...prose);
    this.plan.issues.push(...issues);
    for (const { rows, section } of tables) this.#addTable(rows, section);
  }

  /** The numbers of an annex are tasks where they name units. Most annexes hold lists of people, forms and figures. */
  addAnnex({ title, blocks }: Annex): void {
    this.#columns = null;
    const { items, prose, tables, issues, namesUnits } = readBody(blocks);
    const inAnnex = <Part extends { section: string[] }>(part: Part) => ({
      ...part,
      section: [title.text, ...part.section],
    });
    for (const { rows, section } of tables) this.#addTable(rows, [title.text, ...section]);
    this.plan.prose.push(...prose.map(inAnnex));
    if (namesUnits) {
      this.plan.annexItems.push(...items.map(inAnnex));
      this.plan.issues.push(...issues);
    } else if (items.length > 0 || (tables.length === 0 && blocks.length > 0)) {
      this.plan.issues.push(issue('annex-unread', title));
    }
  }

  #addTable(table: Passage[][], section: string[]): void {
    const { rows, notes, issues, columns } = readRows(table, section, this.#columns);
    this.#columns = columns ?? this.#columns;
    this.plan.rows.push(...rows);
    this.plan.prose.push(...notes);
    this.plan.issues.push(...issues);
  }
}
