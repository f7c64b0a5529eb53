import type { WorkspaceId } from '../domain/workspace.js';
import { type DeliveryOutcome, recordOutcome, releaseDelivery } from '../store/deliveries.js';
import type { Store } from '../store/store.js';

/** What became of one that was taken: an outcome, or it could not be sent yet. */
export type Entry = { workspace: WorkspaceId; sequence: number } & (
  | { outcome: DeliveryOutcome }
  | { putBackUntil: Date }
);

interface Page {
  entries: Entry[];
  written: Promise<void>;
}

/** Writes down what became of deliveries. Whatever comes until its transaction runs goes into that transaction. */
export class OutcomeBook {
  readonly #store: Store;
  #open: Page | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Resolves when it is committed. */
  write(entry: Entry): Promise<void> {
    this.#open ??= this.#turn();
    this.#open.entries.push(entry);
    return this.#open.written;
  }

  #turn(): Page {
    const entries: Entry[] = [];
    const close = () => {
      if (this.#open?.entries === entries) this.#open = null;
    };
    const written = this.#store.transaction(async (tx) => {
      close();
      for (const { workspace, sequence, ...became } of entries) {
        if ('outcome' in became) await recordOutcome(tx, workspace, sequence, became.outcome);
        else await releaseDelivery(tx, workspace, sequence, became.putBackUntil);
      }
    }, 'soon');
    return { entries, written: written.finally(close) };
  }
}
