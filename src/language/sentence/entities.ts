import type { LocalDate } from '../../domain/local-date.js';
import type { UnitId } from '../../domain/unit.js';
import { type CodeMention, readCodes } from '../codes.js';
import type { Lexicon } from '../lexicon.js';
import { readNumber } from '../numbers.js';
import { readRange } from '../ranges.js';
import { findUnits, type UnitMention } from '../units.js';
import type { SentenceWords } from './sentence-words.js';

interface Span {
  start: number;
  end: number;
}

/** What a sentence names of the ledger, and where. */
export interface Entities {
  codes: CodeMention[];
  /** The code as it was heard: 七三 for 气-3. */
  heard: { typed: string; code: string } | null;
  units: UnitMention[];
  /** The words of the first time that is named. */
  range: (Span & { typed: string; overdue: boolean; problem: string | null }) | null;
  /** The prefix of the plan that is named. */
  plan: (Span & { prefix: string; name: string; bare: boolean }) | null;
  /** 第3项 without its plan, where several plans have one. */
  item: (Span & { number: number }) | null;
}

/** The text with what was read blanked, so that positions stay. */
export class Unread {
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  take({ start, end }: Span): void {
    this.text = this.text.slice(0, start) + blank.repeat(end - start) + this.text.slice(end);
  }
}

/** Stands for what was read: no word and no number holds it. */
export const blank = '\u0000';

/** Codes, units, times and plans in a normalised text; `unread` is left with the rest. */
export function findEntities(unread: Unread, lexicon: Lexicon, words: SentenceWords, today: LocalDate): Entities {
  const units = findUnits(unread.text, lexicon.units);
  for (const unit of units) unread.take(unit);
  const { text } = unread;
  let codes = readCodes(text, lexicon.plans);
  let heard: Entities['heard'] = null;
  if (codes.length === 0) {
    const mistaken = hearCode(text, lexicon, words);
    if (mistaken) ({ heard, codes } = mistaken);
  }
  for (const code of codes) unread.take(code);
  const plan = findPlan(unread.text, lexicon);
  if (plan) unread.take(plan);
  const annexed = codes.length === 0 ? findAnnexRow(unread.text, lexicon) : null;
  if (annexed) {
    codes = [annexed];
    unread.take(annexed);
  }
  const item = codes.length === 0 ? findItem(unread.text) : null;
  if (item && plan) {
    codes = [{ year: null, code: `${plan.prefix}-${item.number}`, milestone: null, through: null, ...spanOf(item) }];
  }
  if (item) unread.take(item);
  const range = findRange(unread.text, today);
  if (range) unread.take(range);
  return { codes, heard, units, range, plan, item: item && codes.length === 0 ? item : null };
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });

function findRange(text: string, today: LocalDate): Entities['range'] {
  const found = readRange(text.replaceAll(blank, '，'), today);
  // 几月底前 asks for the day and names none.
  if (!found || /[几哪]个?$/u.test(text.slice(0, found.start))) return null;
  const { start, end } = found;
  const problem = found.kind === 'problem' ? found.problem : null;
  return { start, end, typed: text.slice(start, end), overdue: found.kind === 'overdue', problem };
}

const genre =
  /^(?:环境|污染防治|质量)?(?:再提升|持续改善)?(?:\d{4}年)?(?:行动|工作|攻坚|实施)?(?:计划|方案)?(?:类|口|这边|这块)?》?(?:里面?|中)?的?/u;
const oneCharacter = /^(?:行动|工作|攻坚)?(?:计划|方案|类)(?:里面?|中)?的?/u;

/** 地下水 and 大气方案; a prefix by itself only before 方案 or 计划, since 水 is a part of many words. */
function findPlan(text: string, { planNames }: Lexicon): Entities['plan'] {
  for (const { prefix, name } of planNames) {
    const start = text.indexOf(name);
    if (start < 0) continue;
    const after = text.slice(start + name.length, start + name.length + 40);
    const form = name.length > 1 ? genre.exec(after) : oneCharacter.exec(after);
    if (!form) continue;
    const opening = text.lastIndexOf('《', start);
    const titled = opening >= 0 && start - opening < 30 && form[0].includes('》');
    const bare = !/[计划方案类口》]/u.test(form[0]);
    return { prefix, name, bare, start: titled ? opening : start, end: start + name.length + form[0].length };
  }
  return null;
}

/** 附件11项 and 附11, where one plan has an annex. */
function findAnnexRow(text: string, { plans }: Lexicon): CodeMention | null {
  const [plan, ...others] = plans.filter(({ hasAnnex }) => hasAnnex);
  const found = /附(?:[件表] ?(\d{1,3}|[一二三四五六七八九十]{1,3}) ?[项条号]|(\d{1,3})(?![\d.]))/u.exec(text);
  const number = readNumber(found?.[1] ?? found?.[2] ?? '');
  if (!plan || others.length > 0 || !found || number === null) return null;
  const [start, end] = [found.index, found.index + found[0].length];
  return { year: null, code: `${plan.prefix}附-${number}`, milestone: null, through: null, start, end };
}

const ordinal =
  /第 ?(\d{1,3}|[一二三四五六七八九十]{1,3}) ?(?:[项条款](?!件)(?:任务)?|[个号]任务|(?=[谁归由牵配负]|是谁))/u;

function findItem(text: string): Entities['item'] {
  const found = ordinal.exec(text);
  const number = readNumber(found?.[1] ?? '');
  if (!found || number === null || number === 0) return null;
  return { number, start: found.index, end: found.index + found[0].length };
}

/** 七三: a plan's prefix as dictation writes it, before a number and where a sentence or a name begins. */
function hearCode(text: string, lexicon: Lexicon, { sounds }: SentenceWords): Pick<Entities, 'codes' | 'heard'> | null {
  for (const { typed, plan } of sounds.plans) {
    if (!lexicon.plans.some(({ prefix }) => prefix === plan)) continue;
    const at = text.indexOf(typed);
    if (at < 0 || (at > 0 && /[\p{Script=Han}\d]/u.test(text.charAt(at - 1)))) continue;
    const meant = text.slice(0, at) + plan + text.slice(at + typed.length);
    const [code] = readCodes(meant, lexicon.plans);
    if (code?.start !== at || typed.length !== plan.length) continue;
    return { codes: [code], heard: { typed: text.slice(code.start, code.end), code: code.code } };
  }
  return null;
}

export const isBare = ({ text }: { text: string }): boolean =>
  !/(?:局|委|办|室|镇|乡|府|队|心|司|区|院|厅|会|站|所|部门|单位)$/u.test(text);

export const unitIdOf = (mention: UnitMention): UnitId | null => (mention.kind === 'unit' ? mention.id : null);
