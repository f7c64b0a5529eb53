import type { Inspection, InspectionOptions } from './inspection.js';
import { inspectPostgres } from './postgres/inspect.js';
import { inspectSqlite } from './sqlite/inspect.js';

/** `null` where there is no database yet; rejects with a `StoreError` for one that cannot be used. */
export function inspectStore(location: string, options: InspectionOptions = {}): Promise<Inspection | null> {
  return /^postgres(ql)?:\/\//.test(location) ? inspectPostgres(location, options) : inspectSqlite(location, options);
}
