import type { ContentMatch } from '../domain/content-index.js';
import { decidingParties, partsOf, unitNames } from '../domain/ledger.js';
import type { Target } from '../domain/target.js';
import { type Task, taskName } from '../domain/task.js';
import { shorten } from '../domain/wording.js';
import { BotError } from '../errors.js';
import { normalise } from '../language/sentence/normalise.js';
import { readQuoting, readSentenceParts, type Sentence } from '../language/sentence/sentence.js';
import type { SentenceWords } from '../language/sentence/sentence-words.js';
import type { Context } from '../services/context.js';
import { getTask } from '../services/task/get-task.js';
import { tasksInView } from '../services/task/tasks-in-view.js';
import { contentOf } from './content-of.js';
import { limitsReply } from './due-reply.js';
import { findContent } from './find-content.js';
import { lexiconOf } from './lexicon.js';
import { joinReplies, type Reply, reply } from './message.js';
import { foundReply, notFoundReply } from './search-reply.js';
import { taskReply } from './task-card.js';
import { limitLines } from './task-reply.js';

/** How much of what is asked for a clause holds that answers it, and how much one that is only shown beside 「文件没有写」. */
const sure = 0.75;
const near = 0.5;
/** What comes so near to the best is as good. */
const asGood = 0.85;
const answersShown = 3;
const clauseShown = 90;

/** What the documents say about something: the clause with its code, or that the document does not say it. */
export async function askReply(ctx: Context, typed: string, words: SentenceWords): Promise<Reply> {
  const { index, kept } = contentOf(ctx, words);
  const knowledge = { lexicon: lexiconOf(ctx, words.names), words, today: ctx.today };
  const { text } = normalise(typed, kept, words);
  const read = readSentenceParts(text, knowledge);
  const around = readQuoting(text, knowledge);
  const understood =
    read.codes.length > 0 || read.plan !== null || findContent(index, read.content, words, { share: sure }).length > 0;
  const isQuoting = !understood && index.find(around.content, { share: 1 }).length > 0;
  const sentence = isQuoting ? around : read;
  const { codes, content, meanings, plan } = sentence;
  if (codes.length > 0) {
    const answers = await Promise.all(codes.map((code) => aboutTask(ctx, getTask(ctx, code), sentence, words)));
    return joinReplies(answers);
  }
  if (meanings.has('goal') && plan && content.length === 0) return goalsReply(ctx, plan.prefix);
  if (content.length === 0 && meanings.has('howmuch')) return measuresReply(ctx, measureAsked(sentence.text, words));
  if (content.length === 0) throw new BotError('invalid', '请写要问的事，如：/ask 降尘量指标是多少');
  const current = new Set(tasksInView(ctx, plan ? { plan: plan.prefix } : {}).tasks);
  const among = (task: Task) => current.has(task);
  const found = findContent(index, content, words, { share: near, among });
  const certain = found.filter(({ share }) => share >= sure);
  if (meanings.has('howmuch') || meanings.has('goal')) {
    return howMuchReply(ctx, sentence, found, words) ?? notFoundReply(ctx, content.join(' '), index);
  }
  if (certain.length === 0) return nearReply(content, found, sentence) ?? notFoundReply(ctx, content.join(' '), index);
  const best = theBest(certain);
  if (meanings.has('when') || (meanings.has('due') && sentence.range !== null)) return whenReply(ctx, sentence, best);
  if (best.length > answersShown) return foundReply(ctx, content.join(' '), best, { withUnits: false });
  return reply.text(...best.map((match) => clauseLine(ctx, { ...match, clause: tellingClause(match, content) })));
}

/** Where the title holds what is asked for: the sentence of the text that tells most of it. */
function tellingClause({ task, place, clause }: ContentMatch, content: string[]): string {
  if (place !== 'title') return clause;
  const asked = new Set(content.join(''));
  const shares = (text: string) => [...asked].filter((char) => text.includes(char)).length;
  const others = task.text.split(/(?<=[。；])/u).filter((one) => !task.title.includes(one.replace(/[。；]$/u, '')));
  const [best] = others.sort((a, b) => shares(b) - shares(a));
  return best !== undefined && shares(best) * 2 >= asked.size ? best.trim() : clause;
}

function theBest(found: ContentMatch[]): ContentMatch[] {
  const [first] = found;
  return first ? found.filter(({ score }) => score >= first.score * asGood) : [];
}

/** 气-14 降尘专项整治：“…”（牵头：市生态环境局芮城分局） */
function clauseLine(ctx: Context, { task, clause }: Pick<ContentMatch, 'task' | 'clause'>): string {
  return `${taskName(task)}：“${shorten(clause, clauseShown)}”${whoAnswers(ctx, task)}`;
}

function whoAnswers({ ledger }: Context, task: Task): string {
  const parties = decidingParties(ledger, task).map(({ unit }) => unit);
  if (parties.length === 0) return '';
  const role = task.responsibility.some((entry) => entry.role === 'lead' && !entry.inherited) ? '牵头' : '负责';
  return `（${role}：${unitNames(ledger, parties)}）`;
}

/** 湿地面积, where the document has the 湿地 and no area: not written. Anything less sure is not found. */
function nearReply(content: string[], found: ContentMatch[], { meanings }: Sentence): Reply | null {
  const about = shorten(content.join(' '), 20);
  const [first] = found;
  const begins = first && content[0] !== undefined && first.clause.includes(content[0].slice(0, 2));
  const asksFact = ['howmuch', 'when', 'goal'].some((one) => meanings.has(one));
  if (first && begins && asksFact && (content[0]?.length ?? 0) > 3) {
    return reply.text(
      `文件没有写“${about}”。`,
      `最接近的是${taskName(first.task)}：“${shorten(first.clause, clauseShown)}”`,
    );
  }
  return null;
}

function goalsReply(ctx: Context, prefix: string): Reply {
  const plans = ctx.plans.filter((plan) => plan.prefix === prefix);
  const goals = plans.flatMap((plan) => plan.goals.map(({ text }) => text));
  if (goals.length === 0) return reply.refusal(`“${prefix}”计划里没有读到带日期的目标。发“/list ${prefix}”看任务。`);
  return reply.text(`${plans[0]?.title ?? prefix}的目标：`, ...goals.map((goal) => shorten(goal, 200)));
}

/** What the number is counted in: 批次 of 抽检多少批次; `any` where nothing is said, `unknown` for 多少钱 and 多大. */
type Measure = { kind: 'any' } | { kind: 'unknown' } | { kind: 'known'; word: string };

function measureAsked(text: string, { measures, particles }: SentenceWords): Measure {
  const found = /多少|(?<!第|十)几(?=\p{Script=Han})/u.exec(text);
  if (!found) return /百分之|几成/u.test(text) ? { kind: 'known', word: '%' } : { kind: 'any' };
  const rest = text.slice(found.index + found[0].length).trimStart();
  const counted = rest.startsWith('个') ? measures.longestAt(rest, 1) : null;
  const known = measures.longestAt(rest, 0);
  if (counted && !isWordPart(rest.slice(counted.end))) return { kind: 'known', word: rest.slice(1, counted.end) };
  if (known) return { kind: 'known', word: rest.slice(0, known.end) };
  if (/^$|^[\P{Script=Han}以才算]/u.test(rest) || particles.longestAt(rest, 0)) return { kind: 'any' };
  return { kind: 'unknown' };
}

/** 几个村里: what follows is a word of its own. */
const isWordPart = (rest: string) => /^\p{Script=Han}{2}/u.test(rest);

async function aboutTask(ctx: Context, task: Task, sentence: Sentence, words: SentenceWords): Promise<Reply> {
  const { meanings, content } = sentence;
  const rows = [task, ...partsOf(ctx.ledger, task)];
  if (meanings.has('howmuch') || meanings.has('goal')) {
    const targets = rows.flatMap((row) => row.targets.map((target) => ({ task: row, target })));
    const measure = measureAsked(sentence.text, words);
    const named = ({ target }: { target: Target }) =>
      content.length === 0 || [...content.join('')].some((char) => `${target.what}${target.phrase}`.includes(char));
    const fit = targets.filter((one) => fitsMeasure(one.target.unit, measure) && named(one));
    if (fit.length > 0) return reply.text(...fit.slice(0, 4).map((one) => targetLine(ctx, one.task, one.target)));
    return reply.text(
      `${task.code}文件没有写这个数。`,
      clauseLine(ctx, { task, clause: numberless(task) }),
      '具体数请问责任单位。',
    );
  }
  const text = rows
    .map((row) => `${row.title}${row.text}${row.milestones.map(({ phrase }) => phrase).join('')}`)
    .join('\n');
  const stands = content.every((word) => text.includes(word) || [...word].every((char) => text.includes(char)));
  if (!stands)
    return reply.refusal(`${task.code}的原文里没有“${shorten(content.join(' '), 20)}”。看原文发“/task ${task.code}”。`);
  return taskReply(ctx, { ...task, milestone: null });
}

const numberless = (task: Task) => task.text.slice(0, 200);

function targetLine(ctx: Context, task: Task, { what, phrase }: Target): string {
  return `${taskName(task)}：${what}${phrase.startsWith(what) ? phrase.slice(what.length) : phrase}${whoAnswers(ctx, task)}`;
}

function fitsMeasure(unit: string, measure: Measure): boolean {
  switch (measure.kind) {
    case 'any':
      return true;
    case 'unknown':
      return false;
    case 'known': {
      const { word } = measure;
      const [head = ''] = unit.split('/');
      return unit !== '' && [unit, head].some((one) => one.startsWith(word) || word.endsWith(one));
    }
  }
}

/** Answers only with a number that stands with what was asked, in the measure that was asked for. */
function howMuchReply(ctx: Context, sentence: Sentence, found: ContentMatch[], words: SentenceWords): Reply | null {
  const measure = measureAsked(sentence.text, words);
  const certain = found.filter(({ share }) => share >= sure);
  const best = theBest(certain);
  const stated = targetsAsked(found, sentence.content, measure);
  if (stated.length > 0) return numbersReply(ctx, stated, certain);
  const clauses = (measure.kind === 'any' ? best : certain).filter(({ clause }) => statesNumber(clause, measure));
  if (clauses.length > 0) {
    return reply.text(
      ...clauses
        .slice(0, answersShown)
        .map((match) => clauseLine(ctx, { ...match, clause: aroundNumber(match.clause, measure) })),
    );
  }
  const [first, ...others] = best;
  if (!first) return nearReply(sentence.content, found, sentence);
  // Before it is said that nothing is written: what comes near and has a number in this measure.
  const beside = found.filter(({ clause }) => measure.kind === 'known' && statesNumber(clause, measure));
  if (beside.length > 0) {
    const about = shorten(sentence.content.join(' '), 20);
    const lines = beside
      .slice(0, 2)
      .map((match) => clauseLine(ctx, { ...match, clause: aroundNumber(match.clause, measure) }));
    return reply.text(`没有找到和“${about}”一样的说法，最接近的是：`, ...lines);
  }
  return reply.text(
    `文件没有写${measure.kind === 'known' ? `多少${measure.word}` : '这个数'}。`,
    clauseLine(ctx, first),
    ...others.slice(0, 1).map((match) => clauseLine(ctx, match)),
    '具体数请问责任单位。',
  );
}

/** 抽检多少批次: all targets in the measure, where they are few. */
function measuresReply(ctx: Context, measure: Measure): Reply {
  const { tasks } = tasksInView(ctx, {});
  const stated = tasks.flatMap((task) =>
    task.targets
      .filter(({ unit }) => measure.kind === 'known' && fitsMeasure(unit, measure))
      .map((target) => ({ task, target })),
  );
  if (stated.length === 0 || stated.length > answersShown) {
    return reply.refusal('没看懂问的是什么数。请写上是哪件事，如“/ask 降尘量指标是多少”。');
  }
  return reply.text(...stated.map(({ task, target }) => targetLine(ctx, task, target)));
}

interface Stated {
  task: Task;
  target: Target;
  likeness: number;
}

/** The targets of what was found that measure what was asked, the likest. */
function targetsAsked(found: ContentMatch[], content: string[], measure: Measure): Stated[] {
  const asked = [...new Set(content.join(''))];
  const shares = (text: string) => asked.filter((char) => text.includes(char)).length;
  const stated = found.flatMap(({ task, share }) =>
    task.targets.flatMap((target) => {
      const [own, all] = [shares(target.what), shares(`${target.what}${target.phrase}${task.title}`)];
      const fits = fitsMeasure(target.unit, measure) && own >= Math.min(2, asked.length) && all >= asked.length * sure;
      return fits ? [{ task, target, likeness: own + share }] : [];
    }),
  );
  const most = Math.max(0, ...stated.map(({ likeness }) => likeness));
  return stated.filter(({ likeness }) => likeness >= most * asGood).slice(0, answersShown);
}

function numbersReply(ctx: Context, stated: Stated[], certain: ContentMatch[]): Reply {
  const lines = [...new Set(stated.map(({ task, target }) => targetLine(ctx, task, target)))];
  const clause = certain.find(({ task }) => task === stated[0]?.task)?.clause;
  return reply.text(...lines, clause === undefined ? null : `原文：“${shorten(clause, clauseShown)}”`);
}

const number = '(?:\\d+(?:\\.\\d+)?|[一二两三四五六七八九十百]+|[ⅠⅡⅢⅣⅤ])';
const anyNumber = new RegExp(
  `(?<![\\d年〔])${number}(?:个)?(?:%|蒸吨|毫克|微克|吨|家|次|批次|公里|米|台|套|座|口|处|条)`,
  'u',
);

/** A number in the measure; a bare date is none. */
function numberIn(clause: string, measure: Measure): number {
  if (measure.kind === 'unknown') return -1;
  if (measure.kind === 'any') return clause.search(anyNumber);
  return clause.search(new RegExp(`${number}(?:个)?${measure.word.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&')}`, 'u'));
}

const statesNumber = (clause: string, measure: Measure) => numberIn(clause, measure) >= 0;

/** A long clause from a little before its number on. */
function aroundNumber(clause: string, measure: Measure): string {
  const at = numberIn(clause, measure);
  return clause.length <= clauseShown || at < clauseShown - 20 ? clause : `……${clause.slice(Math.max(0, at - 40))}`;
}

async function whenReply(ctx: Context, { content }: Sentence, best: ContentMatch[]): Promise<Reply> {
  const dated = best.filter(({ task }) => limitLines(ctx, task).length > 0);
  if (dated.length > 0) {
    const replies: Reply[] = [];
    for (const { task } of dated.slice(0, answersShown))
      replies.push(await limitsReply(ctx, { ...task, milestone: null }));
    return joinReplies(replies);
  }
  const [first] = best;
  if (!first) return reply.refusal('任务里没有找到。');
  return reply.text(
    `文件没有写“${shorten(content.join(' '), 20)}”的时间。`,
    clauseLine(ctx, first),
    '具体安排请问责任单位。',
  );
}
