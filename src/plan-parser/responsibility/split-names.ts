import type { Role } from '../../domain/responsibility.js';
import { enclosed } from '../text/brackets.js';
import { trimOf } from '../text/trim.js';
import { meaningOf } from './role-verbs.js';
import { isGeneral, levelOf, looksLikeUnit } from './unit-names.js';

export interface Name {
  /** As it stands in the document. */
  written: string;
  /** With the level that the list says only once; the same as `written` until the list is completed. */
  unit: string;
  /** The level said before it in its list. */
  level: string;
  /** A comma stands before it: another system of offices begins. */
  afterComma: boolean;
  /** Said in its own brackets: 县住建局（牵头）. */
  role: Role | null;
}

export interface Names {
  names: Name[];
  /** The list ends with 等. */
  open: boolean;
}

const nobody = new Set(['', '无', '/', '／', '—', '-', '－', '——', '–', '空', '暂无']);
const longestSplit = 120;

/** 等 as a word of its own, not in 高等学校, 平等, 等级. */
const others = /(?<![高中初同平对上下优均])等(?![级待额效])/;
const otherUnits =
  /^[^、，]{0,16}?(?:部门|单位|机构|企业|公司|院校|学校|方面|地区|地方|乡镇|街道|园区|成员|主体|相关方)(?:(?:[和及与、]|以及)(?:[有相]关)?(?:部门|单位|企业|机构))?$/;
const furtherList = /^(?:[^、，]{0,12}?(?:部门|单位|机构|企业))?(?:以及|[和及与])(.+)$/;
const trimmed = (text: string) => trimOf(trimOf(text, stops).replace(/^(?:具体|其中)?(?:并?由|请)?/, ''), stops);
const stops = '、，,；;';

const conjunction = /以及|[和及与](?!其)/;

/** 和 and 及 stand inside names too (人力资源和社会保障局): only between two units do they separate. */
function cutAtConjunctions(name: string): string[] {
  if (name.length > longestSplit) return [name];
  for (const match of name.matchAll(new RegExp(conjunction, 'g'))) {
    const left = name.slice(0, match.index);
    const right = name.slice(match.index + match[0].length);
    const [next = right] = right.split(conjunction);
    if (looksLikeUnit(left) && looksLikeUnit(right) && !isGeneral(next)) return [left, ...cutAtConjunctions(right)];
  }
  return [name];
}

interface Part {
  text: string;
  afterComma: boolean;
}

const separators = '、，,；;/／';
const commas = '，,；;';
/** 某市生态环境局 云溪分局: a branch goes with the office before it. */
const branch = /^[^省市县区州旗盟各]{2,6}(?:分局|支局|分公司|支行|分中心)$/;

/** A space or a line break separates two units and nothing else; it may as well have got into a name. */
function isBreakIn(before: string, after: string): boolean {
  if (branch.test(after)) return true;
  return levelOf(after) === '' && !(looksLikeUnit(before) && looksLikeUnit(after));
}

const place = '(?:县级市|地级市|自治州|街道|[省市县区州旗盟乡镇]{1,2})(?:[（(][^（()）]{1,12}[）)])?';
const places = new RegExp(`^(?:各(?:有关|相关)?|有关|相关)(?:${place}、)*${place}$`);
const furtherPlace = new RegExp(
  `^${place}(?:(?:人民)?政府|党委|党工委|管委会|办事处|行署)*(?:[（(][^（()）]{1,12}[）)])?$|^(?:街道)?办事处$`,
);
const government = /^(?:人民)?政府$/;

/** 各乡镇党委、政府 and 各市、州、县人民政府 are named as one. */
function goesOn(before: string, after: string): boolean {
  if (before.length > longestSplit) return false;
  return (government.test(after) && /党委$/.test(before)) || (places.test(before) && furtherPlace.test(after));
}

function cutList(list: string): Part[] {
  const parts: Part[] = [];
  let afterComma = false;
  for (const stretch of stretchesOf(list)) {
    let text = '';
    for (const piece of stretch.pieces) {
      if (text !== '' && !isBreakIn(text, piece)) {
        parts.push({ text, afterComma });
        text = '';
        afterComma = false;
      }
      text += piece;
    }
    const last = parts.at(-1);
    if (last && !afterComma && goesOn(last.text, text)) last.text += `、${text}`;
    else if (text !== '') parts.push({ text, afterComma });
    afterComma = commas.includes(stretch.stop);
  }
  return parts;
}

/** What stands between two separators, in the pieces that spaces make of it. */
function* stretchesOf(list: string): Generator<{ pieces: string[]; stop: string }> {
  let pieces = [''];
  let at = 0;
  const add = (text: string) => pieces.push((pieces.pop() ?? '') + text);
  for (const closed of [...enclosed(list), { start: list.length, end: list.length }]) {
    for (; at < closed.start; at += 1) {
      const char = list.charAt(at);
      if (separators.includes(char)) {
        yield { pieces, stop: char };
        pieces = [''];
      } else if (/\s/.test(char)) {
        pieces.push('');
      } else {
        add(char);
      }
    }
    add(list.slice(closed.start, closed.end).replace(/\s/g, ''));
    at = closed.end;
  }
  yield { pieces, stop: '' };
}

function readOthers(part: string): { pieces: string[]; open: boolean } {
  const at = depthZeroOthers(part);
  if (at === -1) return { pieces: [part], open: false };
  const before = part.slice(0, at);
  const after = part.slice(at + 1);
  const further = furtherList.exec(after)?.[1];
  if (further !== undefined && !isGeneral(further)) {
    return { pieces: [before, ...readOthers(further).pieces], open: true };
  }
  if (after === '' || otherUnits.test(after)) return { pieces: [before], open: true };
  return { pieces: [part], open: false };
}

function depthZeroOthers(part: string): number {
  const found = others.exec(part);
  if (!found) return -1;
  return enclosed(part).some((span) => span.start < found.index && found.index < span.end) ? -1 : found.index;
}

const roleWords = /^(?:按照?(?:各自)?职责(?:分工)?)?(?:牵头|主办|承办|配合|协办|参与|协助|负责|落实|责任|主责){1,2}$/;
const roleMark = /[（(〔[]([^（()）〔〕[\]]{2,10})[）)〕\]]$/;

function nameOf(text: string, afterComma: boolean): Name {
  const mark = roleMark.exec(text);
  const words = mark?.[1]?.replace(/(?:单位|部门)$/, '') ?? '';
  const role = roleWords.test(words) ? (meaningOf(words)?.role ?? 'implement') : null;
  const written = role === null || !mark ? text : text.slice(0, mark.index);
  return { written, unit: written, level: '', afterComma, role };
}

/** The names of a list in their order, without 等 and what only stands for others. */
export function splitNames(text: string): Names {
  let open = false;
  const names = cutList(trimmed(text)).flatMap((part) => {
    const read = readOthers(part.text);
    open ||= read.open;
    return read.pieces
      .flatMap(cutAtConjunctions)
      .map(trimmed)
      .filter((piece) => !nobody.has(piece))
      .map((piece, order) => nameOf(piece, part.afterComma && order === 0));
  });
  return { names, open };
}
