import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { Command } from 'commander';
import { pino } from 'pino';

import { lexiconOf } from '../chat/lexicon.js';
import { loadCommands } from '../chat/load-commands.js';
import { plainText } from '../chat/message.js';
import { readArguments } from '../chat/read-arguments.js';
import { loadConfig } from '../config.js';
import { FileSource } from '../file-source.js';
import { openEvidence } from '../main.js';
import { projectRoot } from '../project-root.js';
import { readSentenceWords } from '../sentence-words.js';
import { withLedger } from './with-ledger.js';
import { writeWhole } from './write-file.js';

/** Writes what was handed over with the reports on a task into a folder, as /file sends it. */
export function evidenceCommand(): Command {
  return new Command('evidence')
    .description('把一项任务的报送附的材料取出来：不写文件夹就放在当前文件夹')
    .argument('<code>', '任务编号，如 水-7')
    .argument('[folder]', '放到哪个文件夹', '.')
    .action(async (code: string, folder: string) => {
      const config = loadConfig(process.env, projectRoot);
      await withLedger(config, null, async ({ store, inTransaction }) => {
        const { replies, workspace } = await inTransaction(async (ctx) => {
          const { list } = await loadCommands();
          const sentences = await readSentenceWords(config.dataFolder);
          const command = list.find(({ name }) => name === 'file');
          if (!command) throw new Error('there is no command file');
          const reading = { lexicon: lexiconOf(ctx), today: ctx.today, unit: null };
          const args = readArguments(command, `${code} 全部`, reading);
          const replies = await command.run({ args, ctx, confirmed: false, commands: list, sentences });
          return { replies, workspace: ctx.workspace };
        });
        const log = pino({ level: 'silent' });
        const source = new FileSource({ store, folder: openEvidence(config).folder, timeZone: config.timeZone, log });
        await mkdir(folder, { recursive: true });
        for (const reply of replies) {
          if (reply.kind !== 'file') {
            console.log(plainText(reply));
            continue;
          }
          const made = await source.make(workspace, reply.content);
          if (made.kind !== 'made') {
            console.error(`${reply.name} 没有取出：${made.why}。`);
            process.exitCode = 1;
            continue;
          }
          const target = path.join(folder, reply.name);
          await writeWhole(target, made.bytes);
          console.log(`已写入 ${target}`);
        }
      });
    });
}
