import path from 'node:path';

import type { Config } from '../config.js';
import { fileName } from '../domain/file-name.js';
import { faultsOf, type HistoryVerdict, wholeText } from '../domain/history-verdict.js';
import { wallClock } from '../domain/local-date.js';
import { BotError } from '../errors.js';
import { type HistoryFormat, historyFormats, writeHistory } from '../file-making/history/write-history.js';
import { verifyHistory } from '../services/audit/verify-history.js';
import { readHistory, type WholeHistory } from '../services/export/read-history.js';
import { inspectStore } from '../store/inspect.js';
import type { Inspection } from '../store/inspection.js';
import { listWorkspaces } from '../store/workspaces.js';
import { targetOf, writeParts } from './write-file.js';

/**
 * Writes every row of the history into a file and says whether it verifies. Changes nothing in the database and loads nothing
 * into it, so it goes beside a running server and with a copy alike.
 */
export async function exportHistory({ database, timeZone }: Config, file: string | undefined): Promise<void> {
  const inspection = await opened(database);
  try {
    const { read } = inspection;
    const [workspace, ...others] = await listWorkspaces(read);
    if (!workspace) throw new BotError('not-found', '台账还是空的，没有历史。');
    if (others.length > 0) throw new BotError('invalid', '台账里有几个工作空间，命令行还不能选。');
    const history = await readHistory(read, workspace, timeZone);
    const target = await targetOf(file, nameOf(history));
    let verdict: HistoryVerdict | undefined;
    const verify = async () => {
      verdict = await verifyHistory(read, workspace.id, new AbortController().signal);
      return verdict;
    };
    await writeParts(target, writeHistory(history, formatOf(target), verify));
    if (verdict) tell(verdict);
    console.log(`已写入 ${target}`);
  } finally {
    await inspection.close();
  }
}

async function opened(database: string): Promise<Inspection> {
  const inspection = await inspectStore(database);
  if (inspection === null) {
    throw new BotError('not-found', `数据库 ${database} 还没有。请核对 DUBAN_DATABASE。`);
  }
  if (!inspection.isEmpty && inspection.pending.length === 0) return inspection;
  await inspection.close();
  if (inspection.isEmpty) throw new BotError('not-found', '数据库还没有建表，没有历史。');
  throw new BotError('conflict', '数据库是旧版本的。请先备份，用这个版本启动一次，它会自动升级，再导出。');
}

/** 督办历史 2023-09-25.xlsx: of the day of its last row. */
function nameOf({ last, timeZone }: WholeHistory): string {
  return fileName(`督办历史${last === null ? '' : ` ${wallClock(last, timeZone).date}`}`, 'xlsx');
}

function formatOf(target: string): HistoryFormat {
  const ending = path.extname(target).slice(1).toLowerCase();
  const format = historyFormats.find((one) => one === ending);
  if (format) return format;
  throw new BotError('invalid', `历史写成 .xlsx、.csv 或 .jsonl，不写成“${path.basename(target)}”。`);
}

function tell(verdict: HistoryVerdict): void {
  const faults = faultsOf(verdict);
  if (faults.length === 0) console.log(`核对无误：${wholeText(verdict)}。`);
  else {
    console.error(`核对不符：\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    console.error('请封存现在的数据库，用最近的备份比对。');
    process.exitCode = 1;
  }
}
