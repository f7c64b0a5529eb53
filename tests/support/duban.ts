import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { projectRoot } from '../../src/project-root.js';
import { compiledBefore } from './compiled.js';

const program = path.join(projectRoot, 'dist', 'src', 'cli', 'duban.js');

export interface Finished {
  code: number | null;
  out: string;
  err: string;
}

export interface Served {
  url: string;
  /** What it has printed until now. */
  printed(): string;
  /** Ends it the way a power cut does. */
  kill(): Promise<void>;
  /** Ends it the way the person at the terminal does. */
  stop(): Promise<void>;
}

type Variables = Record<string, string>;

/** None outlives the process that started it. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

function launch(args: string[], env: Variables) {
  const child: ChildProcess = spawn(process.execPath, [program, ...args], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, ...compiledBefore, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const said = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const closed = once(child, 'close');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await closed;
  };
  return { child, said, closed, end };
}

/** Runs the built program to its end; one that goes on serving is ended and has no exit code. */
export async function runDuban(args: string[], env: Variables, patienceMs = 20_000): Promise<Finished> {
  const { child, said, closed, end } = launch(args, env);
  const tooLong = setTimeout(() => void end('SIGKILL'), patienceMs);
  await closed;
  clearTimeout(tooLong);
  return { code: child.exitCode, ...said };
}

/** Starts the built program on a free port and waits for the line that says it is ready. */
export async function serveDuban(env: Variables): Promise<Served> {
  const { child, said, closed, end } = launch(['serve'], { PORT: '0', DUBAN_LOG_LEVEL: 'silent', ...env });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const ready = /已就绪：(\S+)/.exec(said.out)?.[1];
      if (ready) resolve(ready);
    });
    void closed.then(() => reject(new Error(`duban serve ended:\n${said.err}`)));
  });
  return { url, printed: () => said.out, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
