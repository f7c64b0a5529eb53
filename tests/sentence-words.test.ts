import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { readSentenceWords } from '../src/sentence-words.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-words-'));
  await mkdir(path.join(folder, 'language'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, value: unknown) => writeFile(path.join(folder, 'language', name), JSON.stringify(value));

it('takes what an office adds to the words that come with the bot', async () => {
  await write('words.json', { lead: ['挑(大|)头'] });
  await write('sounds.json', { plans: [{ typed: '岁', plan: '水' }], words: {} });
  await write('names.json', { units: [['城乡建设', '城建']] });
  const words = await readSentenceWords(folder);
  const meaningOf = (text: string) => words.meanings.longestAt(text, 0)?.values;
  expect(meaningOf('挑大头')).toEqual(['lead']);
  expect(meaningOf('牵头')).toContain('lead');
  expect(words.sounds.plans.at(-1)).toEqual({ typed: '岁', plan: '水' });
  expect(words.names.units).toContainEqual(['城乡建设', '城建']);
});

it.each([
  ['words.json', { lead: ['牵(头'] }, /words\.json 的 lead\.0/],
  ['intents.json', { intents: [{ command: 'who' }] }, /intents\.json 的 intents\.0/],
  ['talk.json', { silent: '收到' }, /talk\.json 的 silent/],
])('names the place in %s that is not well-formed', async (name, value, where) => {
  await write(name, value);
  await expect(readSentenceWords(folder)).rejects.toThrow(where);
});
