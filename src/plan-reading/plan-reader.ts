import path from 'node:path';
import { Worker } from 'node:worker_threads';

import type { RosterSheet } from '../domain/roster-sheet.js';
import type { LocalDays } from '../plan-parser/limits/local-days.js';
import type { DocumentReading } from '../plan-parser/read-document.js';
import { projectRoot } from '../project-root.js';

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
const timeoutMs = 120_000;
const memoryMb = 1024;
const atOnce = 2;

/** Reads documents in threads of their own: a long one holds nobody up, a wicked one costs its own memory and time. */
export class PlanReader {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  async read(bytes: Uint8Array, fileName: string, localDays: LocalDays): Promise<Outcome> {
    if (bytes.byteLength > maxFileBytes) {
      const size = Math.round(bytes.byteLength / 1024 / 1024);
      return { kind: 'refused', say: `文件有${size}MB，最多20MB。请去掉图片或拆成几份再发。` };
    }
    await this.#turn();
    try {
      return await this.#readInThread({ bytes, fileName, localDays });
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    while (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
  }

  #readInThread(task: WorkerTask): Promise<Outcome> {
    return new Promise((resolve) => {
      const worker = new Worker(built, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
      const timer = setTimeout(
        () => end({ kind: 'refused', say: '读这份文件超过了2分钟，已停止。请拆成几份再发。' }),
        timeoutMs,
      );
      const end = (outcome: Outcome) => {
        clearTimeout(timer);
        worker.removeAllListeners();
        worker.on('error', () => {});
        void worker.terminate();
        resolve(outcome);
      };
      const broken = (cause: unknown) =>
        end({ kind: 'refused', say: '这份文件没能读出来，没有导入。请另存为 .docx 或 .txt 再发。', cause });
      worker.once('message', (answer: WorkerAnswer) => {
        if (answer.kind === 'failed') broken(answer.error);
        else end(answer);
      });
      worker.once('error', broken);
      worker.once('exit', (code) => broken(`the reading thread ended with ${code}`));
    });
  }
}
