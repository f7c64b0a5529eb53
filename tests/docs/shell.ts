import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The words of a command line, as the shell takes them. */
export function wordsOf(line: string): string[] {
  const print = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
  const script = `exec "$NODE" -e '${print}' -- ${line}`;
  return JSON.parse(execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { NODE: process.execPath } }));
}

/** What a file of variables sets, loaded the way the guides load it. */
export function variablesOf(file: string): Record<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'duban-guide-'));
  const place = path.join(folder, 'platform.env');
  const script = 'set -a; . "$0"; set +a; exec "$1" -p "JSON.stringify(process.env)"';
  try {
    writeFileSync(place, file);
    return JSON.parse(execFileSync('sh', ['-c', script, place, process.execPath], { encoding: 'utf8', env: {} }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
