import { BotError } from '../errors.js';
import { readCodes } from '../language/codes.js';
import { leadingCodes } from '../language/leading-codes.js';
import { nearest } from '../language/suggest.js';
import type { AskedTopic } from '../services/question/topic.js';
import type { Command } from './command.js';
import type { CommandSet } from './load-commands.js';
import type { Reply } from './message.js';
import { type Reading, readArguments } from './read-arguments.js';
import { TypedText } from './typed-text.js';

/** What one line of a message asks for. */
export type ReadLine =
  | { kind: 'command'; command: Command; rest: string; slashed: boolean }
  | { kind: 'refusal'; text: string }
  | { kind: 'unknown'; text: string; near?: string[] }
  /** What stands before the answers: how the line was read. */
  | { kind: 'note'; text: string }
  /** Answered already: the bot asks back which of several is meant. */
  | { kind: 'said'; reply: Reply; topic: AskedTopic | null };

/** A line as it is typed, and as it is read. */
export interface Line {
  typed: string;
  read: ReadLine;
}

/** As if it had been typed so. */
export function commandLine(command: Command, rest: string, slashed: boolean): Line {
  return {
    typed: `${slashed ? '/' : ''}${command.name} ${rest}`,
    read: { kind: 'command', command, rest, slashed },
  };
}

export function isSlashed(line: string): boolean {
  return /^\s*[/／]/u.test(line);
}

export function readLine(line: string, commands: CommandSet, reading: Reading): ReadLine {
  return isSlashed(line) ? readSlashed(line, commands) : readSentence(line, commands, reading);
}

function readSlashed(line: string, commands: CommandSet): ReadLine {
  const text = new TypedText(line.replace(/^\s*[/／]\s*/u, ''));
  const word = wordAtStart(text.folded, commands);
  if (word !== null) return command(commands, word, text.words(word.length), true);
  const typed = /^\S{0,20}/u.exec(text.folded)?.[0] ?? '';
  const meant = nearest(typed, commands.words);
  const known = meant === null ? undefined : commands.byWord.get(meant);
  const hint = known ? `是不是想输入 /${known.name}？` : '发“/help”看能问什么。';
  return { kind: 'refusal', text: `没有“/${typed}”这个命令。${hint}` };
}

/** A name in Latin letters ends where a letter no longer follows; a Chinese one may run into the next word. */
export function wordAtStart(text: string, commands: CommandSet): string | null {
  const lower = text.toLowerCase();
  const fits = (word: string) => lower.startsWith(word) && !(isLatin(word) && /[a-z]/.test(lower.charAt(word.length)));
  return commands.words.find(fits) ?? null;
}

const isLatin = (word: string) => /^[a-z]/.test(word);

/**
 * A line without a slash: an alias first, after the codes, or last. What would write is never read out of a question, nor
 * from a word at the end.
 */
function readSentence(line: string, commands: CommandSet, reading: Reading): ReadLine {
  const text = new TypedText(line);
  const asks = mayAsk(text.folded);
  const codes = leadingCodes(text.folded, readCodes(text.folded, reading.lexicon.plans));
  const last = codes.at(-1);
  const first = wordAtStart(text.folded, commands);
  const read = first === null ? null : command(commands, first, text.words(first.length), false);
  const writes = read !== null && wouldWrite(read, reading);
  if (read && !writes) return read;
  if (read && !isQuestion(read, text.folded, asks) && isComplete(read, reading)) return read;
  if (last) {
    const gap = /^[\s,，:：]*/u.exec(text.folded.slice(last.end))?.[0].length ?? 0;
    const start = last.end + gap;
    const word = wordAtStart(text.folded.slice(start), commands);
    if (word !== null) {
      const after = command(commands, word, `${text.words(0, last.end)} ${text.words(start + word.length)}`, false);
      if (!isQuestion(after, text.folded, asks) || !wouldWrite(after, reading)) return after;
    }
  }
  const trimmed = text.folded.replace(asking, '');
  const final = commands.words.find((word) => !isLatin(word) && trimmed.toLowerCase().endsWith(word));
  if (final !== undefined) {
    const ends = command(commands, final, text.words(0, trimmed.length - final.length), false);
    if (!wouldWrite(ends, reading) && (isOpen(ends) || hasNoWords(ends, reading))) return ends;
  }
  if (read && !asks) return read;
  const task = commands.byWord.get('task');
  if (task && last && last.end >= trimmed.length) {
    return { kind: 'command', command: task, rest: text.words(0), slashed: false };
  }
  return { kind: 'unknown', text: line };
}

/** Open to everybody: a question. What else ends with its word is not to take what stands before for words to pass on. */
const isOpen = (read: ReadLine) => read.kind === 'command' && read.command.allow === 'member';

function hasNoWords(read: ReadLine, reading: Reading): boolean {
  if (read.kind !== 'command' || !isComplete(read, reading)) return false;
  const { words } = readArguments(read.command, read.rest, reading);
  return words === undefined;
}

function command(commands: CommandSet, word: string, rest: string, slashed: boolean): ReadLine {
  const found = commands.byWord.get(word);
  return found ? { kind: 'command', command: found, rest, slashed } : { kind: 'unknown', text: rest };
}

/** 销号清单 and 暂缓的清单 begin with a word that writes, and name nothing to write about. */
export function isComplete(read: ReadLine, reading: Reading): boolean {
  if (read.kind !== 'command') return false;
  try {
    readArguments(read.command, read.rest, reading);
    return true;
  } catch (error) {
    if (error instanceof BotError) return false;
    throw error;
  }
}

/** An answer may hold 几家 or 什么时候 without asking anything. */
function isQuestion(read: ReadLine, text: string, asks: boolean): boolean {
  return read.kind === 'command' && read.command.isAnswer ? questionEnd.test(text) : asks;
}

const questionEnd = /[?？]|(?:吗|呢|了没|没有)[\s。!！]*$/u;

/** How a question ends, after the word that says what is asked. */
const asking = /(?:[\s。.?？!！的了吗呢啊吧没]|有?哪些|有?什么|有啥|有没有|有几项|有多少)+$/u;

const questionMarks = /[?？吗]|什么|怎么|哪|谁|几|多少|没有?$|了没/u;

/** Folded text that may be a question. */
export function mayAsk(text: string): boolean {
  return questionMarks.test(text);
}

/** Whether the line would change something. Where that depends on arguments that cannot be read, it may. */
export function wouldWrite(read: ReadLine, reading: Reading): boolean {
  if (read.kind !== 'command') return false;
  const { writes } = read.command;
  if (typeof writes === 'boolean') return writes;
  try {
    return writes(readArguments(read.command, read.rest, reading));
  } catch (error) {
    if (error instanceof BotError) return true;
    throw error;
  }
}
