import { readdir } from 'node:fs/promises';

import type { Command } from './command.js';

export interface CommandSet {
  list: Command[];
  /** By name and alias, in lower case. */
  byWord: ReadonlyMap<string, Command>;
  /** Names and aliases, longest first. */
  words: string[];
}

/** Loads every file of commands/. Throws when two commands share a word, because one of them would never be reached. */
export async function loadCommands(folder = new URL('../../commands/', import.meta.url)): Promise<CommandSet> {
  const files = (await readdir(folder)).filter((file) => /(?<!\.d)\.[jt]s$/.test(file)).sort();
  const modules: { default: Command }[] = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
  return commandSet(modules.map((module) => module.default));
}

export function commandSet(list: Command[]): CommandSet {
  const byWord = new Map<string, Command>();
  for (const command of list) {
    for (const word of [command.name, ...command.aliases]) {
      const key = word.toLowerCase();
      const other = byWord.get(key);
      if (other) throw new Error(`the word ${word} belongs to both ${other.name} and ${command.name}`);
      byWord.set(key, command);
    }
  }
  return { list, byWord, words: [...byWord.keys()].sort((a, b) => b.length - a.length) };
}
