import { readdirSync } from 'node:fs';
import path from 'node:path';

import { Command, CommanderError } from 'commander';
import { expect, it } from 'vitest';

import { projectRoot } from '../../src/project-root.js';
import { blocks, guides, spans } from './guide.js';
import { wordsOf } from './shell.js';

const modules = readdirSync(path.join(projectRoot, 'src', 'cli')).filter(
  (file) => !['duban.ts', 'program.ts'].includes(file),
);

/** `duban` as src/cli makes it, to read command lines and do nothing. */
async function program(): Promise<Command> {
  const duban = new Command('duban');
  for (const file of modules) {
    const exported = await import(`../../src/cli/${path.basename(file, '.ts')}.ts`);
    for (const [name, make] of Object.entries(exported)) {
      if (name.endsWith('Command') && typeof make === 'function') duban.addCommand(make());
    }
  }
  return asleep(duban);
}

function asleep(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  if (command.commands.length === 0) command.action(() => {});
  for (const one of command.commands) asleep(one);
  return command;
}

/** The subcommand that the words begin with, and the rest of them. */
function subcommand(command: Command, words: string[]): { command: Command; rest: string[] } {
  const [first, ...rest] = words;
  const next = command.commands.find((one) => one.name() === first);
  return next ? subcommand(next, rest) : { command, rest: words };
}

const run = /^(?:npm run -s duban --|duban) (.+)$/;
const typed = guides.flatMap((guide) =>
  blocks(guide, 'sh').flatMap((block) =>
    block.split('\n').flatMap((line) => {
      const words = run.exec(line)?.[1];
      return words === undefined ? [] : [[guide.file, words] as const];
    }),
  ),
);
/** In a sentence, where the arguments need not be whole. */
const mentioned = guides.flatMap((guide) =>
  spans(guide).flatMap((span) => {
    const words = run.exec(span)?.[1] ?? /^(?:group|person) \w+.*$|^admin-code$|^doctor$/.exec(span)?.[0];
    return words === undefined ? [] : [[guide.file, words] as const];
  }),
);

it.each(typed)('%s: duban takes %s', async (_file, words) => {
  const read = await (await program()).parseAsync(wordsOf(words), { from: 'user' }).catch((error: unknown) => error);
  expect(read instanceof CommanderError ? read.message : null).toBeNull();
});

it.each(mentioned)('%s: duban has %s', async (_file, words) => {
  const duban = await program();
  const { command, rest } = subcommand(duban, words.split(/\s+/));
  expect(command).not.toBe(duban);
  expect(command.commands).toEqual([]);
  const options = command.options.map(({ long }) => long);
  expect(rest.filter((word) => word.startsWith('--') && !options.includes(word))).toEqual([]);
});
