import type { LocalDate } from '../../domain/local-date.js';
import { wallClock } from '../../domain/local-date.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import type { Store } from '../../store/store.js';
import { listWorkspaces } from '../../store/workspaces.js';
import { forgetOld } from '../retention/forget-old.js';

export interface DailyDeps {
  store: Store;
  timeZone: string;
}

/**
 * The slot of each day in which what is old enough is forgotten, a little with every pass until nothing is left. Two programs
 * on one ledger, or one that is started anew, only look once more: it needs no claim.
 */
export class DailyRetention {
  readonly #deps: DailyDeps;
  readonly #done = new Map<WorkspaceId, LocalDate>();

  constructor(deps: DailyDeps) {
    this.#deps = deps;
  }

  async run(now: Date): Promise<void> {
    const { store, timeZone } = this.#deps;
    const { date } = wallClock(now, timeZone);
    for (const { id: workspace } of await listWorkspaces(store.read)) {
      if (this.#done.get(workspace) === date) continue;
      const left = await store.transaction((tx) => forgetOld({ tx, workspace, now }));
      if (!left) this.#done.set(workspace, date);
    }
  }
}
