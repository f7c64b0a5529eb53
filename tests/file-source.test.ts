import { pino } from 'pino';
import { expect, it } from 'vitest';

import { workspaceId } from '../src/domain/workspace.js';
import { FileSource } from '../src/file-source.js';
import { listWorkspaces } from '../src/store/workspaces.js';
import { testBot } from './support/test-bot.js';

it('a file that cannot be read from the ledger is put off, and surely has not arrived', async () => {
  const bot = await testBot();
  const [said] = await bot.replies('/export');
  const [workspace] = await listWorkspaces(bot.store.read);
  if (said?.kind !== 'file' || !workspace) throw new Error('no file');
  const parts = { store: bot.store, folder: bot.folder, timeZone: 'Asia/Shanghai' };
  const source = new FileSource({ ...parts, log: pino({ level: 'silent' }) });
  expect((await source.make(workspace.id, said.content)).kind).toBe('made');
  expect(await source.make(workspaceId.parse('elsewhere'), said.content)).toEqual({
    kind: 'refused',
    why: '台账已不在',
  });
  await bot.stop();
  expect(await source.make(workspace.id, said.content)).toMatchObject({ kind: 'retry', arrived: 'no' });
});
