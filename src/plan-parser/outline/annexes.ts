import type { Block, Passage } from '../blocks.js';
import { likeness } from '../text/bigrams.js';
import { readNumbering } from './numbering.js';

export interface Annex {
  title: Passage;
  blocks: Block[];
}

const name = '附\\s{0,2}(?:[件表录]|图)';
const number = '(?:\\s{0,2}[一二三四五六七八九十\\d０-９]{1,3}(?:[-－—][\\d０-９]{1,2})?)';
/** 附件, 附件1, 附件： on a line of its own. */
const mark = new RegExp(`^${name}${number}?\\s{0,2}[：:]?$`);
/** 附件：云溪县任务表, 附表1．任务表, 附：名单 */
const pointer = new RegExp(`^(?:${name}${number}?|附)\\s{0,2}[：:]\\s{0,4}(.{1,200})$`);
/** 附件1 云溪县任务表 */
const titled = new RegExp(`^${name}${number}[\\s．.、]{1,4}([^。；，]{2,60})$`);
const order = /^[\d０-９]{1,2}\s?[．.、]\s*/;

const fileName = /\.(?:docx?|xlsx?|pdf|wps|et|zip|rar)$/i;
const namesTasks = /(?:任务|责任|分工|分解|整改|实事|措施|台账)[^，。；]{0,12}$/;

const namesPeople = /名单|花名册|通讯录|联络|联系|成员|机构|略）?$/;

const alike = 0.85;
const mostPointers = 20;
const shortestName = 4;
const longestTitle = 60;
const mostTitleLines = 3;

const bare = (text: string) => text.replace(/\s/g, '').replace(order, '');

/** Parts a plan's body from its annexes. 附件：… at the end of the body only points to them. */
export function splitAnnexes(blocks: Block[]): { body: Block[]; annexes: Annex[]; missing: Passage[] } {
  const splitter = new AnnexSplitter();
  blocks.forEach((block, at) => {
    splitter.add(block, blocks[at + 1]);
  });
  const annexes = splitter.annexes.map(withTitle);
  return { body: splitter.body, annexes, missing: annexes.length === 0 ? splitter.announced : [] };
}

const titleOnLine = (text: string) => titled.exec(text)?.[1] ?? pointer.exec(text)?.[1] ?? null;

/** What a line such as 附件1 云溪县任务表 begins when it is not one of a list of such lines. */
function startsAnnex(text: string, next: Block | undefined): boolean {
  if (!next || next.kind === 'table') return next !== undefined;
  return titled.test(text) && !mark.test(next.text) && titleOnLine(next.text) === null;
}

interface Part {
  mark: Passage;
  /** The title that stands on the line of the mark, or was announced by a pointer. */
  title: string;
  pointed: string[];
  blocks: Block[];
}

class AnnexSplitter {
  readonly body: Block[] = [];
  readonly annexes: Part[] = [];
  /** Lists of tasks among the annexes that the body points to. */
  readonly announced: Passage[] = [];
  readonly #pointed: string[] = [];
  /** The number that the next line of a list of annexes has. */
  #listed = 0;

  add(block: Block, next: Block | undefined): void {
    if (block.kind === 'table') this.#keep(block);
    else if (!this.#continuesList(block)) this.#addParagraph(block, next);
  }

  #addParagraph(block: Block & { kind: 'paragraph' }, next: Block | undefined): void {
    const { text } = block;
    const onLine = titleOnLine(text);
    if (mark.test(text)) this.#open(block, '');
    else if (onLine !== null && (this.#isPointedTo(onLine) || startsAnnex(text, next))) this.#open(block, onLine);
    else if (onLine !== null) this.#point({ ...block, text: onLine });
    else if (this.annexes.length === 0 && this.#isPointedTo(text)) this.#open(block, text);
    else this.#keep(block);
  }

  #open({ text, line }: Passage, title: string): void {
    this.annexes.push({ mark: { text, line }, title, pointed: this.#pointed, blocks: [] });
    this.#listed = 0;
  }

  #point({ text: title, line }: Passage): void {
    const name = bare(title).replace(fileName, '');
    if (this.#pointed.length < mostPointers) {
      this.#pointed.push(name);
      if (namesTasks.test(name) && !namesPeople.test(name)) this.announced.push({ text: name, line });
    }
    this.#listed = order.test(title.trim()) ? (readNumbering(title.trim())?.number ?? 0) + 1 : 0;
  }

  /** 2．… after 附件：1．… is no task. */
  #continuesList({ text, line }: Passage): boolean {
    if (this.#listed === 0 || text.length > longestTitle || /[。；]/.test(text)) return false;
    if (readNumbering(text)?.number !== this.#listed || !order.test(text)) return false;
    this.#point({ text, line });
    return true;
  }

  #isPointedTo(title: string): boolean {
    const name = bare(title);
    if (name.length < shortestName || name.length > longestTitle) return false;
    return this.#pointed.some((pointed) => likeness(pointed, name) >= alike);
  }

  #keep(block: Block): void {
    const blocks = this.annexes.at(-1)?.blocks ?? this.body;
    blocks.push(block);
  }
}

const unfinished = /(?:[、和及与]|\d年)$/;
const ended =
  /(?:表|清单|名单|台账|方案|计划|要点|办法|目录|细则|标准|指南|制度|分工|情况|说明|图|册)(?:[（(][^（）()]{1,12}[）)])?$/;

/** The title of an annex stands after its mark, often broken over lines. */
function withTitle({ mark, title, pointed, blocks }: Part): Annex {
  if (title) return { title: { text: bare(title), line: mark.line }, blocks };
  let text = '';
  let lines = 0;
  for (const block of blocks.slice(0, mostTitleLines)) {
    if (block.kind === 'table' || readNumbering(block.text) || block.text.length > longestTitle) break;
    if (/[。；：]$/.test(block.text) || (text !== '' && isWhole(text, pointed))) break;
    text += bare(block.text);
    lines += 1;
  }
  return { title: { text: text || bare(mark.text), line: blocks[0]?.line ?? mark.line }, blocks: blocks.slice(lines) };
}

function isWhole(title: string, pointed: string[]): boolean {
  if (unfinished.test(title)) return false;
  return ended.test(title) || pointed.includes(title);
}
