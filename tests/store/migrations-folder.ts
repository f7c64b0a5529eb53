import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

import { projectRoot } from '../../src/project-root.js';
import type { Store } from '../../src/store/store.js';

/** A copy of the project's migrations to which further ones are added. */
export function aMigrationsFolder(engine: Store['engine'], ...added: { tag: string; text: string }[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'duban-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(path.join(projectRoot, 'migrations'), folder, { recursive: true });
  const journalFile = path.join(folder, engine, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
  for (const { tag, text } of added) {
    journal.entries.push({ tag });
    writeFileSync(path.join(folder, engine, `${tag}.sql`), text);
  }
  writeFileSync(journalFile, JSON.stringify(journal));
  return folder;
}
