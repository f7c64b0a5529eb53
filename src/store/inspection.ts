import type { Queries } from './queries.js';
import type { Store, StoreOptions } from './store.js';

/** A look at a database that changes nothing in it: no migration, no row. */
export interface Inspection {
  readonly engine: Store['engine'];
  /** No table yet. */
  readonly isEmpty: boolean;
  /** The migrations that a start would still apply. */
  readonly pending: string[];
  readonly read: Queries;
  /** Rejects with a `StoreError` when nothing can be written; writes nothing. */
  tryWriting(): Promise<void>;
  close(): Promise<void>;
}

export type InspectionOptions = Pick<StoreOptions, 'migrations'>;
