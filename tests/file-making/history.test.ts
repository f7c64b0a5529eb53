import { createHash } from 'node:crypto';

import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type HistoryFormat, writeHistory } from '../../src/file-making/history/write-history.js';
import { verifyHistory } from '../../src/services/audit/verify-history.js';
import { readHistory } from '../../src/services/export/read-history.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { aJpg } from '../support/evidence-files.js';
import { atHand, type TestBot, testBot } from '../support/test-bot.js';

const housing = '县住建局联络员';
const formula = '=HYPERLINK("http://127.0.0.1","点这里")';
const contentHash = createHash('sha256').update(aJpg()).digest('hex');
let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
  await bot.say('/progress 水-7 60% 三个镇已投运', housing, { id: 'm-1' });
  await bot.hear({ text: '/done 水-7 五个建制镇全部投运', sender: housing, files: [atHand('现场.jpg', aJpg())] });
  await bot.say('/undo', housing);
  await bot.at('2023-09-26T00:01:00+08:00');
  await bot.say(`/progress 水-5 ${formula}`, housing);
});
afterEach(() => bot.stop());

async function facts() {
  const [workspace] = await listWorkspaces(bot.store.read);
  if (!workspace) throw new Error('no workspace');
  const verify = () => verifyHistory(bot.store.read, workspace.id, new AbortController().signal);
  return { history: await readHistory(bot.store.read, workspace, 'Asia/Shanghai'), verify };
}

async function written(format: HistoryFormat): Promise<Buffer> {
  const { history, verify } = await facts();
  const parts: Uint8Array[] = [];
  for await (const part of writeHistory(history, format, verify)) parts.push(part);
  return Buffer.concat(parts);
}

type Fields = Record<string, unknown>;

async function tableRows(format: 'xlsx' | 'csv'): Promise<Fields[]> {
  const bytes = await written(format);
  const rows =
    format === 'csv'
      ? parseCsv(bytes.toString('utf8').replace(/^\uFEFF/u, ''))
      : ((await readXlsx(bytes)).sheets[0]?.rows ?? []);
  const [headings = [], ...rest] = rows;
  return rest.map((row) => Object.fromEntries(headings.map((heading, at) => [String(heading), row[at] ?? ''])));
}

const records = async () =>
  (await written('jsonl'))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe.each(['xlsx', 'csv'] as const)('the history as .%s', (format) => {
  it('says of each row who wrote what, for whom and when', async () => {
    const rows = await tableRows(format);
    expect(rows.map((row) => [Number(row.本任务第几条), row.编号, row.事项])).toEqual([
      [1, '水-7', '报进展'],
      [2, '水-7', '报办结'],
      [3, '水-7', '附材料'],
      [4, '水-7', '撤销'],
      [1, '水-5', '报进展'],
      [0, '', '核对'],
    ]);
    expect(rows[0]).toMatchObject({
      时间: '2023-09-25 09:00:00',
      单位: '县住建局',
      经办人: housing,
      身份: '牵头',
      内容: '三个镇已投运',
      办理情况变化: '水-7 县住建局：未报→正在推进60%',
      消息编号: 'm-1',
      前一条哈希: '',
      封存日: '2023-09-25',
    });
    expect(rows[1]?.前一条哈希).toBe(rows[0]?.本条哈希);
    expect(Number(rows[3]?.撤销的序号)).toBe(Number(rows[1]?.序号));
  });

  it('names what was handed over by its content, though it was taken back', async () => {
    const [, report, attached] = await tableRows(format);
    expect(attached).toMatchObject({ 材料: '现场.jpg（1KB）', '材料SHA-256': contentHash });
    expect(attached?.说明).toBe(`附到序号${report?.序号}`);
  });

  it('has no formula, and no seal of a day that is not over', async () => {
    const row = (await tableRows(format))[4];
    expect(row?.内容).toBe(format === 'csv' ? `'${formula}` : formula);
    expect([row?.封存日, row?.当日封存哈希]).toEqual(['', '']);
  });

  it('ends with what came of verifying it', async () => {
    expect((await tableRows(format)).at(-1)?.内容).toBe('核对无误：2项任务的5条历史、1天的封存都没有改动');
  });
});

describe('the history as .jsonl', () => {
  it('holds all that the hashes are made of', async () => {
    const updates = (await records()).filter(({ record }) => record === 'update');
    expect(updates).toHaveLength(5);
    const ends = new Map<string, string>();
    for (const update of updates) {
      const place = `${update.year} ${update.task}`;
      expect(update.previousHash).toBe(ends.get(place) ?? '');
      expect(hashOf(update)).toBe(update.hash);
      ends.set(place, update.hash);
    }
  });

  it('holds the seals, and by which one each row is held', async () => {
    const all = await records();
    const seals = all.filter(({ record }) => record === 'seal');
    expect(seals.map(({ day }) => day)).toEqual(['2023-09-25']);
    const [{ day, heads, previousHash, hash }] = seals;
    const rows = heads.map((head: Fields) => [head.year, head.key, head.updateCount, head.lastHash]);
    expect(sha256(JSON.stringify([day, rows, previousHash]))).toBe(hash);
    const sealed = all.flatMap(({ record, sealed }) => (record === 'update' ? [sealed?.hash ?? null] : []));
    expect(sealed).toEqual([hash, hash, hash, hash, null]);
  });

  it('begins with what it is, and ends with what came of verifying it', async () => {
    const all = await records();
    const sequences = all.flatMap(({ record, sequence }) => (record === 'update' ? [sequence] : []));
    expect(all[0]).toMatchObject({
      record: 'history',
      version: 1,
      timeZone: 'Asia/Shanghai',
      through: sequences.at(-1),
    });
    expect(all.at(-1)).toMatchObject({ record: 'verdict', whole: true, updates: 5, broken: [], brokenSeal: null });
  });
});

describe('the history', () => {
  it('ends where it ended when it was begun', async () => {
    const { history, verify } = await facts();
    await bot.say('/progress 水-5 又有进展', housing);
    const parts: Uint8Array[] = [];
    for await (const part of writeHistory(history, 'jsonl', verify)) parts.push(part);
    expect(Buffer.concat(parts).toString('utf8')).not.toContain('又有进展');
  });
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** As somebody computes it who has only the file and its description. */
function hashOf(update: Fields): string {
  const state = ({ status, percent, problem }: Fields) => [status, percent, problem];
  const changes = (update.changes as (Fields & { before: Fields; after: Fields })[]).map((change) => [
    change.task,
    change.milestone,
    change.occurrence,
    change.unit,
    state(change.before),
    state(change.after),
  ]);
  const details = Object.entries(update.details as Fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = 'workspace year task number at personId unitId role groupId platform messageId kind note percent';
  const fields = [...names.split(' ').map((name) => update[name]), changes, details, update.undoes];
  return sha256([update.version, update.algorithm, update.previousHash, JSON.stringify(fields)].join('\n'));
}
