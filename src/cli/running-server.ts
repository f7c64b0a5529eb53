import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import type { Config } from '../config.js';
import { projectRoot } from '../project-root.js';

const announcement = z.object({ url: z.url(), pid: z.number(), database: z.string() });

/** Beside the ledger, so that servers on different ledgers do not hide each other. */
const fileFor = ({ database }: Pick<Config, 'database'>) =>
  database.includes('://') || database === ':memory:'
    ? path.join(projectRoot, 'var', 'server.json')
    : `${path.resolve(database)}.server.json`;

/** Leaves word of where this server is, so that other commands go through it. Returns how to take it back. */
export async function announceServer(config: Config, url: string): Promise<() => Promise<void>> {
  const file = fileFor(config);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ url, pid: process.pid, database: config.database }));
  return () => rm(file, { force: true });
}

/** The address of a server that runs on the same ledger, or `null`. */
export async function findRunningServer(config: Pick<Config, 'database'>): Promise<string | null> {
  try {
    const found = announcement.parse(JSON.parse(await readFile(fileFor(config), 'utf8')));
    if (found.database !== config.database) return null;
    const alive = await fetch(new URL('/healthz', found.url), { signal: AbortSignal.timeout(1000) });
    return alive.ok ? found.url : null;
  } catch {
    return null;
  }
}
