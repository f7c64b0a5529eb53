import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

import { projectRoot } from '../project-root.js';
import { StoreError } from './store-error.js';

export interface Migration {
  tag: string;
  hash: string;
  /** Several statements; drizzle-kit's breakpoints between them are comments. */
  text: string;
}

/** A row of the table `migrations`. */
export interface AppliedMigration {
  tag: string;
  hash: string;
}

const journal = z.object({ entries: z.array(z.object({ tag: z.string() })) });

export function readMigrations(
  engine: 'sqlite' | 'postgres',
  folder = path.join(projectRoot, 'migrations'),
): Migration[] {
  const file = (name: string) => readFileSync(path.join(folder, engine, name), 'utf8').replaceAll('\r\n', '\n');
  return journal.parse(JSON.parse(file('meta/_journal.json'))).entries.map(({ tag }) => {
    const text = file(`${tag}.sql`);
    return { tag, text, hash: createHash('sha256').update(text).digest('hex') };
  });
}

/** What is still to be applied. Refuses a database whose history is not the beginning of ours. */
export function pendingMigrations(known: Migration[], applied: AppliedMigration[], database: string): Migration[] {
  for (const [index, { tag, hash }] of applied.entries()) {
    const expected = known[index];
    if (expected?.tag === tag && expected.hash === hash) continue;
    if (!known.some((migration) => migration.tag === tag)) {
      throw new StoreError(
        `数据库 ${database} 含有本程序不认识的迁移 ${tag}，可能是由更新的版本建立的。请改用那个版本的程序；数据库没有改动。`,
      );
    }
    if (expected?.tag === tag) {
      throw new StoreError(
        `数据库 ${database} 的迁移 ${tag} 与本程序的内容不同。请用建库时的版本，或改用新的数据库；数据库没有改动。`,
      );
    }
    throw new StoreError(
      `数据库 ${database} 缺少迁移 ${expected?.tag ?? tag}，却已经有了后面的 ${tag}。请检查程序的版本；数据库没有改动。`,
    );
  }
  return known.slice(applied.length);
}

export function refuseForeign(database: string): never {
  throw new StoreError(`${database} 不是督办的数据库，里面已有别的表。请换一个位置；数据库没有改动。`);
}
