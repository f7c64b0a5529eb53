// What the bot does in a second, beside what else could be used for it, in one run: npm run bench [-- --short] [-- road]
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';

import { feishuRoad } from './feishu-road.mjs';
import { median } from './figures.mjs';
import { stopAll } from './processes.mjs';
import { sandboxRoad } from './sandbox-road.mjs';

const roads = { sandbox: sandboxRoad, feishu: feishuRoad };
const short = process.argv.includes('--short');
const named = process.argv.slice(2).filter((word) => word in roads);
const folder = mkdtempSync(path.join(tmpdir(), 'duban-bench-'));

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

try {
  console.log(
    `${cpus().length} 核 ${cpus()[0]?.model ?? ''}，Node ${process.version}，${new Date().toISOString().slice(0, 10)}，磁盘同步中位数 ${syncMs().toFixed(2)} ms`,
  );
  for (const name of named.length > 0 ? named : Object.keys(roads)) await roads[name]({ folder, short });
} finally {
  stopAll();
  rmSync(folder, { recursive: true, force: true });
}
