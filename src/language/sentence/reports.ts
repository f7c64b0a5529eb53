import { type CodeMention, readCodes } from '../codes.js';
import { originalOf } from '../fold.js';
import { leadingCodes } from '../leading-codes.js';
import { readNewDay } from '../new-day.js';
import { typedCode } from './find-intent.js';
import { normalise } from './normalise.js';
import type { Knowledge } from './sentence.js';
import type { ReportSign, SentenceWords } from './sentence-words.js';

/** What a liaison tells of a task without naming a command. */
export interface Told {
  codes: string[];
  /** Word for word. */
  words: string;
  command: 'done' | 'progress' | 'block' | 'extend';
  /** The words name what happened, so that nobody would take them for something else. */
  plain: boolean;
  /** 不归我们: says that the task is not the speaker's. */
  notOurs: boolean;
}

const listed = /^\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)）、．]|\.(?!\d))\s*|[-—·•●*]\s*)?/u;
/** 1、水7谁牵头 without the number of the line. */
export function withoutNumber(line: string): string {
  const bare = line.slice(listed.exec(line)?.[0].length ?? 0);
  return bare === '' ? line : bare;
}

const gap = /^[\s,，、:：.。]*/u;

/** A line that begins with codes, as a report; `null` where it does not. */
export function readTold(line: string, knowledge: Knowledge, kept: ReadonlySet<string>): Told | null {
  const { words, lexicon, today } = knowledge;
  const bare = line.slice(listed.exec(line)?.[0].length ?? 0);
  const folded = normalise(bare, kept, words);
  const start = skipLead(folded.text, words);
  const text = folded.text.slice(start);
  const codes = leadingCodes(text, readCodes(text, lexicon.plans));
  const last = codes.at(-1);
  if (!last) return null;
  const from = last.end + (gap.exec(text.slice(last.end))?.[0].length ?? 0);
  const said = originalOf(bare, folded, start + from).trim();
  const told = text.slice(from);
  const command = commandFor(told, words);
  const day = command === 'extend' ? readNewDay(told.slice(Math.max(0, extendAt(told, words))), today) : null;
  const typedDay = day && 'words' in day ? `${day.words} ` : '';
  return {
    codes: codes.map(typedCode),
    words: `${typedDay}${said}`,
    command: command === 'extend' && day === null ? 'progress' : command,
    plain: command !== 'progress',
    notOurs: holds(told, 'notOurs', words),
  };
}

/** 报告：我们水-7…: what may stand before the code of a report. */
function skipLead(text: string, { reports }: SentenceWords): number {
  let at = gap.exec(text)?.[0].length ?? 0;
  for (let found = reports.lead.longestAt(text, at); found; found = reports.lead.longestAt(text, at)) {
    at = found.end + (gap.exec(text.slice(found.end))?.[0].length ?? 0);
  }
  return at;
}

const beforeVerb = /^(?:的|这一?项|那一?项|任务|工作|我们|我局|我单位|本单位|现在|目前|呢|嘛|[\s,，:：])*/u;

function commandFor(told: string, words: SentenceWords): Told['command'] {
  const from = beforeVerb.exec(told)?.[0].length ?? 0;
  if (extendAt(told, words) >= 0) return 'extend';
  const done = words.reports.done.longestAt(told, from);
  const part = words.reports.part.longestAt(told, from);
  const isWhole = done && (part === null || part.end < done.end) && !isPart(told.slice(done.end));
  if (isWhole && !holds(told, 'undone', words) && !isStillToCome(told, done.end, words)) return 'done';
  return holds(told, 'block', words) ? 'block' : 'progress';
}

/**
 * 完成管网铺设，其余下月完成 is still to come. Where 办结 stands by itself only what belongs to it tells so: 办结 争取月底前, and
 * not 办结 监测报告下月出.
 */
function isStillToCome(told: string, doneEnd: number, words: SentenceWords): boolean {
  const isApart = doneEnd === told.length || mark.test(told.charAt(doneEnd));
  if (!isApart) return holds(told, 'later', words);
  const next = told.slice(doneEnd).split(mark).find(Boolean) ?? '';
  return holds(told.slice(0, doneEnd), 'later', words) || tellsOnlyWhen(next, words);
}

const mark = /[\s，,、：:。.；;！!（(]+/u;

/** 预计11月底前完成: without the words for later and for done little is left. */
function tellsOnlyWhen(clause: string, { reports }: SentenceWords): boolean {
  const later = reports.later.all(clause);
  if (later.length === 0) return false;
  const read = [...later, ...reports.done.all(clause)];
  const left = [...clause].filter((_, at) => !read.some(({ start, end }) => at >= start && at < end));
  return left.join('').replace(/[\d年月日号底前后中上下旬之以再会可]/gu, '') === '';
}

/** 完成60% and 完成了3公里 tell how far it is. */
const isPart = (rest: string) =>
  !/^[^，,。；;]*(?:都|全部)/u.test(rest) &&
  /^[约近超]*[\d百一二两三四五六七八九十几半]+(?:[%‰多余]|分之|成)?/u.test(rest);

const holds = (text: string, sign: ReportSign, { reports }: SentenceWords) => reports[sign].all(text).length > 0;

const extendAt = (text: string, { reports }: SentenceWords) => reports.extend.all(text)[0]?.start ?? -1;

/** Whether the line only says that reports follow: 本周进展如下. */
export function isHeading(line: string, words: SentenceWords, kept: ReadonlySet<string>): boolean {
  const text = normalise(line, kept, words).text.replace(/[\s：:，,。]/gu, '');
  if (text === '') return true;
  const tree = words.reports;
  for (let at = 0; at < text.length; ) {
    const found = tree.heading.longestAt(text, at) ?? tree.lead.longestAt(text, at);
    if (!found) return false;
    at = found.end;
  }
  return true;
}

/** A line with several coded reports one after another as lines of their own: split before each code that a sentence's end precedes. */
export function splitAtCodes(line: string, knowledge: Knowledge, kept: ReadonlySet<string>): string[] {
  const folded = normalise(line, kept, knowledge.words);
  const codes = readCodes(folded.text, knowledge.lexicon.plans);
  const starts = codes.filter((code, index) => index > 0 && begins(folded.text, code)).map(({ start }) => start);
  if (starts.length === 0) return [line];
  const bounds = [0, ...starts, folded.text.length];
  return bounds.slice(0, -1).map((from, index) => originalOf(line, folded, from, bounds[index + 1]).trim());
}

const begins = (text: string, { start, end }: CodeMention) =>
  /[。；;！!\n]\s*$/u.test(text.slice(0, start)) && /^\s*[:：,，、\p{Script=Han}\s]/u.test(text.slice(end));
