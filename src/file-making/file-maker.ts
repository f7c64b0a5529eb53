import path from 'node:path';

import { projectRoot } from '../project-root.js';
import { runInThread } from '../threads/run-in-thread.js';
import { Turns } from '../threads/turns.js';
import type { FileTask } from './make-file.js';

export type WorkerAnswer = { kind: 'made'; bytes: Uint8Array } | { kind: 'failed'; error: string };

/** A file; why there is none, `why` for people and `cause` for the log; or that too many others wait. */
export type Making =
  | { kind: 'made'; bytes: Uint8Array }
  | { kind: 'refused'; why: string; cause?: unknown }
  | { kind: 'busy' };

export interface Bounds {
  /** For one file; with all that waits before it, it is made well within the lease of a delivery. */
  timeoutMs: number;
  memoryMb: number;
  /** What every platform takes: 钉钉 the least. */
  mostBytes: number;
}

const usual: Bounds = { timeoutMs: 15_000, memoryMb: 512, mostBytes: 10 * 1024 * 1024 };
const built = path.join(projectRoot, 'dist', 'src', 'file-making', 'worker.js');
const atOnce = 2;
const mostWaiting = 4;

/** Makes files in threads of their own. */
export class FileMaker {
  readonly #turns = new Turns(atOnce);
  readonly #bounds: Bounds;

  constructor(bounds: Partial<Bounds> = {}) {
    this.#bounds = { ...usual, ...bounds };
  }

  async make(task: FileTask): Promise<Making> {
    if (this.#turns.waiting >= mostWaiting) return { kind: 'busy' };
    return this.#turns.run(() => this.#makeInThread(task));
  }

  async #makeInThread(task: FileTask): Promise<Making> {
    const { timeoutMs, mostBytes } = this.#bounds;
    const end = await runInThread<WorkerAnswer>(built, task, this.#bounds);
    switch (end.kind) {
      case 'answered':
        if (end.answer.kind === 'failed') return broken(end.answer.error);
        return end.answer.bytes.byteLength > mostBytes
          ? { kind: 'refused', why: `文件超过${mostBytes / 1024 / 1024}MB` }
          : end.answer;
      case 'too-long':
        return { kind: 'refused', why: `内容太多，${timeoutMs / 1000}秒没有做完` };
      case 'broken':
        return broken(end.cause);
    }
  }
}

const broken = (cause: unknown): Making => ({ kind: 'refused', why: '文件没有做出来', cause });
