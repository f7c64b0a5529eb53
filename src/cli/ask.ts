import { Command } from 'commander';
import { pino } from 'pino';
import { type Config, loadConfig } from '../config.js';
import { BotError } from '../errors.js';
import { start } from '../main.js';
import { isConnected } from '../open-platforms.js';
import { projectRoot } from '../project-root.js';
import { findRunningServer } from './running-server.js';

interface AskOptions {
  user: string;
  private?: boolean;
  json?: boolean;
}

/** Asks the running sandbox, or the ledger itself when none runs. */
export function askCommand(): Command {
  return new Command('ask')
    .description('问一句，如：duban ask "/due 本周"')
    .argument('<text...>', '要问的话')
    .option('--user <name>', '以谁的身份（沙箱名单里的名字）', '成员')
    .option('--private', '单聊')
    .option('--json', '输出 JSON')
    .action(async (text: string[], options: AskOptions) => {
      const config = loadConfig(process.env, projectRoot);
      // A second program on the platform's connection would put the server out.
      if (isConnected(config.platforms)) {
        throw new BotError('conflict', '已接入平台，ask 只问演示沙箱。请在群里或单聊里问机器人。');
      }
      const url = await findRunningServer(config);
      await (url === null ? askAlone(config, text.join(' '), options) : askServer(url, text.join(' '), options));
    });
}

async function askAlone(config: Config, text: string, options: AskOptions): Promise<void> {
  const running = await start({ ...config, port: 0 }, pino({ level: 'silent' }));
  try {
    await askServer(running.url, text, options);
  } finally {
    await running.stop();
  }
}

async function askServer(
  url: string,
  text: string,
  { user, private: isPrivate = false, json }: AskOptions,
): Promise<void> {
  const response = await fetch(new URL('/sandbox/messages', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, user, private: isPrivate }),
  });
  const body = (await response.json()) as { replies?: { kind: string; text: string }[]; error?: string };
  if (json) {
    console.log(JSON.stringify(body));
    if (!response.ok) process.exitCode = 1;
    return;
  }
  if (body.error) throw new BotError('invalid', body.error);
  for (const { kind, text: said } of body.replies ?? []) {
    console.log(said);
    if (kind === 'file') console.log('要这份文件请运行 duban export。');
  }
}
