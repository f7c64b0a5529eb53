import path from 'node:path';

import { cells, median, verdict } from './figures.mjs';
import { drive } from './load.mjs';
import { launch, launchDuban, memoryOf, stop } from './processes.mjs';

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
  const shown = [of('perSecond').toFixed(0), of('p50').toFixed(2), of('p99').toFixed(2), ratio.toFixed(2)];
  return { text: cells([name, atOnce, ...shown]), ratio };
}

/** The road of a message through HTTP with durable writes, beside a plain control without any. */
export async function sandboxRoad({ folder, short }) {
  const rounds = short ? 1 : 5;
  /** Messages in each lane, by how many lanes; even, so that every report is taken back. */
  const turns = short ? { 1: 60, 16: 20 } : { 1: 400, 16: 200 };
  const database = path.join(folder, 'sandbox.db');
  const env = { DUBAN_DATABASE: database };
  const first = await launchDuban(env);
  await stop(first.child);
  const server = await launchDuban(env);
  const memory = memoryOf(server.child);
  const plain = await launch(['tests/bench/control.mjs', database], {});
  const origins = { control: plain.origin, due: server.origin, done: server.origin };
  console.log('     road  at once  per s      p50 ms    p99 ms  of control（中位数，控制组不写库）');
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
  const after = memoryOf(server.child);
  console.log(
    `16 个并发：/due ${ratios['due 16'].toFixed(2)}，目标 0.3，${verdict(ratios['due 16'] >= 0.3)}；/done ${ratios['done 16'].toFixed(2)}，目标 0.2，${verdict(ratios['done 16'] >= 0.2)}`,
  );
  console.log(
    `启动到就绪 ${server.readyMs.toFixed(0)} ms，目标 1000，${verdict(server.readyMs <= 1000)}；内存 ${memory.toFixed(0)} MB（压测后 ${after.toFixed(0)} MB），目标 150，${verdict(after <= 150)}`,
  );
  await Promise.all([stop(server.child), stop(plain.child)]);
}
