import type { Logger } from 'pino';

import type { EvidenceContent, FileContent, LedgerContent } from './chat/message.js';
import type { WorkspaceId } from './domain/workspace.js';
import type { EvidenceFolder } from './evidence/evidence-folder.js';
import { FileMaker } from './file-making/file-maker.js';
import type { MadeFile } from './platforms/adapter.js';
import { readLedgerFacts } from './services/export/read-ledger-facts.js';
import { findEvidence } from './store/evidence.js';
import type { Store } from './store/store.js';

const busyMs = 3_000;
const brokenMs = 60_000;

export interface FileSourceDeps {
  store: Store;
  folder: EvidenceFolder;
  timeZone: string;
  log: Logger;
}

/** Reads what a file is made from, outside any transaction, and has it made. */
export class FileSource {
  readonly #deps: FileSourceDeps;
  readonly #maker = new FileMaker();

  constructor(deps: FileSourceDeps) {
    this.#deps = deps;
  }

  /** Never throws: whatever went wrong, nothing has been sent yet. */
  async make(workspace: WorkspaceId, content: FileContent): Promise<MadeFile> {
    try {
      return await (content.kind === 'evidence'
        ? this.#evidence(workspace, content)
        : this.#ledger(workspace, content));
    } catch (error) {
      this.#deps.log.error({ err: error }, 'file not made');
      return { kind: 'retry', afterMs: brokenMs, why: '文件读不到', arrived: 'no' };
    }
  }

  /** As it came. */
  async #evidence(workspace: WorkspaceId, { sequence }: EvidenceContent): Promise<MadeFile> {
    const { store, folder, log } = this.#deps;
    const row = await findEvidence(store.read, workspace, sequence);
    if (!row || row.forgottenAt !== null) return { kind: 'refused', why: '保存期限已到，内容已清理' };
    const bytes = await folder.read(workspace, row.sha256);
    if (bytes !== null) return { kind: 'made', bytes };
    log.error({ sha256: row.sha256, root: folder.root }, 'a piece of evidence is not in the folder');
    return { kind: 'refused', why: '服务器上没有这份内容了' };
  }

  async #ledger(workspace: WorkspaceId, content: LedgerContent): Promise<MadeFile> {
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
