import type { Task } from '../domain/task.js';
import { yearCode } from '../domain/task.js';
import { BotError } from '../errors.js';
import { readCodes } from '../language/codes.js';
import { fold } from '../language/fold.js';
import type { Context } from '../services/context.js';
import type { Closing, Corrections } from '../services/plan/close-plan.js';
import { ask } from '../services/question/ask.js';
import { lexiconOf } from './lexicon.js';
import { type Reply, reply } from './message.js';

const pairsShown = 40;
const codesShown = 20;
const longest = 2000;
/** Forces a look at what a correction makes of it. */
const previewWord = '预览';
const none = '不结转';

export interface ClosingAsk {
  prefix: string;
  year: number | null;
  corrections: Corrections;
  /** Shown again, whatever was confirmed. */
  previewed: boolean;
}

const example = '/close-plan 水 2023 水-7→水-5';

/** 水 2023 水-7→水-5 水-9→不结转: the plan, its year and what is set right. */
export function readClosing(ctx: Context, typed: string): ClosingAsk {
  if (typed.length > longest) throw new BotError('invalid', `太长（最多${longest}字）。先收尾，其余的更正再发一次。`);
  let text = ` ${fold(typed)} `;
  const previewed = text.includes(previewWord);
  text = text.replaceAll(previewWord, ' ');
  const corrections = new Map<string, string | null>();
  const pair = /([^\s,，、;；]+?) ?(?:→|->|=>|转为|改为|转到) ?([^\s,，、;；]+)/gu;
  for (const [whole, from = '', to = ''] of text.matchAll(pair)) {
    corrections.set(codeIn(ctx, from), to === none || to === '无' ? null : codeIn(ctx, to));
    text = text.replace(whole, ' ');
  }
  const year = /(?<!\d)(20\d{2})年?(?!\d)/u.exec(text);
  const left = text.replace(year?.[0] ?? '', ' ').replace(/[\s,，、;；“”]|的|(?:行动)?计划/gu, '');
  if (left === '') throw new BotError('invalid', `请写哪个计划，如：${example}`);
  const plan = lexiconOf(ctx).planNames.find(({ name }) => name === left);
  if (!plan) throw new BotError('invalid', `没看懂“${left.slice(0, 20)}”。可以这样发：${example}`);
  return { prefix: plan.prefix, year: year ? Number(year[1]) : null, corrections, previewed };
}

function codeIn(ctx: Context, typed: string): string {
  const [found] = readCodes(typed, lexiconOf(ctx).plans);
  if (found) return found.code;
  throw new BotError('invalid', `“${typed}”不是任务编号。更正这样写：水-7→水-5，或水-7→${none}`);
}

/** What closing would do; a correction shows it anew. */
export function closingPreview(ctx: Context, closing: Closing, corrections: Corrections): Promise<Reply> {
  const { prefix, year } = closing.plan;
  const set = [...corrections].map(([from, to]) => `${from}→${to ?? none}`);
  const say = ['/close-plan', prefix, `${year}`, ...set].join(' ');
  return ask(
    ctx,
    closingText(closing),
    [
      { words: ['确认', '是'], say },
      { words: [], pattern: `^\\S+ ?(?:→|->|=>|转为|改为|转到) ?\\S+$`, say: `${say} {} ${previewWord}` },
    ],
    [{ label: '确认', send: '确认' }],
  );
}

export function closingText(closing: Closing): string {
  const { plan, next, closed, reported, carries, standing } = closing;
  const name = `${plan.year}年“${plan.prefix}”计划`;
  const all = closed.length + reported.length + carries.length;
  const counts = [
    `已销号${closed.length}项`,
    `已报办结待核查${reported.length}项`,
    `没有报办结${carries.length}项${standing > 0 ? `（其中长期坚持${standing}项）` : ''}`,
  ].join('、');
  const linked = carries.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]));
  const left = carries.filter(({ to }) => to === null).map(({ from }) => from);
  const pairs = linked.slice(0, pairsShown).map(({ from, to }) => `${from.code}→${to.code} ${to.shortTitle}`);
  return [
    `预览：${name}${plan.closedOn === null ? '收尾' : '补结转'}，${all}项：${counts}。`,
    linked.length > 0 && next ? `结转到${next.year}年${linked.length}项：` : null,
    ...pairs,
    linked.length > pairsShown ? `……等${linked.length}项` : null,
    left.length > 0 ? `不结转${left.length}项：${codes(left)}${next === null ? '（还没有后一年的计划）' : ''}` : null,
    next === null ? null : correctionHint(closing),
    '收尾后不再提醒、不再收报告，带年份还能查。回“确认”收尾。',
  ]
    .filter((line) => line !== null)
    .join('\n');
}

function correctionHint({ plan, carries }: Closing): string | null {
  const [first] = carries;
  if (!first) return null;
  const target = carries.find(({ to }) => to !== null)?.to?.code ?? `${plan.prefix}-1`;
  return `要改回“${first.from.code}→${target}”这样的话，不结转的写“${first.from.code}→${none}”。`;
}

export function closedReply({ plan, next, carries }: Closing): Reply {
  const linked = carries.filter(({ to }) => to !== null).length;
  const left = carries.filter(({ to }) => to === null).map(({ from }) => from);
  const example = carries[0]?.from;
  return reply.text(
    `${plan.closedOn === null ? '已收尾' : '已补结转'}：${plan.year}年“${plan.prefix}”计划${next && linked > 0 ? `，${linked}项结转到${next.year}年` : ''}。`,
    left.length > 0 ? `没有结转${left.length}项：${codes(left)}` : null,
    example ? `查原来的任务发“/task ${yearCode(example)}”。` : null,
  );
}

function codes(tasks: Task[]): string {
  const shown = tasks.slice(0, codesShown).map(({ code }) => code);
  return `${shown.join('、')}${tasks.length > codesShown ? '等' : ''}`;
}
