import type { LocalDate } from '../../domain/local-date.js';
import { wallClock } from '../../domain/local-date.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import type { Tx } from '../../store/queries.js';
import type { Store } from '../../store/store.js';
import { listWorkspaces } from '../../store/workspaces.js';

export interface DailyDeps {
  store: Store;
  timeZone: string;
}

export interface DailySlot {
  tx: Tx;
  workspace: WorkspaceId;
  now: Date;
  today: LocalDate;
}

/**
 * The slot of each day for work that may be looked at twice: a little with every pass until nothing is left. Two programs on
 * one ledger, or one that is started anew, only look once more: it needs no claim.
 */
export class EachDay {
  readonly #deps: DailyDeps;
  readonly #work: (slot: DailySlot) => Promise<boolean>;
  readonly #done = new Map<WorkspaceId, LocalDate>();

  /** `work` returns whether something may be left for the next pass. */
  constructor(deps: DailyDeps, work: (slot: DailySlot) => Promise<boolean>) {
    this.#deps = deps;
    this.#work = work;
  }

  async run(now: Date): Promise<void> {
    const { store, timeZone } = this.#deps;
    const { date: today } = wallClock(now, timeZone);
    for (const { id: workspace } of await listWorkspaces(store.read)) {
      if (this.#done.get(workspace) === today) continue;
      const left = await store.transaction((tx) => this.#work({ tx, workspace, now, today }));
      if (!left) this.#done.set(workspace, today);
    }
  }
}
