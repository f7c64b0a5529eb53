import type { Kit } from '../../src/store/postgres/kit.js';
import type { sqliteKit } from '../../src/store/sqlite/kit.js';

/** Checked by `tsc -p tests/tsconfig.json`: both kits give the same values, which the cast in sqlite/schema.ts relies on. */

type SqliteKit = typeof sqliteKit;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** What TypeScript sees of a column: its values, whether it may be null, whether it may be left out. */
type Seen<Column> = Column extends { _: infer Config }
  ? {
      data: Config extends { $type: infer Data } ? Data : Config extends { data: infer Data } ? Data : never;
      notNull: Config extends { notNull: true } ? true : false;
      hasDefault: Config extends { hasDefault: true } ? true : false;
    }
  : never;

type SeenOf<Columns> = {
  [Name in keyof Columns]: Columns[Name] extends () => infer Column ? Seen<Column> : never;
};

type Plain = 'sequence' | 'words' | 'count' | 'flag' | 'instant' | 'day' | 'value';
interface Probe {
  a: string[];
}

export const plain: Same<SeenOf<Pick<Kit, Plain>>, SeenOf<Pick<SqliteKit, Plain>>> = true;
export const nullable: Same<SeenOf<Kit['maybe']>, SeenOf<SqliteKit['maybe']>> = true;
export const sameNames: Same<keyof Kit, keyof SqliteKit> = true;

declare const postgres: Kit;
declare const sqlite: SqliteKit;
type PostgresProbe = Seen<ReturnType<typeof postgres.value<Probe>>>;
type SqliteProbe = Seen<ReturnType<typeof sqlite.value<Probe>>>;
export const typedValue: Same<PostgresProbe, SqliteProbe> = true;
export const typedWords: Same<
  Seen<ReturnType<typeof postgres.words<'lead'>>>,
  Seen<ReturnType<typeof sqlite.words<'lead'>>>
> = true;

// The proof can fail, and looks at something.
export const notEverything: Same<Seen<ReturnType<Kit['words']>>, Seen<ReturnType<SqliteKit['count']>>> = false;
export const notNull: Same<Seen<ReturnType<Kit['count']>>, Seen<ReturnType<SqliteKit['maybe']['count']>>> = false;
export const looksInside: Same<PostgresProbe, { data: Probe; notNull: true; hasDefault: false }> = true;
// @ts-expect-error instants are dates, not numbers
export const instants: Same<Seen<ReturnType<Kit['instant']>>['data'], number> = true;
