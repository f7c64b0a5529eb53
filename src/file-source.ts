import type { Logger } from 'pino';

import type { FileContent } from './chat/message.js';
import type { WorkspaceId } from './domain/workspace.js';
import { FileMaker } from './file-making/file-maker.js';
import type { MadeFile } from './platforms/adapter.js';
import { readLedgerFacts } from './services/export/read-ledger-facts.js';
import type { Store } from './store/store.js';

const busyMs = 3_000;
const brokenMs = 60_000;

/** Reads what a file is made from, outside any transaction, and has it made. */
export class FileSource {
  readonly #deps: { store: Store; timeZone: string; log: Logger };
  readonly #maker = new FileMaker();

  constructor(deps: { store: Store; timeZone: string; log: Logger }) {
    this.#deps = deps;
  }

  /** Never throws: whatever went wrong, nothing has been sent yet. */
  async make(workspace: WorkspaceId, content: FileContent): Promise<MadeFile> {
    try {
      return await this.#make(workspace, content);
    } catch (error) {
      this.#deps.log.error({ err: error }, 'file not made');
      return { kind: 'retry', afterMs: brokenMs, why: '台账读不到', arrived: 'no' };
    }
  }

  async #make(workspace: WorkspaceId, content: FileContent): Promise<MadeFile> {
    const { store, timeZone, log } = this.#deps;
    const facts = await readLedgerFacts(store.read, workspace, content, timeZone);
    if (!facts) return { kind: 'refused', why: '台账已不在' };
    const making = await this.#maker.make({ kind: 'ledger', facts });
    switch (making.kind) {
      case 'made':
        return making;
      case 'busy':
        return { kind: 'retry', afterMs: busyMs, why: '正在做别的文件', arrived: 'no' };
      case 'refused':
        log.error({ why: making.why, err: making.cause }, 'file not made');
        return { kind: 'refused', why: making.why };
    }
  }
}
