import type { LocalDate } from '../domain/local-date.js';
import type { RequestKind } from '../domain/request.js';
import { BotError } from '../errors.js';
import { type CodeMention, readCodes } from '../language/codes.js';
import { leadingCodes } from '../language/leading-codes.js';
import { readRange } from '../language/ranges.js';
import type { Context } from '../services/context.js';
import { lexiconOf } from './lexicon.js';
import { TypedText } from './typed-text.js';

/** What stands after 同意, 不同意 or 建议: which requests are meant, another day, and what was said. */
export interface TypedDecision {
  number: number | null;
  refs: CodeMention[];
  kind: RequestKind | null;
  day: LocalDate | null;
  words: string;
}

const numbered = /^(?:第 ?(\d{1,6}) ?[号件]|(\d{1,6}) ?号|(\d{1,6}) ?$)(?:申请)?/;
const kinds: [RegExp, RequestKind][] = [
  [/^(?:申请)?延期(?:申请)?/, 'extension'],
  [/^职责异议(?:申请)?/, 'objection'],
  [/^不涉及(?:申请)?/, 'exemption'],
  [/^批示/, 'instruction'],
];
const marks = /^[\s,，、。.:：;；]+|^的(?=延期|职责|不涉及)/;
/** 延至10月10日, 到10月10日, but not a bare day: 同意，10月10日前报一次 asks for a report. */
const toDay = /^(?:延期?|推迟|顺延|改)?[到至]\s*/;

export function readDecision(ctx: Context, typed = ''): TypedDecision {
  const text = new TypedText(typed);
  const decision: TypedDecision = { number: null, refs: [], kind: null, day: null, words: '' };
  let at = 0;
  for (let read = 1; read > 0; at += read) read = readNext(ctx, text.folded.slice(at), decision);
  return { ...decision, words: text.words(at) };
}

/** How many characters were understood; 0 where the person's own words begin. */
function readNext(ctx: Context, rest: string, decision: TypedDecision): number {
  const gap = marks.exec(rest)?.[0].length ?? 0;
  if (gap > 0) return gap;
  const number = decision.number === null && decision.refs.length === 0 ? numbered.exec(rest) : null;
  if (number) {
    decision.number = Number(number[1] ?? number[2] ?? number[3]);
    return number[0].length;
  }
  if (decision.day === null) {
    const lead = toDay.exec(rest)?.[0].length ?? 0;
    const read = lead > 0 ? readDay(rest.slice(lead), ctx.today) : null;
    if (read) {
      decision.day = read.day;
      return lead + read.end;
    }
  }
  const [kind, length] = decision.kind === null ? kindAt(rest) : [null, 0];
  if (kind) {
    decision.kind = kind;
    return length;
  }
  if (decision.refs.length > 0) return 0;
  decision.refs = leadingCodes(rest, readCodes(rest, lexiconOf(ctx).plans));
  return decision.refs.at(-1)?.end ?? 0;
}

function kindAt(rest: string): [RequestKind | null, number] {
  for (const [pattern, kind] of kinds) {
    const found = pattern.exec(rest);
    if (found) return [kind, found[0].length];
  }
  return [null, 0];
}

function readDay(rest: string, today: LocalDate): { day: LocalDate; end: number } | null {
  const range = readRange(rest.slice(0, 40), today);
  if (!range || range.start > 0 || range.kind === 'overdue') return null;
  if (range.kind === 'problem') throw new BotError('invalid', range.problem);
  return { day: range.range.to, end: range.end };
}

const agreed =
  /(?:^|[\s,，。;；])(?:已经?|经|报请?|请示|按照?)*([\p{Script=Han}·]{1,12}?)(?:\d{1,2}月\d{1,2}日)?(?:已经?|口头|当面|电话|批示|书面|签字)*(?:同意|批准|签批)/u;

/** 王县长 of 王县长同意, whom a supervisor names as having agreed, and what else was said. */
export function readAgreedBy(words: string): { name: string; rest: string } | null {
  const found = agreed.exec(words);
  return found?.[1] ? { name: found[1], rest: words.replace(found[0], '').replace(marks, '').trim() } : null;
}
