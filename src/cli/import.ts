import { readFile } from 'node:fs/promises';

import { Command } from 'commander';

import type { NoticeDraft } from '../domain/plan-draft.js';
import { BotError } from '../errors.js';
import { decodeText } from '../plan-parser/formats/text.js';
import { readNotice } from '../plan-parser/read-notice.js';

/** Shows what the parser reads of a document. Storing a further document comes with the full importer. */
export function importCommand(): Command {
  return new Command('import')
    .description('读一份文件，列出读到的计划、任务和疑点')
    .argument('<file>', '纯文本的通知或计划')
    .requiredOption('--dry-run', '只看，不入账（本版本只支持这一种）')
    .option('--json', '输出 JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const draft = readNotice(decodeText(await bytesOf(file)));
      console.log(options.json ? JSON.stringify(draft, null, 2) : preview(draft));
    });
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new BotError('invalid', `读不到文件 ${file}。请检查路径和权限。`, { cause });
  }
}

function preview({ plans, issues }: NoticeDraft): string {
  const lines = plans.flatMap((plan) => [
    `${plan.title}：${plan.tasks.filter((task) => !task.annex).length}项任务，附表${plan.tasks.filter((task) => task.annex).length}行`,
    ...plan.tasks.map((task) => `  ${task.code} ${task.shortTitle}`),
  ]);
  const doubts = issues.map((issue) => `  第${issue.line}行：${issue.message}`);
  return [...lines, `疑点${issues.length}处：`, ...doubts].join('\n');
}
