import { AsyncLocalStorage } from 'node:async_hooks';

export interface TransactionGuard {
  /** Runs `work` marked as inside; what it starts and leaves running is outside again once `work` has ended. */
  enter<T>(work: () => Promise<T>): Promise<T>;
  /** Throws inside a transaction. */
  refuse(what: string): void;
}

/** A nested transaction would wait for itself for ever on SQLite, and miss the outer one's writes on PostgreSQL. */
export function createTransactionGuard(): TransactionGuard {
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  return {
    enter: (work) => {
      const scope = { open: true };
      return inside.run(scope, async () => {
        try {
          return await work();
        } finally {
          scope.open = false;
        }
      });
    },
    refuse: (what) => {
      if (inside.getStore()?.open) throw new Error(`${what} inside a transaction: use the transaction's own queries`);
    },
  };
}
