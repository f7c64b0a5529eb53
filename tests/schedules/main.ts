import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { localDate } from '../../src/domain/local-date.js';
import { openStore } from '../../src/store/open.js';
import { startPostgres } from '../support/postgres.js';
import { simulate } from './simulate.js';
import { judge } from './verdict.js';

const { values } = parseArgs({
  options: {
    groups: { type: 'string', default: '500' },
    days: { type: 'string', default: '731' },
    seed: { type: 'string', default: '1' },
    engines: { type: 'string', default: 'sqlite,postgres' },
    /** So many minutes for each engine; the days that have not come by then are left out, which is said. */
    minutes: { type: 'string', default: '600' },
  },
});

let failed = false;
for (const engine of values.engines.split(',')) {
  const instances = engine === 'postgres' ? 3 : 2;
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-schedules-'));
  const server = engine === 'postgres' ? await startPostgres() : null;
  const location = server ? await server.createDatabase() : path.join(folder, 'duban.db');
  const began = performance.now();
  try {
    const lived = await simulate({
      location,
      groups: Number(values.groups),
      instances,
      from: localDate.parse('2023-09-20'),
      days: Number(values.days),
      seed: Number(values.seed),
      downs: 0.08,
      kills: 0.02,
      endAt: performance.now() + Number(values.minutes) * 60_000,
    });
    const store = await openStore(location, {});
    const verdict = await judge(store, lived);
    await store.close();
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(
      `${engine}: ${values.groups} groups, ${lived.counts.days} of ${values.days} days, ${instances} instances, ${seconds} s`,
    );
    console.log('  lived through', JSON.stringify({ ...lived.counts, ...lived.platform.faults }));
    console.log('  slots', JSON.stringify(verdict.slots), 'sent', JSON.stringify(verdict.deliveries));
    console.log('  unknown', JSON.stringify(verdict.unknown));
    console.log(`  messages arrived: ${verdict.arrivals}; wrong: ${verdict.wrong.length}`);
    for (const text of verdict.wrong.slice(0, 20)) console.log(`    ${text}`);
    failed ||= verdict.wrong.length > 0;
  } finally {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
process.exitCode = failed ? 1 : 0;
