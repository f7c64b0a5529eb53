import path from 'node:path';

import { evidenceBounds } from '../domain/evidence.js';
import { hasMarking } from '../domain/secrecy.js';
import { projectRoot } from '../project-root.js';
import { runInThread } from '../threads/run-in-thread.js';
import { Turns } from '../threads/turns.js';
import { type Checked, documentContainer, otherwise, pictureType, unfit } from './check.js';

export interface WorkerTask {
  bytes: Uint8Array;
  name: string;
}

export type WorkerAnswer = { kind: 'checked'; checked: Checked } | { kind: 'failed'; error: string };

const built = path.join(projectRoot, 'dist', 'src', 'evidence', 'worker.js');
const bounds = { timeoutMs: 60_000, memoryMb: 1024 };
const atOnce = 2;
const megabytes = evidenceBounds.fileBytes / 1024 / 1024;

/** Tells what was sent by its content: pictures at once, documents in threads of their own. */
export class EvidenceReader {
  readonly #turns = new Turns(atOnce);

  /** `cause` is for the log, where a document could not be looked through. */
  async check(bytes: Uint8Array, name: string): Promise<Checked & { cause?: unknown }> {
    if (hasMarking(name)) return unfit('文件', '名字里有密级标志，内容没有保存。');
    if (bytes.byteLength === 0) return unfit(name, '是空的。请重新选文件发送。');
    if (bytes.byteLength > evidenceBounds.fileBytes) return unfit(name, `超过${megabytes}MB。请压缩或拆开再发。`);
    const picture = pictureType(bytes);
    if (picture !== null) return { kind: 'fit', type: picture };
    if (documentContainer(bytes) === null) return otherwise(name);
    return this.#turns.run(() => checkInThread({ bytes, name }));
  }
}

async function checkInThread(task: WorkerTask): Promise<Checked & { cause?: unknown }> {
  const end = await runInThread<WorkerAnswer>(built, task, bounds);
  const broken = (cause: unknown) => ({ ...unfit(task.name, '没能打开。请另存为 PDF 再发。'), cause });
  switch (end.kind) {
    case 'answered':
      return end.answer.kind === 'failed' ? broken(end.answer.error) : end.answer.checked;
    case 'too-long':
      return unfit(task.name, '打开它用了超过一分钟。请拆成几份再发。');
    case 'broken':
      return broken(end.cause);
  }
}
