import { Command } from 'commander';
import { pino } from 'pino';
import { plainText } from '../chat/message.js';
import { type Config, loadConfig } from '../config.js';
import { BotError } from '../errors.js';
import { askAlone, start } from '../main.js';
import { isConnected } from '../open-platforms.js';
import { projectRoot } from '../project-root.js';
import { findRunningServer } from './running-server.js';

interface AskOptions {
  user?: string;
  private?: boolean;
  json?: boolean;
}

/** What came back: replies, or why not. */
interface Said {
  replies?: { text: string; kind: string }[];
  error?: string;
}

/** Asks the running server, or the ledger itself when none runs. Once a platform is connected it only reads. */
export function askCommand(): Command {
  return new Command('ask')
    .description('问一句，如：duban ask "/due 本周"；接了平台的只看不写')
    .argument('<text...>', '要问的话')
    .option('--user <name>', '以谁的身份看（名单里的名字），不写是成员')
    .option('--private', '单聊')
    .option('--json', '输出 JSON')
    .action(async (words: string[], options: AskOptions) => {
      const said = await ask(loadConfig(process.env, projectRoot), words.join(' '), options);
      if (options.json) {
        console.log(JSON.stringify(said));
        if (said.error) process.exitCode = 1;
        return;
      }
      if (said.error) throw new BotError('invalid', said.error);
      for (const { kind, text } of said.replies ?? []) {
        console.log(text);
        if (kind === 'file') console.log('要这份文件请运行 duban export。');
      }
    });
}

async function ask(config: Config, text: string, options: AskOptions): Promise<Said> {
  const running = await findRunningServer(config);
  if (running?.sandbox) return askSandbox(running.url, text, options);
  const question = { text, user: options.user ?? null, private: options.private ?? false };
  if (running)
    return post(new URL('/console/ask', running.url), question, { authorization: `Bearer ${running.token}` });
  if (isConnected(config.platforms)) return askHere(config, question);
  const started = await start({ ...config, port: 0 }, pino({ level: 'silent' }));
  try {
    return await askSandbox(started.url, text, options);
  } finally {
    await started.stop();
  }
}

async function askHere(config: Config, question: Parameters<typeof askAlone>[1]): Promise<Said> {
  try {
    const replies = await askAlone(config, question);
    return { replies: replies.map((one) => ({ text: plainText(one), kind: one.kind })) };
  } catch (error) {
    if (error instanceof BotError) return { error: error.say };
    throw error;
  }
}

function askSandbox(
  url: string,
  text: string,
  { user = '成员', private: isPrivate = false }: AskOptions,
): Promise<Said> {
  return post(new URL('/sandbox/messages', url), { text, user, private: isPrivate });
}

async function post(url: URL, body: unknown, headers: Record<string, string> = {}): Promise<Said> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Said;
}
