import { type Column, type Placeholder, type SQL, sql } from 'drizzle-orm';

import type { Queries } from './queries.js';

/** Names the values that a statement takes, where a query is built. */
export interface Slots<Values> {
  <Name extends keyof Values & string>(name: Name): Placeholder<Name, Values[Name]>;
  /** In `set`, in comparisons with an instant, and for an instant or a value that may be null: drizzle does not encode those. */
  for<Name extends keyof Values & string>(column: Column, name: Name): SQL;
}

const slots = Object.assign((name: string) => sql.placeholder(name), {
  for: (column: Column, name: string) =>
    sql`${sql.param(sql.placeholder(name), {
      mapToDriverValue: (value) => (value === null ? null : column.mapToDriverValue(value)),
    })}`,
});

interface Buildable<Result> {
  prepare(name: string): Built<Result>;
}

interface Built<Result> {
  execute(values: Record<string, unknown>): PromiseLike<Result>;
}

/** A query on the road of a message: built once for each connection, which makes it four times faster. */
export function statement<On extends Queries, Values extends object, Result>(
  name: string,
  build: (q: On, the: Slots<Values>) => Buildable<Result>,
): (q: On, values: Values) => Promise<Result> {
  const built = new WeakMap<Queries, Built<Result>>();
  return async (q, values) => {
    let query = built.get(q);
    if (!query) {
      query = build(q, slots as Slots<Values>).prepare(name);
      built.set(q, query);
    }
    return query.execute(values as Record<string, unknown>);
  };
}
