import { parentPort, workerData } from 'node:worker_threads';

import { DocumentRefusal } from '../plan-parser/document-refusal.js';
import { readDocument } from '../plan-parser/read-document.js';
import { readRosterFile } from '../roster-parser/read-roster-file.js';
import type { WorkerAnswer, WorkerTask } from './plan-reader.js';

const { bytes, fileName, localDays } = workerData as WorkerTask;

async function read(): Promise<WorkerAnswer> {
  try {
    const roster = await readRosterFile(bytes, fileName);
    if (roster) return roster;
    return { kind: 'read', reading: await readDocument(bytes, fileName, { localDays }) };
  } catch (error) {
    if (error instanceof DocumentRefusal) return { kind: 'refused', say: error.message };
    return { kind: 'failed', error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(await read());
