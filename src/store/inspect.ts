import type { Inspection } from './inspection.js';
import { inspectPostgres } from './postgres/inspect.js';
import { inspectSqlite } from './sqlite/inspect.js';

/** `null` where there is no database yet; rejects with a `StoreError` for one that cannot be used. */
export function inspectStore(location: string): Promise<Inspection | null> {
  return /^postgres(ql)?:\/\//.test(location) ? inspectPostgres(location) : inspectSqlite(location);
}
