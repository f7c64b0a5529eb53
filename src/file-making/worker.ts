import { parentPort, workerData } from 'node:worker_threads';

import type { WorkerAnswer } from './file-maker.js';
import { type FileTask, makeFile } from './make-file.js';

async function make(): Promise<WorkerAnswer> {
  try {
    return { kind: 'made', bytes: await makeFile(workerData as FileTask) };
  } catch (error) {
    return { kind: 'failed', error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(await make());
