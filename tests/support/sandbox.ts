import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { pino } from 'pino';

import { type Config, loadConfig } from '../../src/config.js';
import { type Running, start } from '../../src/main.js';
import { projectRoot } from '../../src/project-root.js';

export interface TestSandbox extends Running {
  folder: string;
}

/** The real server on a free port, with a ledger of its own. */
export async function startSandbox(changes: Partial<Config> = {}): Promise<TestSandbox> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-sandbox-'));
  const config = { ...loadConfig({}, projectRoot), port: 0, database: path.join(folder, 'duban.db'), ...changes };
  const running = await start(config, pino({ level: 'silent' }));
  return {
    ...running,
    folder,
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
