import { parentPort, workerData } from 'node:worker_threads';

import { checkDocument } from './check.js';
import type { WorkerAnswer, WorkerTask } from './evidence-reader.js';

const { bytes, name } = workerData as WorkerTask;

async function check(): Promise<WorkerAnswer> {
  try {
    return { kind: 'checked', checked: await checkDocument(bytes, name) };
  } catch (error) {
    return { kind: 'failed', error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(await check());
