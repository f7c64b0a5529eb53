// A season in the office beside a model that predicts it: npm run season [-- --seed 7] [--messages 20000] [--short] [--office strict] [--log file]
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { office, offices } from './office.js';
import { runSeason } from './season.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    messages: { type: 'string', default: '20000' },
    short: { type: 'boolean', default: false },
    office: { type: 'string', default: 'usual' },
    log: { type: 'string' },
  },
});
const [seed, messages] = [Number(values.seed), Number(values.messages)];
const settings = office(values.office);
if (!Number.isSafeInteger(seed) || !(messages > 0) || !settings) {
  console.error(`--seed and --messages are numbers, --office is one of ${Object.keys(offices).join(', ')}`);
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const started = performance.now();
const seconds = () => Math.round((performance.now() - started) / 1000);
let month = '';
let printed = 0;
const everyDay = !values.short;
const { log: file } = values;
const log = file === undefined ? {} : { log: (line: string) => appendFileSync(file, `${line}\n`) };
const plan = { seed, messages, settings, everyDay, daily: everyDay, restarts: 12, ...log };
const tally = await runSeason(plan, (day, sofar) => {
  for (; printed < sofar.divergences.length; printed += 1) console.log(`\n${sofar.divergences[printed]}\n`);
  if (day.slice(0, 7) === month) return;
  month = day.slice(0, 7);
  const { messages: said, questions, states, divergences } = sofar;
  console.log(
    `${day}  ${said} messages, ${questions} questions, ${states} states, ${divergences.length} divergences, ${seconds()} s`,
  );
});
console.log(`\n${tally}`);
for (const divergence of tally.divergences.slice(printed)) console.log(`\n${divergence}`);
console.log(`\nseed ${seed}, office ${values.office}, ${seconds()} s`);
process.exitCode = tally.divergences.length > 0 ? 1 : 0;
