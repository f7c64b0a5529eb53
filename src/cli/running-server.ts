import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import type { Config } from '../config.js';
import { projectRoot } from '../project-root.js';

const announcement = z.object({
  url: z.url(),
  pid: z.number(),
  database: z.string(),
  sandbox: z.boolean(),
  /** Lets this machine's shell ask; the file is for its owner's eyes only. */
  token: z.string(),
});

export type RunningServer = Pick<z.infer<typeof announcement>, 'url' | 'sandbox' | 'token'>;

/** Beside the ledger, so that servers on different ledgers do not hide each other. */
const fileFor = ({ database }: Pick<Config, 'database'>) =>
  database.includes('://') || database === ':memory:'
    ? path.join(projectRoot, 'var', 'server.json')
    : `${path.resolve(database)}.server.json`;

/** Leaves word of where this server is, so that other commands go through it. Returns how to take it back. */
export async function announceServer(config: Config, server: RunningServer): Promise<() => Promise<void>> {
  const file = fileFor(config);
  await mkdir(path.dirname(file), { recursive: true });
  // One that is there already would keep its own mode.
  await rm(file, { force: true });
  const { url, sandbox, token } = server;
  const words = { url, pid: process.pid, database: config.database, sandbox, token };
  await writeFile(file, JSON.stringify(words), { mode: 0o600 });
  return () => rm(file, { force: true });
}

/** A server that runs on the same ledger, or `null`. */
export async function findRunningServer(config: Pick<Config, 'database'>): Promise<RunningServer | null> {
  try {
    const found = announcement.parse(JSON.parse(await readFile(fileFor(config), 'utf8')));
    if (found.database !== config.database) return null;
    const alive = await fetch(new URL('/healthz', found.url), { signal: AbortSignal.timeout(1000) });
    return alive.ok ? found : null;
  } catch {
    return null;
  }
}
