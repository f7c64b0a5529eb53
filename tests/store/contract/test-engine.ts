import type { Store } from '../../../src/store/store.js';

/** What the contract needs of an engine. */
export interface TestEngine {
  engine: Store['engine'];
  /** The location of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Runs SQL behind the store's back. */
  run(location: string, text: string): Promise<void>;
}
