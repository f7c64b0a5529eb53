import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';

import { Command } from 'commander';

import { importedReply, issueLine, previewReply, taskColumns, taskRow } from '../chat/import-reply.js';
import { plainText } from '../chat/message.js';
import { type Config, loadConfig } from '../config.js';
import type { NoticeDraft } from '../domain/plan-draft.js';
import type { WorkspaceSettings } from '../domain/workspace.js';
import { BotError } from '../errors.js';
import { maxFileBytes, PlanReader } from '../plan-reading/plan-reader.js';
import { seasonsOf } from '../plan-reading/seasons.js';
import { projectRoot } from '../project-root.js';
import { adjusted, importNow, noAdjustments } from '../services/import/decide-import.js';
import { previewOf, type ReadFile } from '../services/import/propose-import.js';
import { withLedger } from './with-ledger.js';

interface ImportOptions {
  dryRun?: boolean;
  json?: boolean;
  yes?: boolean;
  prefix: string[];
  year?: string;
  province?: string;
  by?: string;
}

/** Reads a document, shows what would change, and on a yes brings it into the ledger. */
export function importCommand(): Command {
  return new Command('import')
    .description('导入一份计划文件：先列出读到的内容和疑点，问过再入账')
    .argument('<file>', '.docx .doc .pdf .xlsx .html .txt')
    .option('--dry-run', '只看，不入账')
    .option('--json', '输出 JSON（配合 --dry-run）')
    .option('--yes', '不问，直接入账')
    .option(
      '--prefix <旧=新>',
      '改编号前缀，可写多次，如 --prefix 安=应',
      (rule, rules: string[]) => [...rules, rule],
      [],
    )
    .option('--year <年份>', '文件没写年份时用的年份')
    .option('--province <省份>', '采暖季、汛期按哪个省的惯例算，不写按台账的设置')
    .option('--by <姓名>', '以哪位管理员或督查室的名义入账（名单里的名字）')
    .action(async (file: string, options: ImportOptions) => {
      const adjust = { ...noAdjustments, prefixes: readPrefixes(options.prefix) };
      if (options.dryRun) {
        const read = await readPlanFile(file, options, {});
        const draft = adjusted(read.draft, adjust);
        console.log(options.json ? JSON.stringify(draft, null, 2) : overview(draft));
        return;
      }
      await store(loadConfig(process.env, projectRoot), file, adjust, options);
    });
}

async function store(
  config: Config,
  name: string,
  adjust: typeof noAdjustments,
  options: ImportOptions,
): Promise<void> {
  await withLedger(config, options.by ?? null, async (ledger) => {
    const file = await readPlanFile(name, options, await ledger.inTransaction(async (ctx) => ctx.settings));
    const draft = adjusted(file.draft, adjust);
    const preview = await ledger.inTransaction(async (ctx) => previewOf(ctx, draft));
    if (preview.unchanged) {
      console.log('这份文件和台账里的计划完全一样，没有变化。');
      return;
    }
    console.log(overview(draft));
    console.log(`\n${plainText(previewReply(file.fileName, preview))}`);
    if (!options.yes && !(await isConfirmed('入账吗？（y/N）'))) {
      console.log('没有入账，台账没有变化。');
      return;
    }
    const said = await ledger.inTransaction(async (ctx) => importedReply(ctx, await importNow(ctx, file, adjust)));
    console.log(plainText(said));
  });
}

export async function isConfirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new BotError('invalid', '不是在终端里运行，没法问。看过预览后加 --yes 再运行一次。');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(?:y|yes|是|确认)$/iu.test((await asking.question(question)).trim());
  } finally {
    asking.close();
  }
}

async function readPlanFile(
  file: string,
  options: ImportOptions,
  settings: Pick<WorkspaceSettings, 'province' | 'seasons'>,
): Promise<ReadFile> {
  const bytes = await bytesOf(file);
  const fileName = path.basename(file);
  const started = performance.now();
  const progress = setInterval(() => {
    console.error(`正在读 ${fileName}，已用${Math.round((performance.now() - started) / 1000)}秒……`);
  }, 3000);
  try {
    const seasons = options.province === undefined ? settings : { province: options.province };
    const named = options.year === undefined ? fileName : `${options.year}年 ${fileName}`;
    const outcome = await new PlanReader().read(bytes, named, seasonsOf(seasons));
    if (outcome.kind === 'refused') throw new BotError('invalid', outcome.say, { cause: outcome.cause });
    if (outcome.kind === 'roster')
      throw new BotError('invalid', '这份文件是名单。导入名单运行：duban person import 文件');
    const { draft, text } = outcome.reading;
    return { fileName, sha256: createHash('sha256').update(bytes).digest('hex'), text, draft };
  } finally {
    clearInterval(progress);
  }
}

export async function bytesOf(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size <= maxFileBytes) return await readFile(file);
  } catch (cause) {
    throw new BotError('invalid', `读不到文件 ${file}。请检查路径和权限。`, { cause });
  }
  throw new BotError('invalid', `文件 ${file} 超过20MB，没有读。请去掉图片或拆成几份。`);
}

function readPrefixes(rules: string[]): Record<string, string> {
  const pairs = rules.map((rule) => {
    const [, from, to] = /^(\p{Script=Han}{1,4})[=＝](\p{Script=Han}{1,4})$/u.exec(rule) ?? [];
    if (from === undefined || to === undefined)
      throw new BotError('invalid', `--prefix 要这样写：安=应，收到的是“${rule}”。`);
    return [from, to] as const;
  });
  return Object.fromEntries(pairs);
}

/** Plans, their tasks as a table, and the doubts. */
export function overview({ plans, issues }: NoticeDraft): string {
  const lines = plans.flatMap((plan) => {
    const annex = plan.tasks.filter((task) => task.annex).length;
    const count = `${plan.tasks.length - annex}项任务${annex > 0 ? `，附表${annex}行` : ''}`;
    return [
      '',
      `${plan.title}（${plan.prefix}，${plan.year || '年份未读到'}，${plan.issuedOn ?? '印发日期未读到'}印发）：${count}`,
      taskColumns.join('｜'),
      ...plan.tasks.map((task) => taskRow(task).join('｜')),
      ...plan.goals.map((goal) => `目标：${goal.phrase}${goal.due === null ? '' : `（${goal.due}）`} ${goal.text}`),
    ];
  });
  const doubts = issues.map((issue) => `  ${issueLine(issue)}`);
  return [...lines, '', `疑点${issues.length}处${issues.length > 0 ? '：' : '。'}`, ...doubts].join('\n');
}
