import { statedValues } from '../domain/indicator.js';
import { decides } from '../domain/ledger.js';
import { holds, reportsFor } from '../domain/person.js';
import { milestoneCode } from '../domain/task.js';
import { findIntents } from '../language/sentence/find-intent.js';
import { pointsBack } from '../language/sentence/follow-up.js';
import { normalise } from '../language/sentence/normalise.js';
import { readNothingNew } from '../language/sentence/nothing-new.js';
import { readOrder } from '../language/sentence/orders.js';
import { isHeading, readTold, splitAtCodes, type Told, withoutNumber } from '../language/sentence/reports.js';
import { noRequest, type Request, typedLine, typedRest } from '../language/sentence/request.js';
import { readRoundOpening } from '../language/sentence/round-words.js';
import { type Knowledge, readQuoting, readSentenceParts, type Sentence } from '../language/sentence/sentence.js';
import { understand } from '../language/sentence/understand.js';
import type { Context } from '../services/context.js';
import { type Answers, ask } from '../services/question/ask.js';
import { topicOf } from '../services/question/topic.js';
import { contentOf } from './content-of.js';
import { readInstructionToSend } from './instruction-to-send.js';
import { reply } from './message.js';
import { nothingNewLine } from './nothing-new.js';
import { oneWorkText } from './one-work-reply.js';
import { isStrict } from './read-arguments.js';
import { isSlashed, type Line, type ReadLine, readLine, wouldWrite } from './read-line.js';
import type { Talk } from './run-command.js';

interface Sense extends Talk {
  knowledge: Knowledge;
  kept: ReadonlySet<string>;
}

/**
 * What the lines of a message ask for. After a slash the name of a command decides; else the short form of a command that
 * writes, a question, a report that begins with its code, the short form of another command, in this order.
 */
export async function readLines(talk: Talk, typed: readonly string[]): Promise<Line[]> {
  const { ctx, sentences, reading } = talk;
  const { kept } = contentOf(ctx, sentences);
  const knowledge = { lexicon: reading.lexicon, words: sentences, today: ctx.today };
  const sense = { ...talk, kept, knowledge };
  const lines: Line[] = [];
  for (const line of pasted(typed, sense)) lines.push(...(await readOne(line, sense)));
  return lines;
}

/** Splits paragraphs at the codes of their reports, puts words under the code that stands alone above them, drops the heading. */
function pasted(typed: readonly string[], { knowledge, kept, sentences }: Sense): string[] {
  const lines = typed.flatMap((line) => (isSlashed(line) ? [line] : splitAtCodes(line, knowledge, kept)));
  const told = lines.map((line) => (isSlashed(line) ? null : readTold(line, knowledge, kept)));
  const joined: string[] = [];
  for (const [index, line] of lines.entries()) {
    const [own, before] = [told[index], told[index - 1]];
    const alone = before?.words === '' && own === null && !isSlashed(line);
    if (alone) joined[joined.length - 1] = `${joined.at(-1)}\n${line}`;
    else if (lines.length === 1 || isSlashed(line) || own || !isHeading(line, sentences, kept)) joined.push(line);
  }
  return joined;
}

async function readOne(line: string, sense: Sense): Promise<Line[]> {
  const { ctx, commands, reading } = sense;
  const send = isSlashed(line) ? null : await readInstructionToSend(ctx, line, commands);
  if (send) return [{ typed: line, read: send }];
  const short: Line = { typed: line, read: readLine(line, commands, reading) };
  if (isSlashed(line) || (wouldWrite(short.read, reading) && !isLess(short.read, line, sense))) return [short];
  const text = withoutNumber(normalise(line, sense.kept, sense.sentences).text);
  const opened = readRoundOpening(text, sense.knowledge);
  const round = opened !== null && commands.byWord.get('round');
  if (round) return [{ typed: line, read: { kind: 'command', command: round, rest: opened, slashed: false } }];
  const asked = await readQuestion(line, text, sense);
  if (asked) return asked;
  const told = readReport(line, text, sense);
  if (told) return [told];
  const about = asks.test(text) ? null : readNothingNew(text, sense.knowledge);
  const none = about === null ? null : await nothingNewLine(ctx, about, commands);
  if (none) return [{ typed: line, read: none }];
  const order = asks.test(text) || !holds(ctx.actor, 'leader') ? null : readOrder(line, sense.knowledge, sense.kept);
  const instruct = order !== null && commands.byWord.get('instruct');
  if (instruct) return [{ typed: line, read: { kind: 'command', command: instruct, rest: order, slashed: false } }];
  if (short.read.kind === 'command' && isStrict(short.read.command, short.read.rest, reading)) return [short];
  return [{ typed: line, read: { kind: 'unknown', text: line, near: nearest(sense, text) } }];
}

/** 完成投资300万 and 完成率80% begin with the word for done and tell how far it is. */
function isLess(read: ReadLine, line: string, { knowledge, kept }: Sense): boolean {
  if (read.kind !== 'command' || read.command.name !== 'done') return false;
  const told = readTold(line, knowledge, kept);
  return told !== null && told.command !== 'done';
}

async function readQuestion(line: string, text: string, sense: Sense): Promise<Line[] | null> {
  const { ctx, knowledge } = sense;
  const back = text.length <= longestFollowUp && pointsBack(text);
  let found = understand(text, knowledge, back ? await topicOf(ctx) : null);
  if (found.kind === 'nothing' && text.length <= longestFollowUp) {
    const topic = await topicOf(ctx);
    if (topic) found = understand(text, knowledge, topic);
  }
  if (found.kind === 'nothing') return quoted(text, sense);
  if (found.kind === 'offers') return [{ typed: line, read: await offer(ctx, found.typed, found.offers) }];
  const lines = found.requests.flatMap((request) => lineOf(request, sense) ?? []);
  if (lines.length === 0) return null;
  const { heard } = found;
  const note = heard && `没有“${heard.typed}”，按“${heard.code}”理解：`;
  return note ? [{ typed: line, read: { kind: 'note', text: note } }, ...lines] : lines;
}

/** 秸秆 and nothing else, or a question around the document's own words: right only where it has them word for word. */
function quoted(text: string, sense: Sense): Line[] | null {
  const { ctx, sentences, knowledge } = sense;
  if (text.length > longestQuoting || text.includes('\n')) return null;
  const sentence = readQuoting(text, knowledge);
  const { content, meanings } = sentence;
  const length = content.join('').length;
  const bare = [...meanings].every((meaning) => meaning === 'polite');
  if (bare ? length < 2 || length > longestBare || content.length > 1 : length < shortestQuoted) return null;
  const { index } = contentOf(ctx, sentences);
  if (index.find(content, { share: 1 }).length === 0) return null;
  const [first] = bare ? [] : findIntents(sentence, sentences);
  const line = lineOf(first?.request ?? { ...noRequest, command: 'search', words: content.join(' ') }, sense);
  return (bare || first) && line ? [line] : null;
}

const shortestQuoted = 4;
const longestQuoting = 60;
const longestBare = 8;
const longestFollowUp = 30;

function lineOf(request: Request, { ctx, commands }: Sense): Line | null {
  if (request.command === 'say') return { typed: request.words, read: { kind: 'refusal', text: request.words } };
  if (request.command === 'once') {
    const text = oneWorkText(ctx, request.codes);
    return text === null ? null : { typed: request.codes.join(' '), read: { kind: 'note', text } };
  }
  const command = commands.byWord.get(request.command);
  if (!command) return null;
  const rest = typedRest(request);
  return { typed: `${command.name} ${rest}`, read: { kind: 'command', command, rest, slashed: false } };
}

/** Several things that were meant as likely: a number says which. */
async function offer(ctx: Context, typed: string, offers: readonly Request[]): Promise<ReadLine> {
  const [first] = offers;
  const items = offers.map((request, index) => `${index + 1}. ${typedLine(request).slice(1)}`);
  const text = [`“${typed}”是指哪一个？请回序号：`, ...items].join('\n');
  const codes = offers.flatMap((request) => request.codes);
  if (first && codes.length === offers.length && offers.every(({ command }) => command === first.command)) {
    const topic = { request: { ...first, codes: [] }, shown: codes };
    return { kind: 'said', reply: reply.text(text), topic };
  }
  const options: Answers = offers.map((request, index) => ({ words: numberWords(index), say: typedLine(request) }));
  const buttons = offers.map((_, index) => ({ label: String(index + 1), send: String(index + 1) }));
  return { kind: 'said', reply: await ask(ctx, text, options, buttons), topic: null };
}

const numerals = '一二三四五六七八九';

/** 2, 第2个, 第二条: how people choose from a list. */
function numberWords(index: number): string[] {
  const [digit, numeral] = [String(index + 1), numerals.charAt(index)];
  const counted = ['个', '条', '项'].flatMap((unit) => [`第${digit}${unit}`, `第${numeral}${unit}`]);
  return [digit, `${digit}.`, numeral, ...counted];
}

const asks = /[?？吗]|什么|怎么|啥|咋|哪|谁|多少|(?<!十)几[个家项号天点条次]|没有?$|了没|能不能|是不是|有没有/u;

/** A report that begins with its code, or the value of an indicator; never out of a question. */
function readReport(line: string, text: string, sense: Sense): Line | null {
  const { ctx, commands } = sense;
  if (asks.test(text)) return null;
  const speaks = reportsFor(ctx.actor) !== null;
  const told = toldIn(line, sense) ?? (speaks ? indicatorTold(text, line, sense) : null);
  if (!told || told.words === '' || !(speaks || told.plain)) return null;
  const ours = !(told.notOurs && ctx.actor.unit !== null && isNamed(told, sense));
  const limit = ours ? null : limitNamed(ctx, told);
  const command = commands.byWord.get(ours ? told.command : limit ? 'na' : 'object');
  if (!command) return null;
  const rest = `${limit ?? told.codes.join(' ')} ${told.words}`;
  return { typed: line, read: { kind: 'command', command, rest, slashed: false } };
}

/** 气17项…跟我们没关系 names the 17th, where 气17项 may elsewhere be seventeen of them. */
function toldIn(line: string, { knowledge, kept }: Sense): Told | null {
  const told = readTold(line, knowledge, kept);
  if (told) return told;
  const counted = readTold(line.replace(/^(\s*\p{Script=Han}{1,4})(\d{1,3}项)/u, '$1第$2'), knowledge, kept);
  return counted?.notOurs ? counted : null;
}

const shortestClause = 4;

/** 气-17.1 where the words name what one of several limits is about: 活性炭更换. */
function limitNamed({ ledger }: Context, { codes: [code], words }: Told): string | null {
  const task = ledger.tasks.find((one) => one.code === code);
  if (!task || task.milestones.length < 2) return null;
  const named = task.milestones.filter(({ what }) => shareWords(what, words));
  const [only, ...others] = named;
  return only && others.length === 0 ? milestoneCode(task.code, only.number) : null;
}

const shareWords = (what: string, words: string) =>
  [...words].some((_, at) => {
    const some = words.slice(at, at + shortestClause);
    return some.length === shortestClause && !/[\p{P}\s]/u.test(some) && what.includes(some);
  });

/** 不归我们 of a unit that the document names is an objection; of another it is refused like any report. */
function isNamed({ codes: [code] }: Told, { ctx }: Sense): boolean {
  const task = ctx.ledger.tasks.find((one) => one.code === code);
  return task !== undefined && ctx.actor.unit !== null && decides(ctx.ledger, task, ctx.actor.unit);
}

/** 油抽了52批次 of the unit that answers for it: 气附-11. */
function indicatorTold(text: string, line: string, { ctx }: Sense): Told | null {
  const { ledger, actor } = ctx;
  const unit = actor.unit;
  if (unit === null || !/\d/u.test(text)) return null;
  const plans = new Set(ctx.plans.map(({ prefix, year }) => `${year} ${prefix}`));
  const own = ledger.tasks.filter(
    (task) => task.targets.length > 0 && plans.has(`${task.year} ${task.prefix}`) && decides(ledger, task, unit),
  );
  const [stated] = statedValues(
    text,
    own.flatMap(({ targets }) => targets),
  );
  const task = stated && own.find(({ targets }) => targets.includes(stated.target));
  if (!task) return null;
  return { codes: [task.code], words: line.trim(), command: 'progress', plain: false, notOurs: false };
}

/** The two things nearest to what was not understood, as they are typed. */
function nearest({ knowledge, commands }: Sense, text: string): string[] {
  const sentence: Sentence = readSentenceParts(text.slice(0, 200), knowledge);
  const [code] = sentence.codes;
  const [unit] = sentence.unitNames;
  const lines: Request[] = [];
  if (code) {
    lines.push(
      { ...noRequest, command: 'who', codes: [code.code] },
      { ...noRequest, command: 'task', codes: [code.code] },
    );
  } else if (unit !== undefined) {
    lines.push({ ...noRequest, command: 'list', unit }, { ...noRequest, command: 'due', range: '本周', unit });
  } else if (sentence.range?.problem === null) {
    lines.push({ ...noRequest, command: 'due', range: sentence.range.typed });
  }
  return lines.filter(({ command }) => commands.byWord.has(command)).map(typedLine);
}
