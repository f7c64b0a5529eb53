import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const ticksPerSecond = 100;
const children = [];

/** Starts Node with these arguments and waits for the port that it prints. */
export function launch(args, env, ready = /(\d+)/) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
    child.stdout.on('data', (data) => {
      const found = ready.exec(String(data));
      if (found) resolve({ child, origin: `http://127.0.0.1:${found[1]}` });
    });
  });
}

/** The whole program, as `npm start` runs it, and how long it took until it was ready. */
export async function launchDuban(env) {
  const started = performance.now();
  const server = await launch(
    ['--max-semi-space-size=4', 'dist/src/cli/duban.js', 'serve'],
    { PORT: '0', DUBAN_LOG_LEVEL: 'silent', ...env },
    /http:\/\/localhost:(\d+)/,
  );
  return { ...server, readyMs: performance.now() - started };
}

export async function stop(child) {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.removeAllListeners('exit');
  child.once('exit', () => undefined);
  child.kill('SIGKILL');
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 500))]);
}

export function stopAll() {
  for (const child of children) child.kill('SIGKILL');
}

export function memoryOf(child) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
}

/** Milliseconds of processor that the child has used, all its threads together. */
export function cpuOf(child) {
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  const [, user, system] = /\) (?:\S+ ){11}(\d+) (\d+) /.exec(stat);
  return ((Number(user) + Number(system)) * 1000) / ticksPerSecond;
}
