import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LedgerFacts } from '../../src/domain/ledger-facts.js';
import { FileMaker } from '../../src/file-making/file-maker.js';
import { readLedgerFacts } from '../../src/services/export/read-ledger-facts.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';
import { openTable } from './open-xlsx.js';

let bot: TestBot;
let facts: LedgerFacts;
beforeAll(async () => {
  bot = await testBot();
  const [said] = await bot.replies('/export');
  const [workspace] = await listWorkspaces(bot.store.read);
  if (said?.kind !== 'file' || said.content.kind !== 'ledger' || !workspace) throw new Error('no file');
  const read = await readLedgerFacts(bot.store.read, workspace.id, said.content, 'Asia/Shanghai');
  if (!read) throw new Error('no facts');
  facts = read;
});
afterAll(() => bot.stop());

describe('a file', () => {
  it('is made in a thread of its own, from plain values', async () => {
    const making = await new FileMaker().make({ kind: 'ledger', facts });
    if (making.kind !== 'made') throw new Error(making.kind);
    expect((await openTable(making.bytes)).rows).toHaveLength(79);
  });

  it('waits for its turn, and is put off when too many do', async () => {
    const maker = new FileMaker();
    const makings = await Promise.all(Array.from({ length: 9 }, () => maker.make({ kind: 'ledger', facts })));
    const kinds = makings.map(({ kind }) => kind);
    expect(kinds.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'made'));
    expect(kinds.slice(6)).toEqual(['busy', 'busy', 'busy']);
    expect((await maker.make({ kind: 'ledger', facts })).kind).toBe('made');
  });

  it('that cannot be made is refused, and the next one is made', async () => {
    const maker = new FileMaker();
    const broken = { ...facts, tasks: null } as unknown as LedgerFacts;
    expect(await maker.make({ kind: 'ledger', facts: broken })).toMatchObject({
      kind: 'refused',
      why: '文件没有做出来',
      cause: expect.stringContaining('iterable'),
    });
    expect((await maker.make({ kind: 'ledger', facts })).kind).toBe('made');
  });

  it.each([
    [{ mostBytes: 1024 }, '文件超过0.0009765625MB'],
    [{ timeoutMs: 1 }, '内容太多，0.001秒没有做完'],
  ])('beyond the bounds %j is refused', async (bounds, why) => {
    expect(await new FileMaker(bounds).make({ kind: 'ledger', facts })).toMatchObject({ kind: 'refused', why });
  });

  it('that takes more memory than it may ends its thread alone', async () => {
    const [task] = facts.tasks;
    const tasks = Array.from({ length: 60_000 }, () => task).filter((one) => one !== undefined);
    const making = await new FileMaker({ memoryMb: 48, timeoutMs: 120_000 }).make({
      kind: 'ledger',
      facts: { ...facts, tasks },
    });
    expect(making).toMatchObject({ kind: 'refused', why: '文件没有做出来' });
  });
});
