import { access } from 'node:fs/promises';
import path from 'node:path';

import type { z } from 'zod';

import { readJson } from './data-folder.js';
import {
  intentsFile,
  namesFile,
  reportsFile,
  type SentenceFiles,
  type SentenceWords,
  sentenceWords,
  soundsFile,
  synonymsFile,
  talkFile,
  wordsFile,
} from './language/sentence/sentence-words.js';
import { projectRoot } from './project-root.js';

const shipped = path.join(projectRoot, 'data', 'language');
const forms = {
  words: wordsFile,
  intents: intentsFile,
  sounds: soundsFile,
  names: namesFile,
  synonyms: synonymsFile,
  reports: reportsFile,
  talk: talkFile,
};
type Form = keyof typeof forms;

/**
 * What sentences are read by: the words that come with the bot, and what the folder language/ of an office's data adds to
 * them. A file there holds only what is added. Throws `DataFolderError` for one that is not well-formed.
 */
export async function readSentenceWords(dataFolder: string): Promise<SentenceWords> {
  const own = path.join(dataFolder, 'language');
  const names = Object.keys(forms) as Form[];
  const read = await Promise.all(
    names.map(async (name): Promise<[Form, unknown]> => {
      const file = `${name}.json`;
      const base = await readJson(shipped, file, forms[name] as z.ZodType);
      const adds = own !== shipped && (await exists(path.join(own, file)));
      return [name, adds ? merged(base, await readJson(own, file, forms[name] as z.ZodType)) : base];
    }),
  );
  return sentenceWords(Object.fromEntries(read) as unknown as SentenceFiles);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Lists grow, tables grow, a single value is replaced. */
function merged(base: unknown, added: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(added)) return [...base, ...added];
  if (!isTable(base) || !isTable(added)) return added;
  const keys = new Set([...Object.keys(base), ...Object.keys(added)]);
  return Object.fromEntries(
    [...keys].map((key) => [
      key,
      key in base && key in added ? merged(base[key], added[key]) : (added[key] ?? base[key]),
    ]),
  );
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
