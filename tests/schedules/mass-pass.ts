import { pino } from 'pino';

import { LedgerCache } from '../../src/services/ledger/ledger-cache.js';
import { runSchedules } from '../../src/services/schedule/run-schedules.js';
import { SlotWatch } from '../../src/services/schedule/slot-watch.js';
import { countPendingDeliveries } from '../../src/store/deliveries.js';
import { openStore } from '../../src/store/open.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { timeZone } from './office.js';

const store = await openStore(process.argv[2] ?? '', {});
const log = pino({ level: 'silent' });
const deps = { store, ledgers: new LedgerCache(), slots: new SlotWatch(), packs: new Map(), timeZone, log };
const pass = async (time: string) => {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const prepared = await runSchedules(deps, new Date(`2023-09-25T${time}:00+08:00`));
  const { user, system } = process.cpuUsage(cpu);
  return { prepared, seconds: (performance.now() - began) / 1000, busy: (user + system) / 1e6 };
};
await pass('08:59');
const { prepared, seconds, busy } = await pass('09:00');
// The first pass after it looks up when each comes next.
await pass('09:01');
const idle = await pass('09:02');
let owed = 0;
for (const { id } of await listWorkspaces(store.read)) owed += await countPendingDeliveries(store.read, id);
console.log(
  `${store.engine}: ${prepared} digests prepared in ${seconds.toFixed(1)} s (${busy.toFixed(1)} s of one core), ${owed} owed; ` +
    `a pass with nothing due ${(idle.busy * 1000).toFixed(0)} ms; at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
);
await store.close();
