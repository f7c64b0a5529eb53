import type { UpdateRow } from '../../store/updates.js';

/** Without those that were taken back and what took them back. */
export function stillStanding(updates: UpdateRow[]): UpdateRow[] {
  const undone = new Set(updates.map((update) => update.undoes));
  return updates.filter(({ kind, sequence }) => kind !== 'undo' && !undone.has(sequence));
}
