import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, expect, it } from 'vitest';

import { openStore } from '../../src/store/open.js';
import { listAllAccounts, listPeople, updatePerson } from '../../src/store/people.js';
import type { Store } from '../../src/store/store.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** The bot, and another program on the same ledger. */
async function botAndNeighbour(): Promise<{ bot: TestBot; neighbour: Store }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-roster-'));
  open.push(() => rm(folder, { recursive: true }));
  const location = path.join(folder, 'duban.db');
  const bot = await testBot({ location });
  open.push(() => bot.stop());
  const neighbour = await openStore(location, {});
  open.push(() => neighbour.close());
  return { bot, neighbour };
}

it('takes the right to report from a person at once, whichever program takes it', async () => {
  const { bot, neighbour } = await botAndNeighbour();
  const report = () => bot.say('/progress 水-7 管网完成过半', '县住建局联络员');
  expect(await report()).toContain('已记：水-7');

  const [workspace] = await listWorkspaces(neighbour.read);
  if (!workspace) throw new Error('no workspace');
  const people = await listPeople(neighbour.read, workspace.id);
  const accounts = await listAllAccounts(neighbour.read, workspace.id);
  const account = accounts.find(({ userId }) => userId === '县住建局联络员');
  const person = people.find(({ id }) => id === account?.personId);
  if (!person) throw new Error('no such person');
  await neighbour.transaction((tx) => updatePerson(tx, workspace.id, person.id, { active: false }));
  expect(await report()).toContain('报送由责任单位的联络员来报');

  await neighbour.transaction((tx) => updatePerson(tx, workspace.id, person.id, { active: true }));
  expect(await report()).toContain('已记：水-7');
});

it('says that a group is not bound, one to one too', async () => {
  const bot = await testBot();
  open.push(() => bot.stop());
  expect(await bot.say('/due', '无此人', { private: true })).toContain('名单里还没有你');
});
