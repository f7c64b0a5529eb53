import { Pool } from 'undici';

import { percentiles } from './figures.mjs';

/**
 * Sends `turns` messages in each of `atOnce` lanes and times those that `counted` picks.
 * Returns commands per second of the counted ones' share of the time, and p50 and p99 in ms.
 */
export async function drive(origin, { turns, atOnce, message, counted = () => true }) {
  const pool = new Pool(origin, { connections: atOnce });
  const times = [];
  let spent = 0;
  const worker = async (lane) => {
    for (let turn = 0; turn < turns; turn += 1) {
      const body = message(turn, lane);
      const started = performance.now();
      const answer = await pool.request({
        method: 'POST',
        path: '/sandbox/messages',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const said = await answer.body.text();
      const took = performance.now() - started;
      spent += took;
      if (answer.statusCode !== 200 || said.includes('"refusal"')) throw new Error(`${body.text} → ${said}`);
      if (counted(turn)) times.push(took);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: atOnce }, (_, lane) => worker(lane)));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  const share = times.reduce((sum, took) => sum + took, 0) / spent;
  return { perSecond: times.length / (seconds * share), ...percentiles(times) };
}
