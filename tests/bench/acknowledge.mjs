// How long a platform waits until its message is acknowledged, sixteen at a time, while every send to it hangs.
import './typescript.mjs';

import { cpus } from 'node:os';

const { Office } = await import('../platforms/server/office.ts');
const { feishuSite } = await import('../platforms/feishu/site.ts');
const { dingtalkSite } = await import('../platforms/dingtalk/site.ts');
const { wecomCallbackSite } = await import('../platforms/wecom/site.ts');
const { until } = await import('../support/until.ts');

const atOnce = 16;
const turns = process.argv.includes('--short') ? 5 : 40;
const aimMs = 1000;
/** The long connection of 企业微信 knows no acknowledgement. */
const platforms = [
  ['飞书，回调', () => feishuSite('webhook')],
  ['飞书，长连接', () => feishuSite('stream')],
  ['钉钉，回调', () => dingtalkSite('webhook')],
  ['钉钉，长连接', () => dingtalkSite('stream')],
  ['企业微信，回调', wecomCallbackSite],
];

/** One in four reports, which writes most; the others ask, one to one and in the group. */
const says = [
  (serial) => ({ who: 'liaison', private: true, text: `/progress 水-7 60% 第${serial}次：管网过半` }),
  () => ({ who: 'administrator', private: true, text: '/due 本周' }),
  () => ({ who: 'member', text: '水-7谁牵头' }),
  () => ({ who: 'member', text: '/task 水-7' }),
];

async function answerTo(site, said) {
  const before = site.shown().length;
  await site.tell(said);
  await until('answered', () => site.shown().length > before, 20_000);
  return site.shown().at(-1).text;
}

async function bind(site, office) {
  const [, code] = /(\/bind \w{8})/.exec(await office.run('admin-code'));
  await answerTo(site, { who: 'administrator', private: true, text: code });
  const [here] = /\/bind \w{8}/.exec(await answerTo(site, { who: 'administrator', private: true, text: '/bind' }));
  await answerTo(site, { who: 'administrator', text: here });
  await answerTo(site, { who: 'liaison', text: '/join 县住建局' });
  await answerTo(site, { who: 'administrator', private: true, text: '/join 同意 1' });
}

let serial = 0;

async function drive(site, count) {
  const times = [];
  const lane = async (say) => {
    for (let turn = 0; turn < count; turn += 1) {
      serial += 1;
      const said = { ...say(serial), id: `bench-${serial}` };
      const started = performance.now();
      await site.tell(said);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, at) => lane(says[at % says.length])));
  return times.sort((a, b) => a - b);
}

async function measure(make) {
  const site = await make();
  const office = await Office.found(site);
  try {
    await office.open('2023-09-25T10:00:00+08:00');
    await bind(site, office);
    site.fallSilent();
    await drive(site, 2);
    const times = await drive(site, turns);
    const kept = office.look("select count(*) from inbound where message_id like 'bench-%'");
    const sent = office.look("select count(*) from deliveries where key like '% bench-%' and state = 'sent'");
    if (kept !== (turns + 2) * atOnce || sent !== 0) throw new Error(`${kept} kept, ${sent} sent`);
    return times;
  } finally {
    serial = 0;
    await office.close();
    await site.close();
  }
}

const at = (times, part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
const cell = (ms) => ms.toFixed(1).padStart(9);

console.log(
  `${cpus().length} 核 ${cpus()[0]?.model ?? ''}，Node ${process.version}，${new Date().toISOString().slice(0, 10)}`,
);
console.log(`${atOnce} 个并发，发送全部没有应答，四分之一是报告；毫秒，到平台收到应答为止`);
console.log(`${'p50'.padStart(9)}${'p99'.padStart(9)}${'最长'.padStart(8)}`);
const worst = [];
for (const [name, make] of platforms) {
  const times = await measure(make);
  worst.push(at(times, 0.99));
  console.log(`${cell(at(times, 0.5))}${cell(at(times, 0.99))}${cell(times.at(-1))}  ${name}`);
}
const most = Math.max(...worst);
console.log(`最慢的 p99 ${most.toFixed(0)} ms，目标 ${aimMs}，${most < aimMs ? '达到' : '未达到'}`);
