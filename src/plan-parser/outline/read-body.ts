import type { ImportIssue } from '../../domain/plan-draft.js';
import type { Block, Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { findClauses } from '../responsibility/find-clauses.js';
import { afterHeading, type Entry, headingOf, passagesOf, readEntries, textUnder } from './entries.js';
import { splitTitle } from './item-title.js';
import { itemLevel } from './numbering.js';
import type { Item, Prose } from './outline.js';
import { dutiesOf, headsUnits, isDutyList, listsDutiesByUnit } from './reversed-duties.js';
import { type SectionKind, sectionKind } from './section-kinds.js';
import { mayFrame, taskLevelOf } from './task-level.js';
import { UnitsNamed } from './units-named.js';
import { unnumberedTasks } from './unnumbered-tasks.js';

export interface Body {
  items: Item[];
  prose: Prose[];
  tables: { rows: Passage[][]; section: string[] }[];
  /** At least one task names units. */
  namesUnits: boolean;
  issues: ImportIssue[];
}

interface Place {
  section: string[];
  parent: Passage[];
  kind: SectionKind | null;
}

const withoutSpaces = (text: string) => text.replace(/\s/g, '');
/** A heading as it is shown: （一）工地, whatever the brackets and spaces of the document. */
const shown = (heading: string) => withoutSpaces(heading).replace(/^[（(]([^（()）]+)[）)]/, '（$1）');

const leastProse = 30;
const longestReference = 60;
const generalHeading = /^(?:重点|主要|工作|具体|目标)*(?:任务|内容|措施|工作|举措|安排|清单)(?:分工|清单|表)?$/;
const toAnnex = /见附[件表]|附后/;

/** Sorts the paragraphs and tables of a plan's body into headings, tasks with what belongs to them, and other prose. */
export function readBody(blocks: Block[]): Body {
  const { root, tables, notes } = readEntries(blocks);
  const reader = new BodyReader(root, new Set(tables.map((table) => table.under)));
  const body = reader.read();
  body.prose.push(...closingOf(body.items.at(-1)), ...notes.map((note) => ({ ...note, section: [] })));
  return { ...body, tables: tables.map(({ rows, under }) => ({ rows, section: reader.sectionAbove(under) })) };
}

/** What stands below the last task and speaks to all: 各责任单位要…, 本方案自印发之日起施行. */
const closing =
  /^(?:各[^。，]{1,20}(?:要|应当?|须|请)|请各|本(?:方案|计划|行动计划|要点|清单|通知|办法|措施|意见)(?:自|由|有效期)|(?:以上|上述)(?:各项|任务|工作)|特此通知|联系(?:人|电话))/;

/** 第十条 本措施自印发之日起施行。 */
const ofItself = /^本(?:方案|计划|行动计划|要点|清单|通知|办法|措施|意见|规定)(?:自|由|的解释|有效期)/;

function closingOf(last: Item | undefined): Prose[] {
  const prose: Prose[] = [];
  for (let passage = last?.body.at(-1); last && passage; passage = last.body.at(-1)) {
    const speaksToAll = passage.line > last.line && closing.test(passage.text);
    if (!speaksToAll || findClauses(passage).clauses.length > 0) break;
    last.body.pop();
    prose.unshift({ ...passage, section: [] });
  }
  return prose;
}

class BodyReader {
  readonly #root: Entry;
  readonly #overTables: Set<Entry>;
  readonly #units = new UnitsNamed();
  readonly #level: number;
  readonly #restarts: boolean;
  #unnumbered = 0;
  /** Lists of what each unit does. */
  readonly #duties: { entry: Entry; section: string[] }[] = [];
  readonly #body: Omit<Body, 'tables'> = { items: [], prose: [], namesUnits: false, issues: [] };

  constructor(root: Entry, overTables: Set<Entry>) {
    this.#root = root;
    this.#overTables = overTables;
    this.#level = taskLevelOf(root, this.#units);
    this.#restarts = this.#numbersRestart(root, new Set());
  }

  read(): Omit<Body, 'tables'> {
    this.#addProse(this.#root.own, []);
    this.#readChildren(this.#root, { section: [], parent: [], kind: null });
    const isOnlyList = this.#body.items.length === 0 && this.#overTables.size === 0;
    for (const { entry, section } of this.#duties) {
      this.#body.issues.push(issue(isOnlyList ? 'duties-read' : 'duties-unread', entry, headingOf(entry)));
      if (isOnlyList) this.#body.items.push(...dutiesOf(entry, section, this.#body.items.length));
      else this.#addDuties(entry, section);
    }
    return this.#body;
  }

  #addDuties(entry: Entry, section: string[]): void {
    this.#addProse(entry.own, section);
    for (const child of entry.children) this.#addProseOf(child, section);
  }

  sectionAbove(entry: Entry | null): string[] {
    if (!entry?.parent) return [];
    const above = this.sectionAbove(entry.parent);
    return entry.level < this.#level ? [...above, this.#shownHeading(entry)] : above;
  }

  #readChildren(entry: Entry, place: Place): void {
    if (isDutyList(entry, this.#units)) {
      this.#duties.push({ entry, section: place.section });
      return;
    }
    const leaves = entry.children.filter((child) => !this.#isHeading(child));
    const among = leaves.some((leaf) => leaf.level < this.#level && this.#units.anywhere(leaf));
    for (const child of entry.children) {
      const kind = place.kind ?? this.#kindOf(child);
      if (this.#isHeading(child)) this.#readHeading(child, { ...place, kind });
      else if (this.#addUnnumbered(child, place, kind)) continue;
      else if (child.level < itemLevel && listsDutiesByUnit(child) && !this.#units.inLine(child)) {
        this.#duties.push({ entry: child, section: [...place.section, this.#shownHeading(child)] });
      } else if (this.#isTask(child, kind, among)) this.#addItem(child, place, kind);
      else this.#addUnread(child, place, kind);
    }
  }

  #kindOf(entry: Entry): SectionKind | null {
    return mayFrame(entry) || this.#isHeading(entry) ? sectionKind(headingOf(entry)) : null;
  }

  #readHeading(entry: Entry, place: Place): void {
    const section = [...place.section, this.#shownHeading(entry)];
    this.#addProse([...afterHeading(entry), ...entry.own], section);
    this.#readChildren(entry, { section, parent: this.#parentOf(entry) ?? place.parent, kind: place.kind });
  }

  /** What a heading says of the units of the tasks under it, or that it is their name. */
  #parentOf(entry: Entry): Passage[] | null {
    if (this.#units.in(entry)) return passagesOf(entry);
    return headsUnits(entry) ? [{ text: `责任单位：${headingOf(entry)}`, line: entry.line }] : null;
  }

  /** Numbers above the level of tasks that have some under them. Where tasks restart, a section may go one level down. */
  #isHeading(entry: Entry): boolean {
    if (entry.level < this.#level) return entry.children.some((child) => child.level <= this.#level);
    const finer = this.#restarts && entry.level === this.#level && entry.children.length > 1;
    return finer && this.#units.shareOfChildren(entry) >= 0.5;
  }

  #isTask(entry: Entry, kind: SectionKind | null, amongTasks: boolean): boolean {
    if (this.#units.anywhere(entry)) return true;
    if (kind !== null || this.#onlyHeads(entry) || ofItself.test(entry.rest)) return false;
    return entry.level >= this.#level || amongTasks;
  }

  /** 二、重点任务 over a table, or with nothing but 详见附件 under it. */
  #onlyHeads(entry: Entry): boolean {
    if (entry.level >= itemLevel) return false;
    const under = textUnder(entry)
      .map((passage) => passage.text)
      .join('');
    if (under === '' && (this.#overTables.has(entry) || generalHeading.test(entry.rest))) return true;
    return entry.rest.length + under.length <= longestReference && toAnnex.test(entry.rest + under);
  }

  /** 一、提升产业 over paragraphs without numbers, each with its units. */
  #addUnnumbered(entry: Entry, { section }: Place, kind: SectionKind | null): boolean {
    const found = kind === null ? unnumberedTasks(entry) : null;
    if (!found) return false;
    const below = [...section, this.#shownHeading(entry)];
    this.#addProse(found.before, below);
    if (this.#unnumbered === 0) this.#body.issues.push(issue('items-unnumbered', entry));
    this.#body.namesUnits = true;
    for (const [first, ...others] of found.tasks) {
      if (!first) continue;
      this.#unnumbered += 1;
      const { title, body } = splitTitle(first.text);
      this.#body.items.push({
        number: this.#unnumbered,
        mark: '',
        ordinary: true,
        section: below,
        title,
        body: [...(body ? [{ text: body, line: first.line }] : []), ...others],
        parent: [],
        line: first.line,
      });
    }
    return true;
  }

  #addItem(entry: Entry, { section, parent }: Place, kind: SectionKind | null): void {
    const { number, mark, line, level } = entry;
    const { title, body } = splitTitle(entry.rest);
    this.#body.namesUnits ||= this.#units.anywhere(entry);
    this.#body.items.push({
      number,
      mark,
      ordinary: level === this.#level && kind === null,
      section,
      title,
      body: [...(body ? [{ text: body, line }] : []), ...textUnder(entry)],
      parent,
      line,
    });
  }

  #addUnread(entry: Entry, { section }: Place, kind: SectionKind | null): void {
    this.#addProseOf(entry, section);
    const length = [entry.rest, ...textUnder(entry).map(({ text }) => text)].join('').length;
    if (kind !== null || length < leastProse || this.#onlyHeads(entry)) return;
    this.#body.issues.push(issue('section-unread', entry, headingOf(entry)));
  }

  #addProseOf(entry: Entry, section: string[]): void {
    const under = [...section, this.#shownHeading(entry)];
    this.#addProse([...afterHeading(entry), ...entry.own], under);
    for (const child of entry.children) this.#addProseOf(child, under);
  }

  #addProse(passages: Passage[], section: string[]): void {
    this.#body.prose.push(...passages.map((passage) => ({ ...passage, section })));
  }

  #shownHeading(entry: Entry): string {
    return shown(entry.mark + headingOf(entry));
  }

  #numbersRestart(entry: Entry, seen: Set<number>): boolean {
    return entry.children.some((child) => {
      if (mayFrame(child) && sectionKind(headingOf(child))) return false;
      if (child.level < this.#level) return this.#numbersRestart(child, seen);
      if (child.level > this.#level) return false;
      const again = seen.has(child.number);
      seen.add(child.number);
      return again;
    });
  }
}
