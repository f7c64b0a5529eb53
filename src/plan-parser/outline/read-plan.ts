import type { Block, Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { splitTitle } from './item-title.js';
import { itemLevel, type Numbered, readNumbering } from './numbering.js';
import type { Item, PlanOutline } from './outline.js';
import { readRows } from './read-rows.js';

const annexPointer = /^附[件表]\s{0,3}[一二三四五六七八九十\d]{0,3}\s{0,3}[：:]/;
const annexMark = /^附[件表]\s{0,3}[一二三四五六七八九十\d]{0,3}$/;

/** Most plans number their tasks 1．; some （一）, a few 一、. */
function levelOfItems(blocks: Block[]): number {
  const levels = blocks.map((block) => (block.kind === 'paragraph' ? readNumbering(block.text)?.level : undefined));
  return [itemLevel, itemLevel - 1, itemLevel - 2].find((level) => levels.includes(level)) ?? itemLevel;
}

const withoutSpaces = (text: string) => text.replace(/\s/g, '');
const cleanHeading = (text: string) => withoutSpaces(text).replace(/^[（(]([^（()）]+)[）)]/, '（$1）');

/** Sorts the paragraphs and tables of one plan: headings, items with what belongs to them, annexes, other prose. */
export function readPlan(title: Passage, blocks: Block[]): PlanOutline {
  const reader = new PlanReader(title, levelOfItems(blocks));
  for (const block of blocks) {
    if (block.kind === 'table') reader.addTable(block.rows);
    else reader.addParagraph({ text: block.text, line: block.line });
  }
  return reader.finish();
}

class PlanReader {
  readonly #plan: PlanOutline;
  readonly #levelOfItems: number;
  #headings: { level: number; text: string }[] = [];
  #item: Item | null = null;
  /** Once an annex has begun, its title, empty until it is read. */
  #annex: string | null = null;

  constructor(title: Passage, levelOfItems: number) {
    this.#plan = { title, items: [], rows: [], prose: [], issues: [] };
    this.#levelOfItems = levelOfItems;
  }

  /** Above the ordinary level a number with nothing under it is a heading, not a task. */
  finish(): PlanOutline {
    const items = this.#plan.items.filter((item) => this.#levelOfItems === itemLevel || item.body.length > 0);
    return { ...this.#plan, items };
  }

  addTable(table: Passage[][]): void {
    const { rows, issues } = readRows(table, this.#annex === null ? this.#section() : [this.#annex]);
    this.#plan.rows.push(...rows);
    this.#plan.issues.push(...issues);
    this.#item = null;
  }

  addParagraph(paragraph: Passage): void {
    if (annexMark.test(paragraph.text)) {
      this.#annex = '';
      this.#item = null;
    } else if (annexPointer.test(paragraph.text)) {
      this.#item = null;
    } else if (this.#annex !== null) {
      this.#addToAnnex(paragraph);
    } else {
      this.#addToBody(paragraph);
    }
  }

  #addToAnnex(paragraph: Passage): void {
    if (this.#annex === '') this.#annex = withoutSpaces(paragraph.text);
    else if (readNumbering(paragraph.text)) this.#plan.issues.push(issue('annex-unread', paragraph));
  }

  #addToBody(paragraph: Passage): void {
    const numbered = readNumbering(paragraph.text);
    if (numbered && numbered.level < this.#levelOfItems) this.#openHeading(paragraph, numbered);
    else if (numbered?.level === this.#levelOfItems) this.#openItem(paragraph, numbered);
    else if (this.#item) this.#item.body.push(paragraph);
    else this.#addProse(paragraph);
  }

  #openHeading({ text, line }: Passage, { level }: Numbered): void {
    const stop = text.indexOf('。');
    const heading = cleanHeading(stop === -1 ? text : text.slice(0, stop));
    this.#headings = [...this.#headings.filter((above) => above.level < level), { level, text: heading }];
    this.#item = null;
    const rest = stop === -1 ? '' : text.slice(stop + 1).trim();
    if (rest) this.#addProse({ text: rest, line });
  }

  #openItem({ line }: Passage, { number, rest }: Numbered): void {
    const { title, body } = splitTitle(rest);
    this.#item = { number, section: this.#section(), title, body: body ? [{ text: body, line }] : [], line };
    this.#plan.items.push(this.#item);
  }

  #addProse(paragraph: Passage): void {
    this.#plan.prose.push({ ...paragraph, section: this.#section() });
  }

  #section(): string[] {
    return this.#headings.map((heading) => heading.text);
  }
}
