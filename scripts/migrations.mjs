// Writes the next migration of each engine from src/store/tables.ts: npm run migrations -- name_of_the_change
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const [, , name] = process.argv;
if (!/^[a-z]+(_[a-z]+)*$/.test(name ?? '')) {
  console.error('请写改动的名字，如：npm run migrations -- roster_version');
  process.exit(1);
}
const root = path.resolve(import.meta.dirname, '..');
const kit = path.join(root, 'node_modules', 'drizzle-kit', 'bin.cjs');
for (const engine of ['sqlite', 'postgres']) {
  const config = path.join('src', 'store', engine, 'drizzle.config.ts');
  const args = [kit, 'generate', '--config', config, '--name', name];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
