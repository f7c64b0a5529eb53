import type { Waiting } from '../services/question/ask.js';
import { codesIn } from './asked-words.js';
import type { CommandSet } from './load-commands.js';
import type { Reading } from './read-arguments.js';
import { readLine } from './read-line.js';

/** What else can be said of a task that is not done after all: a done report was shown, and is not written. */
export function insteadOfDone(waiting: Waiting, commands: CommandSet, reading: Reading): string {
  if (waiting.kind !== 'choice') return '';
  const lines = waiting.answers.at(0)?.say.split('\n') ?? [];
  const codes = lines.flatMap((line) => {
    const read = readLine(line, commands, reading);
    return read.kind === 'command' && read.command.name === 'done' ? codesIn(read.rest, reading).slice(0, 1) : [];
  });
  const [only, ...others] = codes;
  if (only === undefined) return '';
  const code = others.length > 0 ? '编号' : only;
  return `报进展发“/progress ${code} 情况”，要延期发“/extend ${code} 新日期 原因”。`;
}
