// The road of a message through HTTP with durable writes, beside a plain control without any, in one run.
import { spawn } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';

import { drive } from './load.mjs';

const short = process.argv.includes('--short');
const rounds = short ? 1 : 5;
/** Messages in each lane, by how many lanes; even, so that every report is taken back. */
const turns = short ? { 1: 60, 16: 20 } : { 1: 400, 16: 200 };
const root = path.resolve(import.meta.dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'duban-bench-'));
const database = path.join(folder, 'duban.db');
const children = [];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** A lane reports as one liaison on a task of its unit, so that each report counts and can be taken back. */
const leads = {
  县住建局: '水-7',
  县水利局: '水-1',
  县能源局: '气-9',
  县交通运输局: '气-10',
  县发改局: '气-1',
  县市场监管局: '气-22',
};
const towns = ['古魏镇', '风陵渡镇', '陌南镇', '西陌镇', '永乐镇', '大王镇', '阳城镇', '南磑镇', '东垆乡', '学张乡'];
const reporters = [...Object.entries(leads), ...towns.map((town) => [town, '气-15'])];

function launch(args, env, ready) {
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

async function launchServer() {
  const env = { PORT: '0', DUBAN_DATABASE: database, DUBAN_LOG_LEVEL: 'silent' };
  const started = performance.now();
  const server = await launch(
    ['--max-semi-space-size=4', 'dist/src/cli/duban.js', 'serve'],
    env,
    /http:\/\/localhost:(\d+)/,
  );
  return { ...server, readyMs: performance.now() - started };
}

async function stop(child) {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.removeAllListeners('exit');
  child.once('exit', () => undefined);
  child.kill('SIGKILL');
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 500))]);
}

function syncMs() {
  const file = openSync(path.join(folder, 'sync'), 'w');
  const block = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 200 }, () => {
    writeSync(file, block, 0, block.length, 0);
    const started = performance.now();
    fdatasyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  return median(times);
}

let serial = 0;
const roads = {
  control: { message: () => ({ text: '/task 水-7' }) },
  due: { message: () => ({ text: '/due 本周', id: `b${serial++}` }) },
  done: {
    message: (turn, lane) => {
      const [unit, code] = reporters[lane % reporters.length];
      const text = turn % 2 === 0 ? `/done ${code} 已完成，台账已建` : '/undo';
      return { user: `${unit}联络员`, text, private: true, id: `b${serial++}` };
    },
    counted: (turn) => turn % 2 === 0,
  },
};

function row(name, atOnce, runs, controls) {
  const of = (key) => median(runs.map((run) => run[key]));
  const ratio = median(runs.map((run, round) => run.perSecond / controls[round].perSecond));
  const cells = [
    name,
    atOnce,
    of('perSecond').toFixed(0),
    of('p50').toFixed(2),
    of('p99').toFixed(2),
    ratio.toFixed(2),
  ];
  return { text: cells.map((cell) => String(cell).padStart(9)).join(' '), ratio };
}

const verdict = (met) => (met ? '达到' : '未达到');

try {
  const first = await launchServer();
  await stop(first.child);
  const server = await launchServer();
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]) / 1024;
  const plain = await launch(['tests/bench/control.mjs', database], {}, /(\d+)/);
  const origins = { control: plain.origin, due: server.origin, done: server.origin };
  console.log(
    `${cpus().length} 核 ${cpus()[0]?.model ?? ''}，Node ${process.version}，${new Date().toISOString().slice(0, 10)}，磁盘同步中位数 ${syncMs().toFixed(2)} ms`,
  );
  console.log('     road  at once  per s      p50 ms    p99 ms  of control（中位数，控制组不写库）'.trimEnd());
  const ratios = {};
  for (const atOnce of [1, 16]) {
    const runs = { control: [], due: [], done: [] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const name of Object.keys(roads)) {
        const run = await drive(origins[name], { ...roads[name], atOnce, turns: turns[atOnce] });
        if (round > 0) runs[name].push(run); // the first round warms up
      }
    }
    for (const name of Object.keys(roads)) {
      const { text, ratio } = row(name, atOnce, runs[name], runs.control);
      ratios[`${name} ${atOnce}`] = ratio;
      console.log(text);
    }
  }
  const after = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]) / 1024;
  console.log(
    `16 个并发：/due ${ratios['due 16'].toFixed(2)}，目标 0.3，${verdict(ratios['due 16'] >= 0.3)}；/done ${ratios['done 16'].toFixed(2)}，目标 0.2，${verdict(ratios['done 16'] >= 0.2)}`,
  );
  console.log(
    `启动到就绪 ${server.readyMs.toFixed(0)} ms，目标 1000，${verdict(server.readyMs <= 1000)}；内存 ${memory.toFixed(0)} MB（压测后 ${after.toFixed(0)} MB），目标 150，${verdict(after <= 150)}`,
  );
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
