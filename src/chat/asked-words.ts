import { onOneLine, tellsSomething } from '../domain/note.js';
import { readCodes } from '../language/codes.js';
import { fold } from '../language/fold.js';
import { leadingCodes } from '../language/leading-codes.js';
import type { Waiting } from '../services/question/ask.js';
import { kindRead } from './arguments.js';
import type { AskedFor, Command } from './command.js';
import type { CommandSet } from './load-commands.js';
import { codeText } from './quoted-code.js';
import { lacksCode, type Reading } from './read-arguments.js';
import {
  commandLine,
  isComplete,
  isSlashed,
  type Line,
  mayAsk,
  readLine,
  wordAtStart,
  wouldWrite,
} from './read-line.js';
import { TypedText } from './typed-text.js';

/** A command whose words the bot has asked for. */
export interface Asked {
  command: Command;
  /** What is typed of it: 气-7, 气-5 县工科局. */
  rest: string;
  /** Of the speaker, who says them next or answers this very question. */
  sure: boolean;
}

/** By this sentence the question is known again where somebody quotes it. */
export const askingSentence = ({ what }: AskedFor) => `请回复本条消息写明${what}。`;

/** What the speaker was asked for here; else what the message asks for that they quote. */
export function askedOf(
  waiting: Waiting | null,
  quoted: { words: string | null } | null,
  commands: CommandSet,
  reading: Reading,
): Asked | null {
  const own = waiting?.kind === 'words' ? begunCommand(waiting.typed, commands, reading) : null;
  if (quoted === null) return own;
  const { words } = quoted;
  if (words === null) return own && { ...own, sure: false };
  const command = commands.list.find(({ asks }) => asks !== null && words.includes(askingSentence(asks)));
  if (!command) return null;
  const codes = codesIn(words, reading);
  if (own?.command === command && String(codesIn(own.rest, reading)) === String(codes)) return own;
  return codes.length === 0 ? null : { command, rest: codes.join(' '), sure: false };
}

function begunCommand(typed: string, commands: CommandSet, reading: Reading): Asked | null {
  const read = readLine(typed, commands, reading);
  return read.kind === 'command' ? { command: read.command, rest: read.rest, sure: true } : null;
}

/** As they are typed, each once. */
export const codesIn = (text: string, { lexicon }: Reading) => [
  ...new Set(readCodes(fold(text), lexicon.plans).map(codeText)),
];

export type AskedWords =
  | { kind: 'words'; line: Line }
  /** 是, 完成了: the question is asked again. */
  | { kind: 'nothing' };

/**
 * What somebody says who was asked for words. `null` where it is something else: a command, a question, another task. A line
 * without a slash is one of which that is not sure: it is shown before it is written.
 */
export function readAskedWords(text: string, asked: Asked, commands: CommandSet, reading: Reading): AskedWords | null {
  const whole = new TypedText(text);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.some(isSlashed) || asksSurely.test(whole.folded)) return null;
  const own = codesIn(asked.rest, reading);
  const leading = lines.flatMap((line) => leadingIn(line, reading));
  const isOwn = lines.length === 1 && leading.every((code) => own.includes(codeText(code)));
  if (leading.length > 0 && !isOwn) return null;
  const reads = lines.map((line) => howItReads(line, asked, commands, reading));
  if (reads.some(({ as }) => as === 'other')) return null;
  const [only] = reads;
  if (reads.length === 1 && only?.as === 'instead')
    return { kind: 'words', line: commandLine(only.command, only.rest, false) };
  const start = leading.at(-1)?.end ?? (reads.length === 1 && only?.as === 'words' ? only.start : 0);
  const words = whole.words(start);
  if (!tellsSomething(words)) return { kind: 'nothing' };
  const doubtful =
    !asked.sure ||
    reads.some(({ as }) => as !== 'words') ||
    codesIn(words, reading).length > 0 ||
    mayAsk(whole.folded) ||
    isShort(words) ||
    (asked.command.asks?.unlike?.test(whole.folded) ?? false);
  const rest = joined(asked.rest, doubtful ? onOneLine(words) : words, reading);
  return { kind: 'words', line: commandLine(asked.command, rest, !doubtful) };
}

const asksSurely = /[?？]\s*$|(?:吗|呢|了没)[\s。!！]*$/u;
const fewest = 4;
const isShort = (words: string) => [...words.replace(/[\p{P}\p{S}\s]/gu, '')].length < fewest;

function leadingIn(line: string, { lexicon }: Reading) {
  const text = fold(line);
  return leadingCodes(text, readCodes(text, lexicon.plans));
}

type Reads =
  /** The words begin at `start`. */
  | { as: 'words'; start: number }
  | { as: 'doubtful' }
  | { as: 'other' }
  /** 进展 …, where 办结情况 was asked for: another report on the same task. */
  | { as: 'instead'; command: Command; rest: string };

const wholeLine: Reads = { as: 'words', start: 0 };

/** Whoever was asked for words may begin them with one that names a command: 完成5家检修, 进展顺利. By itself it names it. */
function howItReads(line: string, asked: Asked, commands: CommandSet, reading: Reading): Reads {
  const read = readLine(line, commands, reading);
  if (read.kind !== 'command') return wholeLine;
  const text = fold(line);
  const alias = wordAtStart(text, commands);
  const complete = isComplete(read, reading);
  if (alias === null) return complete ? { as: 'other' } : wholeLine;
  const isSame = read.command === asked.command;
  if (/^(?:[\s,，:：;；.。!！]|$)/u.test(text.slice(alias.length))) {
    if (complete) return { as: 'other' };
    if (isSame) return { as: 'words', start: alias.length };
    const isReport = wouldWrite(read, reading) && lacksCode(read.command, read.rest, reading);
    const codes = codesIn(asked.rest, reading).join(' ');
    return isReport ? { as: 'instead', command: read.command, rest: `${codes} ${read.rest}` } : { as: 'doubtful' };
  }
  // 查清12处 is no search.
  if (isSame || alias.length === 1) return wholeLine;
  if (complete) return takesWords(read.command) ? { as: 'doubtful' } : { as: 'other' };
  return wouldWrite(read, reading) ? { as: 'doubtful' } : wholeLine;
}

const takesWords = ({ args }: Command) => Object.values(args.shape).some((schema) => kindRead(schema) === 'words');

/** A number at the beginning of the words must not go on a code. */
function joined(rest: string, words: string, reading: Reading): string {
  const typed = `${rest} ${words}`;
  const codes = (text: string) => leadingIn(text, reading).map((one) => `${codeText(one)}-${one.through}`);
  return String(codes(rest)) === String(codes(typed)) ? typed : `${rest}：${words}`;
}
