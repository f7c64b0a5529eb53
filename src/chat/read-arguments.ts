import type { z } from 'zod';
import type { LocalDate } from '../domain/local-date.js';
import { type Role, roleNames } from '../domain/responsibility.js';
import type { UnitId } from '../domain/unit.js';
import type { WorkStatus } from '../domain/work-status.js';
import { BotError } from '../errors.js';
import { type CodeMention, readCodes } from '../language/codes.js';
import { leadingCodes } from '../language/leading-codes.js';
import type { Lexicon } from '../language/lexicon.js';
import { readNewDay } from '../language/new-day.js';
import { readNumber } from '../language/numbers.js';
import { readPercentAfter } from '../language/percent.js';
import { readRange } from '../language/ranges.js';
import { findUnits, type UnitMention } from '../language/units.js';
import { type ArgumentKind, kindRead } from './arguments.js';
import type { Command } from './command.js';
import { TypedText } from './typed-text.js';

export interface Reading {
  lexicon: Lexicon;
  today: LocalDate;
  /** The unit of whoever speaks: 我们局. */
  unit: UnitId | null;
}

export const noUnitYet = '你还没有登记单位。发“/join 单位名”申请当联络员，如：/join 县水利局';

/** Reads the words after a command's name. Throws a refusal that shows the pattern to follow. */
export function readArguments(command: Command, typed: string, reading: Reading): Record<string, unknown> {
  const text = new TypedText(typed);
  const kinds = Object.entries(command.args.shape).map(([key, schema]) => ({ key, kind: kindRead(schema) }));
  const takes = (wanted: ArgumentKind) => kinds.some(({ kind }) => kind === wanted);
  const [takesWords, takesCodes] = [takes('words'), takes('codes')];
  const values: Record<string, unknown> = {};
  for (const { key, kind } of kinds) {
    const value = kind === null ? undefined : readers[kind](text, reading, { takesWords, takesCodes });
    if (value !== undefined) values[key] = value;
  }
  const rest = text.left.replace(fillers, '').trim();
  if (!takesWords && rest !== '') throw notUnderstood(command, rest);
  const parsed = command.args.safeParse(values);
  if (!parsed.success) throw missing(command, parsed.error.issues[0]?.path[0], kinds);
  return parsed.data;
}

/** Whether the words after the command are all understood; whom it refuses for another reason has been understood, too. */
export function isStrict(command: Command, typed: string, reading: Reading): boolean {
  try {
    const { length } = Object.keys(readArguments(command, typed, reading));
    const kinds = Object.values(command.args.shape).map(kindRead);
    // Where words may stand beside codes they say something that the command would pass over.
    return command.writes !== false || length < 2 || !(kinds.includes('words') && kinds.includes('codes'));
  } catch (error) {
    if (error instanceof BotError) return error.code !== 'invalid';
    throw error;
  }
}

/** Whether a task has to be named and is not, or nothing at all is typed where one may be. */
export function lacksCode(command: Command, typed: string, { lexicon }: Reading): boolean {
  const [codes] = Object.values(command.args.shape).filter((schema) => kindRead(schema) === 'codes');
  if (!codes || readCodes(new TypedText(typed).left, lexicon.plans).length > 0) return false;
  return typed.trim() === '' || !(codes as z.ZodType).safeParse(undefined).success;
}

// Words that carry nothing where the arguments are all understood.
const fillers =
  /[\s,，.。、;；:：?？!！]|请问|请|查一?下|看一?下|有?哪些|有?什么|有啥|任务|的|了|吗|呢|啊|吧|有|是|列出|全部/gu;

type Reader = (text: TypedText, reading: Reading, command: { takesWords: boolean; takesCodes: boolean }) => unknown;

const readers: Record<ArgumentKind, Reader> = {
  codes: (text, { lexicon }, { takesWords }) => {
    const found = readCodes(text.left, lexicon.plans);
    const mentions = takesWords ? leadingCodes(text.left, found) : found;
    for (const mention of mentions) text.take(mention);
    const codes = mentions.flatMap(codesOfRange);
    if (codes.length > maxCodes) {
      throw new BotError('invalid', `一次最多${maxCodes}项，这里有${codes.length}项。请分几次发。`);
    }
    return codes.length > 0 ? codes : undefined;
  },
  range: (text, { today }) => {
    const found = readRange(text.left, today);
    if (found === null) return everything(text);
    if (found.kind === 'problem') throw new BotError('invalid', found.problem);
    text.take(found);
    return found;
  },
  unit: (text, { lexicon, unit }, { takesWords, takesCodes }) => {
    const isMeant = (one: { start: number; end: number }) =>
      !(takesWords && takesCodes) || isBesideCodes(text.left, one, lexicon);
    const [found] = findUnits(text.left, lexicon.units).filter(isMeant);
    const own = found ? null : ownUnit.exec(text.left);
    const place = own && { start: own.index, end: own.index + own[0].length };
    if (place && isMeant(place)) {
      if (unit === null) throw new BotError('forbidden', noUnitYet);
      text.take(place);
      return unit;
    }
    if (!found) return undefined;
    if (found.kind === 'ambiguous') throw ambiguous(found, lexicon);
    text.take(found);
    return found.id;
  },
  units: (text, { lexicon }) => {
    const ids: UnitId[] = [];
    for (;;) {
      const [found] = findUnits(text.left, lexicon.units);
      if (!found || !/^[\s、,，和及与]*$/u.test(text.left.slice(0, found.start))) break;
      if (found.kind === 'ambiguous') throw ambiguous(found, lexicon);
      text.take(found);
      ids.push(found.id);
    }
    return ids.length > 0 ? [...new Set(ids)] : undefined;
  },
  plan: (text, { lexicon }) => {
    for (const { prefix, name } of lexicon.planNames) {
      const start = text.left.indexOf(name);
      if (start < 0) continue;
      const after = /^(?:行动)?(?:计划|方案|类)?/.exec(text.left.slice(start + name.length))?.[0] ?? '';
      text.take({ start, end: start + name.length + after.length });
      return prefix;
    }
    return undefined;
  },
  status: (text) => {
    for (const [pattern, status] of statusWords) {
      const found = pattern.exec(text.left);
      if (!found) continue;
      text.take({ start: found.index, end: found.index + found[0].length });
      return status;
    }
    return undefined;
  },
  role: (text) => {
    const found = /牵头|配合|负责/.exec(text.left);
    if (!found) return undefined;
    text.take({ start: found.index, end: found.index + found[0].length });
    return roleOf[found[0]];
  },
  percent: (text) => {
    const start = text.left.length - text.left.trimStart().length;
    const found = readPercentAfter(text.left.slice(start));
    if (!found) return undefined;
    if (found.start === 0) text.take({ start, end: start + found.end });
    return found.percent;
  },
  page: (text) => {
    const found = /第? ?(-?\d{1,3}|[〇零一二三四五六七八九十]{1,3}) ?页/.exec(text.left);
    if (!found) return undefined;
    text.take({ start: found.index, end: found.index + found[0].length });
    const [, typed = ''] = found;
    const page = typed.startsWith('-') ? 0 : (readNumber(typed) ?? 0);
    if (page < 1) throw new BotError('invalid', '页码从1开始，如“第1页”。');
    return page;
  },
  period: (text, { today }) => {
    const found = /^[\s,，]*(?:的)?(第?[一二三四1-4]季度?|[上下]半年|\d{1,2}月份?)(?=[\s,，到至延])/.exec(text.left);
    const [whole = '', typed = ''] = found ?? [];
    if (typed === '' || readNewDay(text.left.slice(whole.length), today) === null) return undefined;
    text.take({ start: 0, end: whole.length });
    return periodLabel(typed);
  },
  'new-day': (text, { today }) => {
    const found = readNewDay(text.left, today);
    if (found === null) return undefined;
    if ('problem' in found) throw new BotError('invalid', found.problem);
    text.take(found);
    return found;
  },
  words: (text) => {
    const start = text.left.search(/[^\s,，、:：;；]/u);
    return start < 0 ? undefined : text.words(start) || undefined;
  },
};

function ambiguous(found: Extract<UnitMention, { kind: 'ambiguous' }>, { units }: Lexicon): BotError {
  const names = found.ambiguous.map((id) => units.names.get(id) ?? id).join('，还是');
  return new BotError('invalid', `“${found.text}”是${names}？请写全称。`);
}

/** Where words follow, a unit is meant that stands by itself before or behind the codes; one further on belongs to the words. */
function isBesideCodes(text: string, { start, end }: { start: number; end: number }, lexicon: Lexicon): boolean {
  const codes = readCodes(text, lexicon.plans);
  const last = leadingCodes(text, codes).at(-1);
  const first = [0, last?.end ?? 0].some((from) => from <= start && /^[\s,，、:：]*$/u.test(text.slice(from, start)));
  return (
    first &&
    (/^(?:[\s,，、:：;；。]|$)/u.test(text.slice(end)) || readCodes(text.slice(end), lexicon.plans)[0]?.start === 0)
  );
}

/** As the ledger writes it: 三季度 for 第3季度, 9月 for 9月份. */
function periodLabel(typed: string): string {
  const plain = typed.replace('第', '').replace('份', '');
  const quarter = /^([一二三四1-4])季/.exec(plain)?.[1];
  if (quarter === undefined) return plain;
  const digit = '1234'.indexOf(quarter);
  return `${digit < 0 ? quarter : '一二三四'.charAt(digit)}季度`;
}

function everything(text: TypedText): { kind: 'all' } | undefined {
  const found = /全部|所有|\ball\b/iu.exec(text.left);
  if (!found) return undefined;
  text.take({ start: found.index, end: found.index + found[0].length });
  return { kind: 'all' };
}

/** 我们局, 本单位: the speaker's own. */
const ownUnit = /(?:我们?|咱们?|本)(?:县|市|分)?(?:局|单位|部门|镇|乡|委|办|中心|大队|公司|开发区)(?!长)/u;

const maxCodes = 20;

/** 水-7, 水-8 and 水-9 for 水-7至水-9. */
function codesOfRange(mention: CodeMention): CodeMention[] {
  const { through, code } = mention;
  if (through === null) return [mention];
  const [family, number] = code.split('-');
  const first = Number(number);
  if (through < first) {
    throw new BotError('invalid', `${code}在${family}-${through}后面，请把小的编号写在前面。`);
  }
  return Array.from({ length: through - first + 1 }, (_, index) => ({
    ...mention,
    code: `${family}-${first + index}`,
    through: null,
  }));
}

const roleOf: Readonly<Record<string, Role>> = Object.fromEntries(
  Object.entries(roleNames).map(([role, name]) => [name, role as Role]),
);

const statusWords: [RegExp, WorkStatus][] = [
  [/(?:已报|有)?困难|受阻|problem/i, 'problem'],
  [/暂缓|paused/i, 'paused'],
  [/(?:已?调整)?取消|withdrawn/i, 'withdrawn'],
  [/待补报/, 'backfill'],
  [/逾期|超期|过期|拖期|时限已到/, 'overdue'],
  [/(?:还?没有?|尚?未|待)(?:报?办结|完成)|unfinished/i, 'unfinished'],
  [/已经?完成|finished/i, 'finished'],
  [/已?销号|closed/i, 'closed'],
  [/已报办结|待核查|报办结|办结|done/i, 'reported'],
  [/正在推进|推进中|在办|办理中|progress/i, 'in-progress'],
  [/(?:还没有?|没有?|未)[报交]|未办|还差|open/i, 'unreported'],
];

function notUnderstood(command: Command, rest: string): BotError {
  return new BotError('invalid', `没看懂“${shown(rest)}”。可以这样发：${command.help.examples.join('；')}`);
}

function missing(
  command: Command,
  key: PropertyKey | undefined,
  kinds: { key: string; kind: ArgumentKind | null }[],
): BotError {
  const kind = kinds.find((one) => one.key === key)?.kind ?? null;
  const what = kind === null ? '内容' : (missingNames[kind] ?? '内容');
  return new BotError('invalid', `请写${what}，如：${command.help.examples[0]}`);
}

const missingNames: Partial<Record<ArgumentKind, string>> = {
  codes: '任务编号',
  words: '具体内容',
  unit: '单位名称',
  units: '单位名称',
  range: '时间',
};

function shown(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ')];
  return characters.length > 20 ? `${characters.slice(0, 20).join('')}……` : characters.join('');
}
