import { describe, expect, it } from 'vitest';

import { type Patience, type Result, runChecks } from '../../src/doctor/run-checks.js';
import { type Check, fail, ok, skipped, warn } from '../../src/platforms/check/check.js';
import { StoreError } from '../../src/store/store-error.js';

const check = (id: string, run: Check['run'], needs?: string): Check => ({
  id,
  title: `第${id}项`,
  run,
  ...(needs === undefined ? {} : { needs }),
});

async function run(checks: Check[], patience: Partial<Patience> = {}): Promise<Result[]> {
  const results: Result[] = [];
  const usual = { eachMs: 10_000, allMs: 60_000, longMs: 10_000, onLong: () => {} };
  for await (const result of runChecks(checks, { ...usual, ...patience })) results.push(result);
  return results;
}

const forever = () => new Promise<never>(() => {});

describe('running checks', () => {
  it('tells one line for each thing found', async () => {
    const results = await run([
      check('1', async () => [ok('甲'), warn('乙', '改')]),
      check('2', async () => fail('丙', '修')),
    ]);
    expect(results.map(({ id, state, say, todo }) => [id, state, say, todo])).toEqual([
      ['1', 'ok', '甲', null],
      ['1', 'warn', '乙', '改'],
      ['2', 'fail', '丙', '修'],
    ]);
  });

  it('skips what needs a check that failed, and what needs that, but not what needs a doubtful one', async () => {
    const results = await run([
      check('1', async () => fail('不通', '修')),
      check('2', async () => ok('好'), '1'),
      check('3', async () => ok('好'), '2'),
      check('4', async () => warn('慢', '看')),
      check('5', async () => ok('好'), '4'),
      check('6', async () => skipped('没有')),
      check('7', async () => ok('好'), '6'),
    ]);
    expect(results.map(({ id, state }) => `${id} ${state}`)).toEqual([
      '1 fail',
      '2 skipped',
      '3 skipped',
      '4 warn',
      '5 ok',
      '6 skipped',
      '7 skipped',
    ]);
    expect(results[1]?.say).toBe('要先通过“第1项”');
  });

  it('goes on after a check that does not end', async () => {
    const results = await run([check('1', forever), check('2', async () => ok('好'))], { eachMs: 50 });
    expect(results.map(({ state }) => state)).toEqual(['fail', 'ok']);
    expect(results[0]?.say).toContain('没有结果');
  });

  it('lets a check that ends with its time say what it has', async () => {
    const partly: Check['run'] = (signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(warn('只查了一半', '再查'))));
    expect(await run([check('1', partly)], { eachMs: 50 })).toMatchObject([{ state: 'warn', say: '只查了一半' }]);
  });

  it('ends when the time of all is over', async () => {
    const results = await run([check('1', forever), check('2', async () => ok('好'))], { allMs: 50 });
    expect(results.map(({ state }) => state)).toEqual(['fail', 'skipped']);
    expect(results[1]?.say).toContain('总时间用完了');
  });

  it('names the check that takes long', async () => {
    const long: string[] = [];
    await run([check('1', forever)], { eachMs: 200, longMs: 10, onLong: ({ title }) => long.push(title) });
    expect(long).toEqual(['第1项']);
  });

  it('says what a ledger says that cannot be used', async () => {
    const refuse = () => Promise.reject(new StoreError('数据库打不开。请检查权限。'));
    expect(await run([check('1', refuse)])).toMatchObject([{ state: 'fail', say: '数据库打不开。请检查权限。' }]);
  });

  it('tells the kind and the place of an error that nobody foresaw, and not its words', async () => {
    const refuse = () => Promise.reject(new TypeError('no such page: https://example.cn/?corpsecret=s3cret'));
    const [result] = await run([check('1', refuse)]);
    expect(result?.say).toMatch(/^检查本身出错（TypeError \S+run-checks\.test\.ts:\d+:\d+）$/);
    expect(JSON.stringify(result)).not.toContain('s3cret');
  });
});
