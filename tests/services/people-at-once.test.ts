import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { listPeople } from '../../src/store/people.js';
import { listWorkspaces, lockWorkspace } from '../../src/store/workspaces.js';
import { eventually } from '../support/eventually.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { testBot } from '../support/test-bot.js';

let folder: string;
let postgres: PostgresServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-at-once-'));
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true });
});

/** Both wait for the row that somebody else holds. */
async function bothWait(location: string): Promise<void> {
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  try {
    await eventually(async () => {
      const { rows } = await client.query(
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
      );
      expect(rows).toHaveLength(2);
    });
  } finally {
    await client.end();
  }
}

describe.each([
  // One writer, so that the second waits for the first whatever it does.
  ['SQLite', async () => path.join(folder, 'duban.db'), async () => {}],
  ['PostgreSQL', () => postgres.createDatabase(), bothWait],
])('on %s', (_engine, locate, waits) => {
  it('two administrators who remove each other at the same instant leave one', async () => {
    const location = await locate();
    const bot = await testBot({ location });
    try {
      for (const [name, number] of [
        ['张三', 1],
        ['李四', 2],
      ] as const) {
        await bot.say('/join 县水利局', name);
        await bot.say(`/join 不同意 ${number}`, '督查室');
        await bot.say(`/people ${name} 管理员`, '管理员');
      }
      await bot.say('/people 管理员 离任', '张三');
      const [workspace] = await listWorkspaces(bot.store.read);
      if (!workspace) throw new Error('no workspace');
      const held = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const holding = bot.store.transaction(async (tx) => {
        await lockWorkspace(tx, workspace.id);
        held.resolve();
        await release.promise;
      });
      await held.promise;
      const both = [bot.say('/people 李四 离任', '张三'), bot.say('/people 张三 取消 管理员', '李四')];
      await waits(location);
      release.resolve();
      await holding;
      const said = await Promise.all(both);
      expect(said.filter((text) => text.startsWith('已'))).toHaveLength(1);
      expect(said.find((text) => !text.startsWith('已'))).toMatch(/由管理员/);
      const people = await listPeople(bot.store.read, workspace.id);
      expect(people.filter(({ active, roles }) => active && roles.includes('administrator'))).toHaveLength(1);
    } finally {
      await bot.stop();
    }
  });
});
