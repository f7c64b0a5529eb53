import path from 'node:path';

import type { RosterSheet } from '../domain/roster-sheet.js';
import type { LocalDays } from '../plan-parser/limits/local-days.js';
import type { DocumentReading } from '../plan-parser/read-document.js';
import { projectRoot } from '../project-root.js';
import { runInThread } from '../threads/run-in-thread.js';
import { Turns } from '../threads/turns.js';

export interface WorkerTask {
  bytes: Uint8Array;
  fileName: string;
  localDays: LocalDays;
}

export type WorkerAnswer =
  | { kind: 'read'; reading: DocumentReading }
  | { kind: 'roster'; sheet: RosterSheet }
  | { kind: 'refused'; say: string }
  | { kind: 'failed'; error: string };

/** A document, a roster, or why it was not read: `say` is for the person, `cause` for the log. */
export type Outcome =
  | { kind: 'read'; reading: DocumentReading }
  | { kind: 'roster'; sheet: RosterSheet }
  | { kind: 'refused'; say: string; cause?: unknown };

export const maxFileBytes = 20 * 1024 * 1024;

const built = path.join(projectRoot, 'dist', 'src', 'plan-reading', 'worker.js');
const bounds = { timeoutMs: 120_000, memoryMb: 1024 };
const atOnce = 2;

/** Reads documents in threads of their own. */
export class PlanReader {
  readonly #turns = new Turns(atOnce);

  async read(bytes: Uint8Array, fileName: string, localDays: LocalDays): Promise<Outcome> {
    if (bytes.byteLength > maxFileBytes) {
      const size = Math.round(bytes.byteLength / 1024 / 1024);
      return { kind: 'refused', say: `文件有${size}MB，最多20MB。请去掉图片或拆成几份再发。` };
    }
    return this.#turns.run(() => readInThread({ bytes, fileName, localDays }));
  }
}

async function readInThread(task: WorkerTask): Promise<Outcome> {
  const end = await runInThread<WorkerAnswer>(built, task, bounds);
  switch (end.kind) {
    case 'answered':
      return end.answer.kind === 'failed' ? broken(end.answer.error) : end.answer;
    case 'too-long':
      return { kind: 'refused', say: '读这份文件超过了2分钟，已停止。请拆成几份再发。' };
    case 'broken':
      return broken(end.cause);
  }
}

function broken(cause: unknown): Outcome {
  return { kind: 'refused', say: '这份文件没能读出来，没有导入。请另存为 .docx 或 .txt 再发。', cause };
}
