import {
  bigint,
  bigserial,
  boolean,
  date,
  foreignKey,
  index,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

import type { LocalDate } from '../../domain/local-date.js';

const words = <T extends string = string>() => text().$type<T>();
const count = () => bigint({ mode: 'number' });
const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
const day = () => date({ mode: 'string' }).$type<LocalDate>();
// json, not jsonb: it gives the text back as written.
const value = <T>() => json().$type<T>();

/** The column types that the ledger needs, in PostgreSQL. `maybe` holds the nullable ones. */
export const postgresKit = {
  table: pgTable,
  index,
  uniqueIndex,
  primaryKey,
  foreignKey,
  sequence: () => bigserial({ mode: 'number' }).primaryKey(),
  words: <T extends string = string>() => words<T>().notNull(),
  count: () => count().notNull(),
  flag: () => boolean().notNull(),
  instant: () => instant().notNull(),
  day: () => day().notNull(),
  value: <T>() => value<T>().notNull(),
  maybe: { words, count, instant, day, value },
};

export type Kit = typeof postgresKit;
