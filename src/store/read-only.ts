import type { Tx } from './queries.js';

/** A transaction in which whatever would add or change a row throws instead. */
export function withoutWriting(tx: Tx, refuse: () => Error): Tx {
  const refused = () => {
    throw refuse();
  };
  return Object.create(tx, { insert: { value: refused }, update: { value: refused } });
}
