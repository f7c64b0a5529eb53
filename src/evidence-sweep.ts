import type { Logger } from 'pino';

import { wallClock } from './domain/local-date.js';
import type { WorkspaceId } from './domain/workspace.js';
import type { EvidenceFolder } from './evidence/evidence-folder.js';
import { listEvidenceToRemove, markEvidenceRemoved } from './store/evidence.js';
import type { Store } from './store/store.js';
import { listWorkspaces } from './store/workspaces.js';

export interface EvidenceSweepDeps {
  store: Store;
  folder: EvidenceFolder;
  timeZone: string;
  log: Logger;
}

const mostAtOnce = 500;

/** Once a day takes out of the folder what the ledger no longer keeps. What no row names is left alone. */
export class EvidenceSweep {
  readonly #deps: EvidenceSweepDeps;
  #sweptOn: string | null = null;

  constructor(deps: EvidenceSweepDeps) {
    this.#deps = deps;
  }

  async run(now: Date): Promise<void> {
    const { store, timeZone } = this.#deps;
    const { date: today } = wallClock(now, timeZone);
    if (this.#sweptOn === today) return;
    for (const { id } of await listWorkspaces(store.read)) await this.#sweep(id, now);
    this.#sweptOn = today;
  }

  async #sweep(workspace: WorkspaceId, now: Date): Promise<void> {
    const { store, folder, log } = this.#deps;
    const removed: number[] = [];
    for (const { row, needed } of await listEvidenceToRemove(store.read, workspace, mostAtOnce)) {
      try {
        if (needed || (await folder.remove(workspace, row.sha256))) removed.push(row.sequence);
      } catch (error) {
        log.error({ err: error, sha256: row.sha256 }, 'a piece of evidence could not be removed');
      }
    }
    if (removed.length > 0) await store.transaction((tx) => markEvidenceRemoved(tx, workspace, removed, now));
  }
}
