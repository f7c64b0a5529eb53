import { type Column, type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

import type { WorkspaceId } from '../domain/workspace.js';
import type { Tables } from './tables.js';

type Drizzle = PgDatabase<PgQueryResultHKT>;

/** Where reading queries run: outside a transaction, or inside one. Written once, in PostgreSQL's types. */
export type Queries = Pick<Drizzle, 'select' | 'selectDistinct'> & { readonly t: Tables };

/** Where writing queries run: only inside a transaction. */
export type Tx = Queries & Pick<Drizzle, 'insert' | 'update' | 'delete'>;

/**
 * Which workspace, where all of it is read on page by page in the order of `sequence`. As an expression it leads to no index:
 * by one SQLite would sort the whole history for each page.
 */
export const ofWorkspaceInOrder = (column: Column, workspace: WorkspaceId): SQL => sql`${column} || '' = ${workspace}`;

interface Lockable {
  for(strength: 'no key update', config?: { skipLocked: true }): unknown;
}

/**
 * Locks the rows that are read to be changed. SQLite has one writer and no such clause. `no key update` lets others
 * insert rows that refer to these.
 */
export function locked<Query extends Lockable>(query: Query, config?: { skipLocked: true }): Query {
  if (typeof query.for === 'function') query.for('no key update', config);
  return query;
}

/** Writes many rows without passing the engines' limits on bound values (32766 in SQLite, 65535 in PostgreSQL). */
export async function inBatches<Item>(rows: Item[], write: (batch: Item[]) => PromiseLike<unknown>): Promise<void> {
  const size = 500;
  for (let start = 0; start < rows.length; start += size) await write(rows.slice(start, start + size));
}

/** Sorts by the words' code points: the order of Chinese text in a query depends on the server's collation. */
export function byWords<Item>(rows: Item[], words: (row: Item) => string): Item[] {
  return rows.sort((a, b) => (words(a) < words(b) ? -1 : words(a) > words(b) ? 1 : 0));
}
