import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { heirsOf, unitsWithHeirs, withHeirs } from '../../src/domain/merged-units.js';
import type { Responsibility, Role } from '../../src/domain/responsibility.js';
import type { Task } from '../../src/domain/task.js';
import { type Unit, type UnitId, unitId } from '../../src/domain/unit.js';
import { ledgerFrom } from '../../src/services/ledger/ledger-cache.js';
import { readLedger } from '../../src/store/ledger.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const id = (name: string) => unitId.parse(name);
const unit = (name: string, mergedInto: string | null = null, members: string[] = []): Unit => ({
  id: id(name),
  name,
  aliases: [`${name}的别名`],
  members: members.map(id),
  position: 1,
  mergedInto: mergedInto === null ? null : id(mergedInto),
});

describe('whose work it is now', () => {
  it('follows units merged one after the other', () => {
    const heirs = heirsOf([unit('甲', '乙'), unit('乙', '丙'), unit('丙'), unit('丁')]);
    expect([...heirs]).toEqual([
      ['甲', '丙'],
      ['乙', '丙'],
    ]);
  });

  it('is nobody’s where units were merged in a circle, rather than for ever', () => {
    expect([...heirsOf([unit('甲', '乙'), unit('乙', '甲')])]).toEqual([]);
  });

  it('is known by every name, and a group has each member once', () => {
    const units = [unit('甲', '乙'), unit('乙'), unit('各家', null, ['甲', '乙', '丁']), unit('丁')];
    const [merged, heir, group] = unitsWithHeirs(units, heirsOf(units));
    expect(merged?.aliases).toEqual([]);
    expect(heir?.aliases).toEqual(['乙的别名', '甲', '甲的别名']);
    expect(group?.members).toEqual(['乙', '丁']);
  });
});

describe('a task', () => {
  let bot: TestBot;
  let task: Task;
  beforeAll(async () => {
    bot = await testBot();
    const [workspace] = await listWorkspaces(bot.store.read);
    const ledger = workspace && ledgerFrom(1, await readLedger(bot.store.read, workspace.id));
    const found = ledger?.tasks[0];
    if (!found) throw new Error('no task');
    task = found;
  });
  afterAll(() => bot.stop());

  const entry = (name: string, role: Role, group = 1): Responsibility => ({
    role,
    unit: id(name),
    written: name,
    inherited: false,
    open: false,
    group,
    line: 1,
    setBy: null,
  });
  const heirs = new Map<UnitId, UnitId>([[id('甲'), id('乙')]]);
  const owed = (...responsibility: Responsibility[]) =>
    withHeirs({ ...task, responsibility }, heirs).responsibility.map((one) => `${one.role} ${one.unit} ${one.group}`);

  it('names the heir once in each clause, in the stronger role', () => {
    expect(owed(entry('甲', 'lead'), entry('乙', 'support'), entry('丙', 'support'))).toEqual([
      'lead 乙 1',
      'support 丙 1',
    ]);
    expect(owed(entry('乙', 'lead'), entry('甲', 'lead'))).toEqual(['lead 乙 1']);
    expect(owed(entry('乙', 'lead', 1), entry('甲', 'support', 2))).toEqual(['lead 乙 1', 'support 乙 2']);
  });

  it('keeps the document’s words', () => {
    const [one] = withHeirs({ ...task, responsibility: [entry('甲', 'lead')] }, heirs).responsibility;
    expect(one?.written).toBe('甲');
  });
});
