import { openPostgres } from './postgres/open.js';
import { openSqlite } from './sqlite/open.js';
import type { Store, StoreOptions } from './store.js';

/** `location` is a SQLite path, `:memory:`, or a `postgres://` URL. */
export function openStore(location: string, options: StoreOptions = {}): Promise<Store> {
  return /^postgres(ql)?:\/\//.test(location) ? openPostgres(location, options) : openSqlite(location, options);
}
