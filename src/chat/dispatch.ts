import { keepNote } from '../domain/note.js';
import { actorRoleNames, botName, holds } from '../domain/person.js';
import { rights } from '../domain/rights.js';
import { hasMarking } from '../domain/secrecy.js';
import { cleanText } from '../domain/text.js';
import { BotError } from '../errors.js';
import { fold } from '../language/fold.js';
import type { SentenceWords } from '../language/sentence/sentence-words.js';
import { isSmallTalk } from '../language/sentence/small-talk.js';
import type { Context } from '../services/context.js';
import type { Answer } from '../services/message/answer-message.js';
import { type Answers, ask, takeAnswers } from '../services/question/ask.js';
import { rememberTopic } from '../services/question/topic.js';
import { acknowledge } from '../services/urging/urgings.js';
import type { Command, YesWith } from './command.js';
import { lexiconOf } from './lexicon.js';
import type { CommandSet } from './load-commands.js';
import { joinReplies, type Reply, reply } from './message.js';
import { quotedCode } from './quoted-code.js';
import { lacksCode, type Reading, readArguments } from './read-arguments.js';
import { isSlashed, readLine, wouldWrite } from './read-line.js';
import { type Line, readLines } from './read-sentence.js';
import { topicAfter } from './topic-after.js';

const maxCharacters = 20_000;
const maxCommands = 60;
const maxFiles = 3;
const unknownShown = 3;
const nearShown = 2;

const yes = ['是', '是的', '确认', '对', '好，确认', 'y', 'yes'];
const no = ['不', '否', '不是', '取消', '不对', '算了', '先别报', '不用', 'n', 'no'];
/** What the bot can do and by which words it understands. */
export interface Knows {
  commands: CommandSet;
  sentences: SentenceWords;
}

/** Reads a message, runs its commands in order and says one reply; small talk is not answered. */
export async function converse(ctx: Context, knows: Knows, message: string): Promise<Answer> {
  const { sentences } = knows;
  const refusal = unreadable(message);
  if (refusal) return { replies: [reply.refusal(refusal)], commands: [] };
  // Here once for all, so that no preview or question holds what a note may not.
  const text = keepNote(withoutMentions(cleanText(message))).trim();
  const said = fold(text).toLowerCase();
  const waiting = isSlashed(text) || said.length > 40 ? [] : await takeAnswers(ctx);
  const answer = answerIn(waiting, said);
  if (answer !== null) return runLines(ctx, knows, answer, true);
  if (no.includes(said)) {
    return { replies: waiting.length > 0 ? [reply.text('好，没有记。')] : [], commands: [] };
  }
  if (yes.includes(said)) {
    return { replies: [reply.refusal('没有等你确认的内容，或已过10分钟。请重新发一次。')], commands: [] };
  }
  if (isSmallTalk(said, sentences, lexiconOf(ctx, sentences.names).units)) {
    if (said.includes('收到')) await acknowledge(ctx);
    return { replies: [], commands: [] };
  }
  return runLines(ctx, knows, text, false);
}

const mention = new RegExp(`[@＠]\\s?${botName}[^\\S\\n]*`, 'gu');

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

function answerIn(waiting: Answers, said: string): string | null {
  const words = yes.includes(said) ? yes : [said];
  return waiting.find((option) => option.words.some((word) => words.includes(fold(word).toLowerCase())))?.say ?? null;
}

/** Where a command names no task, the one of the message that is answered is meant, as if it had been typed. */
function aboutQuoted(line: Line, quoted: string | null, reading: Reading): Line {
  const { read } = line;
  if (quoted === null || read.kind !== 'command' || !lacksCode(read.command, read.rest, reading)) return line;
  const rest = `${quoted} ${read.rest}`.trimEnd();
  return { typed: `${read.slashed ? '/' : ''}${read.command.name} ${rest}`, read: { ...read, rest } };
}

async function runLines(ctx: Context, knows: Knows, text: string, confirmed: boolean): Promise<Answer> {
  const { commands, sentences } = knows;
  const reading: Reading = { lexicon: lexiconOf(ctx, sentences.names), today: ctx.today, unit: ctx.actor.unit };
  const quoted = await quotedCode(ctx);
  const typed = splitLines(text, commands, reading);
  if (typed.length > maxCommands) {
    const why = `一条消息最多${maxCommands}条命令，这条有${typed.length}条，一条也没有执行。请分几次发。`;
    return { replies: [reply.refusal(why)], commands: [] };
  }
  const read = await readLines({ ctx, commands, sentences, reading }, typed);
  const lines = read.map((line) => aboutQuoted(line, quoted, reading));
  const writing = lines.filter(({ read }) => wouldWrite(read, reading));
  const asks =
    !confirmed && writing.some(({ read }) => read.kind === 'command' && !read.slashed && !read.command.isAnswer);
  const replies: Reply[] = [];
  for (const line of lines) {
    const { read } = line;
    if (asks && writing.includes(line)) continue;
    if (read.kind === 'command') replies.push(await run({ ctx, knows, confirmed }, read.command, read.rest, reading));
    if (read.kind === 'refusal') replies.push(reply.refusal(read.text));
    if (read.kind === 'note') replies.push(reply.text(read.text));
    if (read.kind === 'said') replies.push(read.reply);
  }
  if (asks) replies.push(await askFirst(ctx, knows, writing, reading));
  const unknown = lines.filter(({ read }) => read.kind === 'unknown');
  if (unknown.length > 0) replies.push(notUnderstood(unknown));
  await rememberTopic(ctx, topicAfter(lines, replies, reading));
  const names = lines.flatMap((line) =>
    line.read.kind === 'command' && !(asks && writing.includes(line)) ? [line.read.command.name] : [],
  );
  return { replies: together(replies), commands: names };
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

/** Runs one command; what it refuses becomes a refusal, anything else goes up and rolls the message back. */
async function run(
  { ctx, knows, confirmed }: { ctx: Context; knows: Knows; confirmed: boolean },
  command: Command,
  rest: string,
  reading: Reading,
): Promise<Reply> {
  try {
    refuseUnlessAllowed(ctx, command);
    const args = readArguments(command, rest, reading);
    return await command.run({ args, ctx, confirmed, commands: knows.commands.list, sentences: knows.sentences });
  } catch (error) {
    if (error instanceof BotError) return reply.refusal(error.say);
    throw error;
  }
}

function refuseUnlessAllowed(ctx: Context, command: Command): void {
  if (command.allow === 'member' || holds(ctx.actor, ...command.allow)) return;
  const roles = command.allow.map((role) => actorRoleNames[role]).join('、');
  const who =
    command.right === null ? `/${command.name}（${command.aliases[0]}）由${roles}用` : rights[command.right].who;
  throw new BotError('forbidden', `${who}。发“/help”看你能用的命令。`);
}

/** What would write, without a slash: shown as read, and run only on 是. */
async function askFirst(ctx: Context, { commands, sentences }: Knows, lines: Line[], reading: Reading): Promise<Reply> {
  const previews: string[] = [];
  const refusals: string[] = [];
  const said: { line: string; adds: YesWith | null }[] = [];
  for (const { typed, read } of lines) {
    if (read.kind !== 'command') continue;
    const { command, rest } = read;
    try {
      refuseUnlessAllowed(ctx, command);
      const args = readArguments(command, rest, reading);
      const input = { args, ctx, confirmed: false, commands: commands.list, sentences };
      previews.push(await command.preview(input));
      said.push({ line: isSlashed(typed) ? typed : `/${command.name} ${rest}`, adds: command.withYes(input) });
    } catch (error) {
      if (!(error instanceof BotError)) throw error;
      refusals.push(error.say);
    }
  }
  if (said.length === 0) return reply.refusal(refusals.join('\n'));
  const count = said.length > 1 ? `读到${said.length}条，` : '';
  const adds = said.find((one) => one.adds !== null)?.adds;
  const notes = [...refusals.map((why) => `不记：${why}`), ...(adds ? [adds.hint] : [])];
  const text = [`${count}请核对，无误请回“是”：`, ...previews, ...notes].join('\n');
  const plain = { words: yes, say: said.map(({ line }) => line).join('\n') };
  const adding = (adds?.words ?? []).map((word) => ({
    words: [word, ...yes.flatMap((one) => [`${one} ${word}`, `${one}${word}`, `${one},${word}`])],
    say: said.map(({ line, adds }) => (adds?.words.includes(word) ? `${line} ${word}` : line)).join('\n'),
  }));
  const buttons = ['是', ...(adds ? [`是 ${adds.words[0]}`] : [])].map((send) => ({ label: send, send }));
  return ask(ctx, text, [plain, ...adding], buttons);
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
