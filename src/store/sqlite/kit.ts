import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

import type { LocalDate } from '../../domain/local-date.js';

const words = <T extends string = string>() => text().$type<T>();
const count = () => integer();
const instant = () => integer({ mode: 'timestamp_ms' });
const day = () => text().$type<LocalDate>();
const value = <T>() => text({ mode: 'json' }).$type<T>();

/** The same keys as PostgreSQL's kit, giving the same values. */
export const sqliteKit = {
  table: sqliteTable,
  index,
  uniqueIndex,
  primaryKey,
  foreignKey,
  sequence: () => integer().primaryKey({ autoIncrement: true }),
  words: <T extends string = string>() => words<T>().notNull(),
  count: () => count().notNull(),
  flag: () => integer({ mode: 'boolean' }).notNull(),
  instant: () => instant().notNull(),
  day: () => day().notNull(),
  value: <T>() => value<T>().notNull(),
  maybe: { words, count, instant, day, value },
};
