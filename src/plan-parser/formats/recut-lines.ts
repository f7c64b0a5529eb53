import { namesIn } from '../outline/titles.js';
import { enclosed } from '../text/brackets.js';
import { readNumber } from '../text/chinese-number.js';

/** No paragraph of a plan is as long; a longer one has lost its line breaks. */
const longestParagraph = 1500;
const leastCuts = 4;
/** A heading is no longer; what follows it may begin without a stop before. */
const longestHeading = 40;
const lengthOfNotice = 3000;

const numeral = '[一二三四五六七八九十]{1,3}';
const mark = new RegExp(
  [
    `第(?<chapter>${numeral})[章节](?=[\\s\\p{Script=Han}])`,
    `(?<![第百十零一二三四五六七八九、])(?<heading>${numeral})、(?!${numeral}、)`,
    `[（(](?<section>${numeral})[）)](?![项款目条类])`,
    '(?<![\\d.．%〔第A-Za-z-])(?<item>\\d{1,2})[．.、](?=20\\d\\d年|\\d{1,2}月|[^\\d\\s倍万亿米吨%个])',
    '(?<annex>附\\s?[件表])\\s?\\d{0,2}[：:]',
  ].join('|'),
  'gu',
);

type Kind = 'chapter' | 'heading' | 'section' | 'item' | 'annex';
const kinds: Kind[] = ['chapter', 'heading', 'section', 'item', 'annex'];

const endsSentence = /[。；！？：）)】\]〕”》]\s*$/u;

/** For every position whether it is inside brackets or quotes; the bracket of （一） itself does not count. */
function insideBrackets(text: string): Uint8Array {
  const inside = new Uint8Array(text.length + 1);
  for (const { start, end } of enclosed(text)) {
    if (end - start > 5 || !new RegExp(`^[（(]${numeral}[）)]$`).test(text.slice(start, end)))
      inside.fill(1, start + 1, end);
  }
  return inside;
}

/** The next number, or one a little further: documents skip some. */
const follows = (number: number, last: number) => number > last && number <= last + 3;

/** Where a numbered paragraph begins: its number follows the last of its kind, after a sentence or a bare heading. */
function numberedStarts(text: string, inside: Uint8Array, known: number[]): number[] {
  const starts: number[] = [];
  const last: Record<Kind, number> = { chapter: 0, heading: 0, section: 0, item: 0, annex: 0 };
  const waiting = known.toSorted((a, b) => b - a);
  let cut = 0;
  for (const match of text.matchAll(mark)) {
    const at = match.index;
    while ((waiting.at(-1) ?? Number.POSITIVE_INFINITY) <= at) cut = Math.max(cut, waiting.pop() ?? 0);
    const kind = kinds.find((name) => match.groups?.[name] !== undefined);
    if (!kind || inside[at]) continue;
    const before = text.slice(Math.max(cut, at - longestHeading - 20), at);
    const afterHeading = at - cut <= longestHeading && !/[。；]/.test(before);
    if (at > 0 && !endsSentence.test(before) && !/\s$/.test(before) && !afterHeading) continue;
    const number = kind === 'annex' ? 0 : (readNumber(match.groups?.[kind] ?? '') ?? -1);
    if (kind !== 'annex' && number !== 1 && !follows(number, last[kind])) continue;
    if (kind !== 'annex') last[kind] = number;
    starts.push(at);
    cut = at;
  }
  return starts;
}

/** Where the parts of the notice itself begin: addressees, signature, date, 此件公开发布. */
function noticeStarts(text: string): number[] {
  const head = text.slice(0, lengthOfNotice);
  const starts: number[] = [];
  const add = (pattern: RegExp, ...groups: number[]) => {
    const match = pattern.exec(head);
    if (!match) return;
    let at = match.index;
    const edges = [at, ...match.slice(1).map((part) => (at += part.length))];
    for (const group of groups) starts.push(edges[group] ?? 0);
  };
  add(/(^.{4,30}(?:人民政府|办公室|办公厅|委员会|局)\s*)(关于印发.{4,120}?的?通知)/u, 1, 2);
  add(/([：:]\s*)(?=《|经|现将|为)/u, 1);
  add(/(?<=。)(\s*[^。，]{4,30}(?:人民政府|办公室|办公厅|委员会|局)\s*)(\d{4}年\d{1,2}月\d{1,2}日)(\s*)/u, 0, 1, 2);
  add(/([（(]此件[^（）()]{2,12}[）)])()/u, 0, 1);
  return starts;
}

/** Before and after the title of each plan that the notice names; a longer title that begins with it is another. */
function titleStarts(text: string, inside: Uint8Array): number[] {
  const names = namesIn(text.slice(0, lengthOfNotice)).filter((name) => name.length >= 6);
  return [...new Set(names)].flatMap((name) => {
    const starts: number[] = [];
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
      const end = at + name.length;
      const isWhole = !/^(?:的|》|措施|任务|重点|责任|分解|清单|附表)/.test(text.slice(end, end + 2));
      if (!inside[at] && isWhole) starts.push(at, end);
    }
    return starts;
  });
}

/** 附件：甲表附件甲表: the pointer at the end of the plan, the mark, and the title of the annex. */
function annexStarts(text: string): number[] {
  const annex = /附\s?件[：:]\s?([^：:。]{4,60}?)\s?(附\s?件\s?)\1/gu;
  return [...text.matchAll(annex)].flatMap(({ index, 0: whole, 1: title = '', 2: marked = '' }) => {
    const end = index + whole.length;
    return [index, end - title.length - marked.length, end - title.length, end];
  });
}

/** After a responsibility clause that closes a sentence; an item may have a second paragraph with its own. */
function clauseEnds(text: string): number[] {
  const clause =
    /。[（〔[][^（）〔〕[\]。]{2,200}(?:牵头|负责|配合|落实|参与|协办|承办)[^（）〔〕[\]。]{0,60}[）〕\]](?=\s{0,4}\p{Script=Han})/gu;
  return [...text.matchAll(clause)].map((match) => match.index + match[0].length);
}

/** After a heading that nearly every plan has; others run into their text, and where they end cannot be told. */
const usualHeading = new RegExp(
  `^(?:${numeral}、|[（(]${numeral}[）)])\\s*(?:总体要求|指导思想|基本原则|(?:总体|主要|工作|行动|治理|整治)目标|(?:重点|主要|工作)任务|` +
    '保障措施|工作要求|(?:加强|强化)?组织领导)(?![和与及、，。：:（(的])',
);

function afterHeading(piece: string): string[] {
  const heading = usualHeading.exec(piece)?.[0] ?? '';
  const rest = piece.slice(heading.length).trim();
  return heading === '' || rest === '' ? [piece] : [heading.trim(), rest];
}

/** Cuts a text that lost its line breaks where its parts and numbered paragraphs begin; `null` where it is a paragraph. */
export function recutLine(text: string): string[] | null {
  if (text.length <= longestParagraph) return null;
  const inside = insideBrackets(text);
  const parts = [...noticeStarts(text), ...titleStarts(text, inside), ...annexStarts(text), ...clauseEnds(text)];
  const numbered = numberedStarts(text, inside, parts);
  if (numbered.length < leastCuts) return null;
  const starts = [0, ...parts, ...numbered, text.length];
  const edges = [...new Set(starts)].sort((a, b) => a - b);
  return edges.slice(1).flatMap((end, at) => {
    const piece = text.slice(edges[at], end).trim();
    return piece ? afterHeading(piece) : [];
  });
}
