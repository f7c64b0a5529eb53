import { Command } from 'commander';

import { evidenceFolderOf, readConfig } from '../config.js';
import { platformsSet } from '../config-platforms.js';
import { examine } from '../doctor/examine.js';
import { type Patience, type Result, runChecks } from '../doctor/run-checks.js';
import { BotError } from '../errors.js';
import { machineTime } from '../main.js';
import type { Finding } from '../platforms/check/check.js';
import { projectRoot } from '../project-root.js';
import { platformName } from './group.js';
import { findRunningServer } from './running-server.js';

interface DoctorOptions {
  url?: string;
  json?: boolean;
}

const patience: Patience = {
  eachMs: 10_000,
  allMs: 55_000,
  longMs: 2_000,
  onLong: ({ title }) => console.error(`正在检查${title}……`),
};

/** Checks each step of a connection; changes nothing. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('逐项检查环境、数据库、平台、工作群和投递，说明哪里不对、怎么办；什么都不改')
    .argument('[platform]', 'wecom、dingtalk、feishu 之一；不写是全部')
    .option('--url <地址>', '平台访问督办用的公网地址，如 https://duban.example.gov.cn；给了就从公网试一遍')
    .option('--json', '输出 JSON')
    .action(async (platform: string | undefined, { url, json }: DoctorOptions) => {
      const { env } = process;
      const read = readConfig(env, projectRoot);
      const { database, evidence } = read.config;
      const { checks, close } = await examine({
        ...read,
        evidenceFolder:
          database === null || evidence === null ? null : evidenceFolderOf({ database, evidence }, projectRoot),
        platformsSet: platformsSet(env),
        only: platform === undefined ? null : platformName(platform),
        publicUrl: url === undefined ? null : publicUrl(url),
        proxy: ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].find((name) => env[name]) ?? null,
        nodeVersion: process.version,
        now: machineTime,
        findServer: async (database) => (await findRunningServer({ database }))?.url ?? null,
      });
      const results: Result[] = [];
      try {
        for await (const result of runChecks(checks, patience)) {
          results.push(result);
          if (!json) console.log(lineOf(result));
        }
      } finally {
        await close();
      }
      const total = totalOf(results);
      console.log(json ? JSON.stringify({ checks: results, total }, null, 2) : totalLine(total));
      if (total.fail > 0) process.exitCode = 1;
    });
}

/** A credential in the address would end up in other people's logs. */
function publicUrl(typed: string): string {
  const url = URL.parse(typed);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url && isWeb && url.username === '' && url.password === '' && url.search === '' && url.hash === '')
    return url.href;
  throw new BotError('invalid', '--url 要写平台访问督办用的公网地址，如 https://duban.example.gov.cn。');
}

type State = Finding['state'];

const states: Record<State, string> = { ok: '正常', warn: '注意', fail: '故障', skipped: '跳过' };

function lineOf({ state, title, say, todo }: Result): string {
  return `[${states[state]}] ${title}：${[say, todo].flatMap((words) => (words ? [sentence(words)] : [])).join('')}`;
}

const sentence = (words: string) => (/[。！？]$/u.test(words) ? words : `${words}。`);

function totalOf(results: Result[]): Record<State, number> {
  const count = (state: State) => results.filter((result) => result.state === state).length;
  return { ok: count('ok'), warn: count('warn'), fail: count('fail'), skipped: count('skipped') };
}

function totalLine(total: Record<State, number>): string {
  const sum = Object.values(total).reduce((all, one) => all + one, 0);
  const parts = (Object.keys(states) as State[]).filter((state) => total[state] > 0);
  return `共${sum}项：${parts.map((state) => `${states[state]}${total[state]}`).join('，')}。`;
}
