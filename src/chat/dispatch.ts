import { keepNote } from '../domain/note.js';
import { botName } from '../domain/person.js';
import { hasMarking } from '../domain/secrecy.js';
import { cleanText } from '../domain/text.js';
import { fold } from '../language/fold.js';
import { callsOffAt, isNo } from '../language/sentence/calls-off.js';
import type { SentenceWords } from '../language/sentence/sentence-words.js';
import { isSmallTalk } from '../language/sentence/small-talk.js';
import type { Context } from '../services/context.js';
import { withhold } from '../services/evidence/hold.js';
import { afterChange } from '../services/ledger/after-change.js';
import type { Answer } from '../services/message/answer-message.js';
import { readsOnly } from '../services/message/ask-ledger.js';
import { quotedWords } from '../services/message/quoted-words.js';
import { type Answers, closeQuestion, type Waiting, waitingQuestion } from '../services/question/ask.js';
import { rememberTopic } from '../services/question/topic.js';
import { acknowledge } from '../services/urging/urgings.js';
import { askFirst } from './ask-first.js';
import { askWords } from './ask-words.js';
import { type Asked, askedOf, codesIn, readAskedWords } from './asked-words.js';
import { insteadOfDone } from './instead-of-done.js';
import { lexiconOf } from './lexicon.js';
import type { CommandSet } from './load-commands.js';
import { joinReplies, type Reply, reply } from './message.js';
import { quotedCode } from './quoted-code.js';
import { lacksCode, type Reading } from './read-arguments.js';
import { commandLine, isSlashed, type Line, readLine, wouldWrite } from './read-line.js';
import { readLines } from './read-sentence.js';
import { type Receipt, receiptsReply } from './receipts.js';
import { type Gone, runCommand, type Talk, type Wordless, yes } from './run-command.js';
import { topicAfter } from './topic-after.js';

const maxCharacters = 20_000;
const maxCommands = 60;
const maxFiles = 3;
const unknownShown = 3;
const nearShown = 2;
const longestAnswer = 40;

/** What the bot can do and by which words it understands. */
export interface Knows {
  commands: CommandSet;
  sentences: SentenceWords;
}

/** Reads a message, runs its commands in order and says one reply; small talk is not answered. */
export async function converse(ctx: Context, knows: Knows, message: string): Promise<Answer> {
  return talkOf({ ctx, ...knows, reading: readingOf(ctx, knows) }, message, true);
}

/** `remembers` what is asked, so that one may go on asking about it. */
async function talkOf(talk: Talk, message: string, remembers: boolean): Promise<Answer> {
  const { ctx, sentences, reading } = talk;
  const refusal = unreadable(message);
  if (refusal) return { replies: [reply.refusal(refusal)], commands: [] };
  // Here once for all, so that no preview or question holds what a note may not.
  const text = keepNote(withoutMentions(cleanText(message))).trim();
  const said = fold(text).toLowerCase();
  const waiting = isSlashed(text) ? null : await waitingQuestion(ctx);
  const answer = waiting?.kind === 'choice' ? answerIn(waiting.answers, said) : null;
  if (answer !== null && (await closeQuestion(ctx))) {
    return runLines(talk, await linesIn(talk, answer.say), { confirmed: true, kept: answer.kept }, { remembers });
  }
  if (isNo(said, sentences) || calledOff(talk, text, waiting)) return callOff(talk, waiting);
  if (isSmallTalk(said, sentences, reading.lexicon.units)) {
    if (said.includes('收到')) await acknowledge(ctx);
    return { replies: [], commands: [] };
  }
  const quoted = ctx.message.quoted && { words: await quotedWords(ctx) };
  const answered = isSlashed(text) ? null : await answerAsked(talk, text, waiting, quoted);
  if (answered) return answered;
  if (waiting?.kind === 'choice') await closeQuestion(ctx);
  if (yes.includes(said)) {
    return { replies: [reply.refusal('没有等你确认的内容，或已过10分钟。请重新发一次。')], commands: [] };
  }
  const code = quoted?.words ? quotedCode(quoted.words, talk.reading.lexicon) : null;
  const lines = await linesIn(talk, text);
  return runLines(
    talk,
    lines.map((line) => aboutQuoted(line, code, talk.reading)),
    { confirmed: false },
    { remembers },
  );
}

/** The words that the bot has asked for; `null` where the message is something else. */
async function answerAsked(
  talk: Talk,
  text: string,
  waiting: Waiting | null,
  quoted: { words: string | null } | null,
): Promise<Answer | null> {
  const { ctx, commands, reading } = talk;
  const asked = askedOf(waiting, quoted, commands, reading);
  if (asked === null) return null;
  const words = readAskedWords(text, asked, commands, reading);
  switch (words?.kind) {
    case 'words':
      // Of two messages at once the first holds the words.
      if (isSlashed(words.line.typed) && !(await closeQuestion(ctx))) return null;
      return runLines(talk, [words.line], { confirmed: false }, { asked });
    case 'nothing':
      return runLines(talk, [commandLine(asked.command, asked.rest, true)], { confirmed: false });
    default:
      return null;
  }
}

/** Said of what waits, and of no other task. */
function calledOff({ reading, sentences }: Talk, text: string, waiting: Waiting | null): boolean {
  const at = waiting && callsOffAt(fold(text).toLowerCase(), sentences);
  return at === 'end' || (at === 'start' && codesIn(text, reading).length === 0);
}

/** What was sent for it does not go with something else instead. */
async function callOff({ ctx, commands, reading }: Talk, waiting: Waiting | null): Promise<Answer> {
  if (waiting === null || !(await closeQuestion(ctx))) return { replies: [], commands: [] };
  const sent = await withhold(ctx);
  const note = sent > 0 ? `发来的${sent}份材料留一天，要附到别处发“/attach 编号”。` : null;
  return { replies: [reply.text(`好，没有记。${insteadOfDone(waiting, commands, reading)}`, note)], commands: [] };
}

/** Where nothing may be written: refuses what would, and what would ask whether to. */
export async function consult(ctx: Context, knows: Knows, message: string): Promise<Answer> {
  const { commands } = knows;
  const reading = readingOf(ctx, knows);
  const lines = splitLines(keepNote(withoutMentions(cleanText(message))).trim(), commands, reading);
  if (lines.some((line) => wouldWrite(readLine(line, commands, reading), reading))) throw readsOnly();
  const answer = await talkOf({ ctx, ...knows, reading }, message, false);
  if (answer.replies.some(({ kind }) => kind === 'question')) throw readsOnly();
  return answer;
}

export const readingOf = (ctx: Context, { sentences }: Pick<Knows, 'sentences'>): Reading => ({
  lexicon: lexiconOf(ctx, sentences.names),
  today: ctx.today,
  unit: ctx.actor.unit,
});

/** The bot's name anywhere, and whatever name the group gave it where the message begins. */
const mention = new RegExp(`[@＠]\\s?${botName}[^\\S\\n]*|^[@＠]\\S{1,20}[^\\S\\n]+`, 'gu');

/** Whom a message is addressed to is no part of what it says. */
function withoutMentions(text: string): string {
  return text.replace(mention, '');
}

function unreadable(message: string): string | null {
  const length = [...message].length;
  if (length > maxCharacters) return `消息太长（${length}字），一次最多${maxCharacters}字，没有记录。请分几条发。`;
  if (hasMarking(message)) return '已拒收：看到密级标志。这里不处理涉密内容，没有保存。';
  return null;
}

interface Said {
  say: string;
  kept?: unknown;
}

function answerIn(answers: Answers, said: string): Said | null {
  if (said.length > longestAnswer) return null;
  const words = yes.includes(said) ? yes : [said];
  const chosen = answers.find((option) => option.words.some((word) => words.includes(fold(word).toLowerCase())));
  if (chosen) return chosen;
  const open = answers.find(({ pattern }) => pattern !== undefined && new RegExp(pattern, 'u').test(said));
  return open ? { ...open, say: open.say.replace('{}', () => said) } : null;
}

/** Where a command names no task, the one of the message that is answered is meant, as if it had been typed. */
function aboutQuoted(line: Line, quoted: string | null, reading: Reading): Line {
  const { read } = line;
  if (quoted === null || read.kind !== 'command' || !lacksCode(read.command, read.rest, reading)) return line;
  return commandLine(read.command, `${quoted} ${read.rest}`.trimEnd(), read.slashed);
}

function linesIn(talk: Talk, text: string): Promise<Line[]> {
  return readLines(talk, splitLines(text, talk.commands, talk.reading).slice(0, maxCommands + 1));
}

async function runLines(
  talk: Talk,
  lines: Line[],
  gone: Gone,
  { asked = null, remembers = false }: { asked?: Asked | null; remembers?: boolean } = {},
): Promise<Answer> {
  const { ctx, reading } = talk;
  if (lines.length > maxCommands) {
    const why = `一条消息最多${maxCommands}条命令，这条有${lines.length}条，一条也没有执行。请分几次发。`;
    return { replies: [reply.refusal(why)], commands: [] };
  }
  const writing = lines.filter(({ read }) => wouldWrite(read, reading));
  const asks =
    !gone.confirmed && writing.some(({ read }) => read.kind === 'command' && !read.slashed && !read.command.isAnswer);
  // What is written in between leaves the question: what follows would be taken for its words.
  if (!gone.confirmed && writing.length > 0) await closeQuestion(ctx);
  const wordless: Wordless = (one) => (lines.length === 1 ? askWords(talk, one, asked) : null);
  const replies: Reply[] = [];
  const receipts: Receipt[] = [];
  let firstReport: number | null = null;
  let now = talk;
  let wrote = false;
  for (const line of lines) {
    const { read } = line;
    if (asks && writing.includes(line)) continue;
    if (read.kind === 'command') {
      if (wrote) now = await afterWriting(now);
      wrote ||= writing.includes(line);
      const said = await runCommand(now, read, { ...gone, receipts }, wordless);
      if (receipts.length > 0) firstReport ??= replies.length;
      replies.push(...said.filter((one) => one.kind !== 'text' || one.text !== ''));
    }
    if (read.kind === 'refusal') replies.push(reply.refusal(read.text));
    if (read.kind === 'note') replies.push(reply.text(read.text));
    if (read.kind === 'said') replies.push(read.reply);
  }
  if (firstReport !== null) replies.splice(firstReport, 0, receiptsReply(receipts));
  if (asks) replies.push(await askFirst(talk, writing, wordless));
  const unknown = lines.filter(({ read }) => read.kind === 'unknown');
  if (unknown.length > 0) replies.push(notUnderstood(unknown));
  if (remembers) await rememberTopic(ctx, topicAfter(lines, replies, reading));
  const names = lines.flatMap((line) =>
    line.read.kind === 'command' && !(asks && writing.includes(line)) ? [line.read.command.name] : [],
  );
  return { replies: together(replies), commands: names };
}

/** What is typed below /set or /assign is about the ledger as that left it. */
async function afterWriting(talk: Talk): Promise<Talk> {
  const ctx = await afterChange(talk.ctx);
  return ctx === talk.ctx ? talk : { ...talk, ctx, reading: readingOf(ctx, talk) };
}

/** One reply for all that is words, and each file after it, once. */
function together(replies: Reply[]): Reply[] {
  const files = replies.filter((one) => one.kind === 'file');
  const words: Reply[] = replies.filter((one) => one.kind !== 'file');
  const asked = [...new Map(files.map((file) => [file.name, file])).values()];
  if (asked.length > maxFiles) {
    words.push(reply.refusal(`一条消息最多要${maxFiles}份文件，其余${asked.length - maxFiles}份请另发一条。`));
  }
  return [...(words.length > 0 ? [joinReplies(words)] : []), ...asked.slice(0, maxFiles)];
}

/** Lines after a command that takes words and writes belong to its words, unless they are read as something themselves. */
function splitLines(text: string, commands: CommandSet, reading: Reading): string[] {
  const lines: string[] = [];
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/u)) {
    if (line.trim() === '') continue;
    const open = lines.at(-1);
    const opener = open === undefined || !isSlashed(open) ? null : readLine(open, commands, reading);
    const takesWords = opener?.kind === 'command' && !isSlashed(line) && wouldWrite(opener, reading);
    if (takesWords && readLine(line, commands, reading).kind === 'unknown')
      lines[lines.length - 1] = `${open}\n${line}`;
    else lines.push(line);
  }
  return lines;
}

function notUnderstood(lines: Line[]): Reply {
  const shown = lines.slice(0, unknownShown).map(({ typed }) => `“${cut(typed)}”`);
  const more = lines.length > unknownShown ? `等${lines.length}行` : '';
  const near = lines.flatMap(({ read }) => (read.kind === 'unknown' ? (read.near ?? []) : [])).slice(0, nearShown);
  const offered = near.length > 0 ? near.map((line) => `“${line}”`).join('、') : '“/due 本周”看到期任务';
  return reply.refusal(`没看懂${shown.join('、')}${more}。可以发${offered}，或发“/help”看能问什么。`);
}

function cut(text: string): string {
  const characters = [...text.trim().replace(/\s+/gu, ' ')];
  return characters.length > 20 ? `${characters.slice(0, 20).join('')}……` : characters.join('');
}
