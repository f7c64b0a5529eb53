import { BotError } from '../errors.js';
import { ask } from '../services/question/ask.js';
import type { YesWith } from './command.js';
import { type Reply, reply } from './message.js';
import { readArguments } from './read-arguments.js';
import { isSlashed, type Line } from './read-line.js';
import { refuseUnlessAllowed, type Talk, type Wordless, yes } from './run-command.js';

/** What would write, without a slash: shown as read, and run only on 是. */
export async function askFirst(
  { ctx, commands, sentences, reading }: Talk,
  lines: Line[],
  wordless: Wordless,
): Promise<Reply> {
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
      const asked = error.code === 'incomplete' ? await wordless(read) : null;
      if (asked) return asked;
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
