import { Command } from 'commander';
import { pino } from 'pino';

import { lexiconOf } from '../chat/lexicon.js';
import { loadCommands } from '../chat/load-commands.js';
import type { FileReply } from '../chat/message.js';
import { readArguments } from '../chat/read-arguments.js';
import { type Config, loadConfig } from '../config.js';
import { BotError } from '../errors.js';
import { FileSource } from '../file-source.js';
import { openEvidence } from '../main.js';
import { isConnected } from '../open-platforms.js';
import { projectRoot } from '../project-root.js';
import { readSentenceWords } from '../sentence-words.js';
import { exportHistory } from './export-history.js';
import { findRunningServer } from './running-server.js';
import { withLedger } from './with-ledger.js';
import { targetOf, writeWhole } from './write-file.js';

interface ExportOptions {
  unit?: string;
  plan?: string;
  history?: boolean;
}

interface Exported {
  text: string;
  name: string;
  bytes: Uint8Array;
}

/** Writes the ledger into a file, as /export sends it. */
export function exportCommand(): Command {
  return new Command('export')
    .description('把台账导出成 .xlsx，或把全部历史导出成 .xlsx、.csv、.jsonl：不写文件名就放在当前文件夹')
    .argument('[file]', '放到哪里，文件名或文件夹')
    .option('--unit <单位>', '只要一个单位的')
    .option('--plan <计划>', '只要一个计划的，如 --plan 水')
    .option('--history', '导出全部历史：谁在什么时候报了什么、每条的哈希和每日封存，并核对哈希链')
    .action(async (file: string | undefined, { unit, plan, history }: ExportOptions) => {
      const config = loadConfig(process.env, projectRoot);
      if (history) {
        if (unit !== undefined || plan !== undefined) {
          throw new BotError('invalid', '--history 是全部历史，不和 --unit、--plan 一起用。');
        }
        await exportHistory(config, file);
        return;
      }
      const typed = [unit, plan].filter(Boolean).join(' ');
      const running = isConnected(config.platforms) ? null : await findRunningServer(config);
      const made = await (running?.sandbox ? exportFrom(running.url, typed) : exportAlone(config, typed));
      const target = await targetOf(file, made.name);
      await writeWhole(target, made.bytes);
      console.log(`${made.text}\n已写入 ${target}`);
    });
}

async function exportAlone(config: Config, typed: string): Promise<Exported> {
  let exported: Exported | undefined;
  await withLedger(config, null, async ({ store, inTransaction }) => {
    const { said, workspace } = await inTransaction(async (ctx) => {
      const { list } = await loadCommands();
      const command = list.find(({ name }) => name === 'export');
      if (!command) throw new Error('there is no command export');
      const args = readArguments(command, typed, { lexicon: lexiconOf(ctx), today: ctx.today, unit: null });
      const sentences = await readSentenceWords(config.dataFolder);
      const [said] = await command.run({ args, ctx, confirmed: false, commands: list, sentences });
      return { said: said as FileReply, workspace: ctx.workspace };
    });
    const { folder } = openEvidence(config);
    const source = new FileSource({ store, folder, timeZone: config.timeZone, log: pino({ level: 'silent' }) });
    const made = await source.make(workspace, said.content);
    if (made.kind !== 'made') throw new BotError('invalid', `没有导出：${made.why}。`);
    exported = { text: said.text, name: said.name, bytes: made.bytes };
  });
  if (!exported) throw new Error('nothing was exported');
  return exported;
}

/** The sandbox that runs has its own date, and its ledger is that of this date. */
async function exportFrom(url: string, typed: string): Promise<Exported> {
  const asked = await fetch(new URL('/sandbox/messages', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: `/export ${typed}` }),
  });
  const { replies = [], error } = (await asked.json()) as {
    replies?: { kind: string; text: string; name: string; url: string }[];
    error?: string;
  };
  const [said] = replies;
  if (said?.kind !== 'file') throw new BotError('invalid', error ?? said?.text ?? '没有导出。');
  const file = await fetch(new URL(said.url, url));
  if (!file.ok) throw new BotError('invalid', ((await file.json()) as { error: string }).error);
  return { text: said.text, name: said.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
