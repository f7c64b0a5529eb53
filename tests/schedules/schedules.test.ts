import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { localDate } from '../../src/domain/local-date.js';
import { openStore } from '../../src/store/open.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { simulate } from './simulate.js';
import { judge } from './verdict.js';

let folder: string;
let server: PostgresServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-schedules-'));
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

// `npm run schedules` lives through two years with 500 groups.
it.each([
  ['SQLite', 2, async () => path.join(folder, 'duban.db')],
  ['PostgreSQL', 3, () => server.createDatabase()],
])(
  'sends every slot once on %s, whatever is killed, stopped or set to a wrong time',
  async (_, instances, place) => {
    const location = await place();
    const from = localDate.parse('2023-09-26');
    const lived = await simulate({ location, groups: 6, instances, from, days: 3, seed: 7, downs: 0.4, kills: 0.06 });
    const store = await openStore(location, {});
    const { wrong, slots } = await judge(store, lived);
    await store.close();
    expect(wrong).toEqual([]);
    expect(lived.counts.kills).toBeGreaterThan(0);
    expect(slots.sent).toBeGreaterThan(0);
  },
  240_000,
);
