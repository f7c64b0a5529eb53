import type { Queries, Tx } from './queries.js';

export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  /** For reading outside a transaction; inside one it throws, because it would not see the transaction's own writes. */
  readonly read: Queries;
  /**
   * Runs `work` alone and commits it, or rolls it back when it throws. On PostgreSQL it may run again after a deadlock, so
   * it touches nothing but the store. Not to be nested. `soon` is for what nobody waits for: it may wait some milliseconds
   * to share a commit.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, urgency?: 'soon' | 'now'): Promise<T>;
  /** Rejects when the database cannot be reached or lacks a migration. */
  check(): Promise<void>;
  /** Waits for transactions under way. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Defaults to `migrations/` at the project's root. */
  migrations?: string;
  /** PostgreSQL only; 8 by default. */
  connections?: number;
  /** How long to wait for another process that is writing; 5 seconds by default. */
  busyMs?: number;
  /** Called when an idle connection is lost. The next query opens another. */
  onLost?: (error: Error) => void;
}
