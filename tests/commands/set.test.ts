import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { projectRoot } from '../../src/project-root.js';
import { brokenChains, historyOf } from '../support/requests.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';
const office = '督查室';

beforeEach(async () => {
  bot = await testBot();
  await bot.at('2023-09-25T09:00:00+08:00');
  bot.posted.length = 0;
});
afterEach(async () => {
  expect(await brokenChains(bot)).toEqual([]);
  await bot.stop();
});

const lineOf = (said: string, start: string) => said.split('\n').find((line) => line.startsWith(start));

describe('a limit that the office sets', () => {
  it('stands beside the document, which states none', async () => {
    expect(await bot.say('/set 水-7 时限 10月31日', office)).toBe(
      '已记：水-7 城镇生活污水处理设施及管网建设，督查室时限定为10月31日。\n文件原文不变。要取消发“/set 水-7 时限 无”。',
    );
    expect(await bot.say('/task 水-7')).toContain('时限：文件未写，督查室定：10月31日（周二），还有36天');
    expect(lineOf(await bot.say('/due 下月'), '水-7')).toBe(
      '水-7 城镇生活污水处理设施及管网建设｜督查室定｜牵头：县住建局',
    );
    expect(lineOf(await bot.say('/list 水'), '水-7')).toContain('｜10月31日｜未报');
    expect(await bot.say('/history 水-7')).toContain('督查室 水-7 调整：时限定为10月31日');
    await bot.at('2023-09-25T09:10:00+08:00');
    expect(bot.posted).toEqual([
      '水-7 城镇生活污水处理设施及管网建设，督查室时限定为10月31日。\n文件原文不变。发“/task 水-7”看情况。',
    ]);
  });

  it('counts the reports that were made before it, and those made before it is taken back', async () => {
    await bot.say('/progress 水-7 60% 三镇投运', housing);
    await bot.say('/set 水-7 时限 10月31日', office);
    expect(await bot.say('/task 水-7')).toContain('报送：正在推进');
    await bot.say('/done 水-7 五镇投运', housing);
    expect(lineOf(await bot.say('/due 下月'), '水-7')).toContain('已报办结（待核查）');
    await bot.say('/set 水-7 时限 无', office);
    expect(await bot.say('/task 水-7')).toMatch(/时限：文件未写\n报送：已报办结（待核查）/);
    expect(await bot.say('/set 水-7 时限 无', office)).toBe('水-7没有定过时限。发“/task 水-7”看情况。');
    expect(await historyOf(bot, '水-7')).toEqual(['progress', 'set', 'done', 'set']);
  });

  it('takes the place of the one set before', async () => {
    await bot.say('/set 水-7 时限 10月31日', office);
    await bot.say('/set 水-7 时限 11月底前', office);
    expect(lineOf(await bot.say('/list 水'), '水-7')).toContain('｜11月30日｜');
    expect(await bot.say('/due 下月')).not.toContain('水-7');
  });

  it('is extended like any other, and then set no more', async () => {
    await bot.say('/set 水-7 时限 10月31日', office);
    expect(await bot.say('/extend 水-7 11月20日 管材没到货', housing)).toContain('水-7，原时限10月31日');
    await bot.say('/advise 水-7 同意', office);
    await bot.say('/approve 水-7', '县领导');
    expect(await bot.say('/task 水-7')).toContain('11月20日（周一），还有56天（原时限10月31日，县领导9月25日同意）');
    expect(await bot.say('/set 水-7 时限 12月31日', office)).toContain('水-7已同意延期，再改走延期');
  });

  it.each([
    ['/set 气-3 时限 10月31日', '气-3文件写了“2023年9月底前”，不能另定时限。'],
    ['/set 气-1 时限 10月31日', '气-1文件附表气附-1写了“2023年12月底前”，不能另定时限。'],
    ['/set 气-2 时限 10月31日', '写了“长期坚持”，不能另定时限。'],
    ['/set 水-7 时限 9月24日', '9月24日已经过了'],
    ['/set 水-7 时限 2029年1月1日', '时限最多定到五年以后'],
    ['/set 水-7 时限 2月30日', '2月没有30日'],
    ['/set 水-7 时限 尽快', '没看懂时限“尽快”'],
    ['/set 水-7 时限', '没看懂时限'],
    ['/set 水-7', '请写定什么'],
    ['/set 水-7 颜色 红', '请写定什么'],
    ['/set 时限 10月31日', '请写任务编号'],
  ])('%s is refused', async (typed, why) => {
    expect(await bot.say(typed, office)).toContain(why);
    expect(await bot.say('/history 水-7')).toContain('还没有收到报告');
  });
});

describe('a limit that was extended and taken back', () => {
  it('may be set anew', async () => {
    await bot.say('/set 水-7 时限 10月31日', office);
    await bot.say('/extend 水-7 11月30日 设备没到货', housing);
    await bot.say('/approve 第1号', '县领导');
    expect(await bot.say('/set 水-7 时限 12月31日', office)).toContain('已同意延期，再改走延期');
    await bot.say('/set 水-7 时限 无', office);
    expect(await bot.say('/set 水-7 时限 12月31日', office)).toContain('时限定为12月31日');
    expect(lineOf(await bot.say('/list 水'), '水-7')).toContain('｜12月31日｜');
  });
});

describe('units that the office names', () => {
  it('put the report together where several lead', async () => {
    expect(await bot.say('/set 水-2 汇总 县水利局', office)).toContain('督查室汇总单位定为县水利局');
    expect(await bot.say('/who 水-2')).toContain('汇总：县水利局（督查室定）');
    await bot.say('/set 水-2 汇总 县住建局', office);
    expect(await bot.say('/who 水-2')).toContain('汇总：县住建局（督查室定）');
    await bot.say('/set 水-2 汇总 无', office);
    expect(await bot.say('/who 水-2')).not.toContain('汇总');
    expect(await bot.say('/set 水-7 汇总 县住建局', office)).toContain('水-7由县住建局牵头，报告由它汇总，不用另定');
    expect(await bot.say('/set 水-2 汇总 县商务局', office)).toContain('汇总单位从水-2的责任单位里定：');
  });

  it('lead or support beside those of the document', async () => {
    await bot.say('/set 水-9 牵头 县住建局', office);
    await bot.say('/set 水-9 配合 县水利局', office);
    const who = await bot.say('/who 水-9');
    expect(who).toContain('牵头：市生态环境局芮城分局；县住建局（督查室定）\n配合：县住建局；县水利局（督查室定）');
    expect(await bot.say('/done 水-9 尾水工程完成', housing)).toContain('已报办结 1/2，尚缺：市生态环境局芮城分局');
    expect(await bot.say('/set 水-9 牵头 县住建局', office)).toBe('水-9督查室已定县住建局牵头，不用再定。');
    expect(await bot.say('/set 水-9 配合 县住建局', office)).toBe('水-9文件已写县住建局配合，不用再定。');
    expect(await bot.say('/set 水-9 配合 省住建局', office)).toContain('名单里没有');
    await bot.say('/set 水-9 牵头 无', office);
    expect(await bot.say('/who 水-9')).toContain('牵头：市生态环境局芮城分局\n');
  });

  it('leave the words of a document that names no lead', async () => {
    await bot.say('/set 气-17 牵头 县交通运输局', office);
    expect(await bot.say('/who 气-17')).toContain(
      '文件没有写牵头，按职责分工负责。\n牵头：县交通运输局（督查室定）\n负责：市生态环境局芮城分局、县交通运输局、县商务局',
    );
    await bot.at('2023-09-25T09:10:00+08:00');
    expect(bot.posted).toEqual([expect.stringContaining('督查室增加牵头单位县交通运输局。')]);
  });
});

describe('words that the office sets', () => {
  it('name a task or one limit in lists', async () => {
    await bot.say('/set 水-7 简称 五镇污水处理', office);
    await bot.say('/set 气-5.1 简称 锅炉达标摸底', office);
    expect(await bot.say('/list 水')).toContain('\n水-7 五镇污水处理｜');
    expect(await bot.say('/task 水-7')).toContain('简称“五镇污水处理”（督查室定）');
    expect(lineOf(await bot.say('/due 逾期'), '气-5.1')).toContain('气-5.1 锅炉达标摸底｜');
    expect(await bot.say('/task 气-5')).toContain('气-5.1简称“锅炉达标摸底”（督查室定）');
    await bot.say('/set 气-5.1 简称 无', office);
    expect(lineOf(await bot.say('/due 逾期'), '气-5.1')).not.toContain('锅炉达标摸底');
    expect(await bot.say('/list 水')).toContain('五镇污水处理');
    expect(await bot.say('/set 水-7 简称 一二三四五六七八九十一二三四五六七八九', office)).toContain(
      '简称最多18个字，这里有19个',
    );
  });

  it('put slips right without touching the document', async () => {
    await bot.say('/set 气-8 更正 “万吨”前缺数字，以县能源局下达的为准', office);
    await bot.say('/set 气-8 更正 配合单位排序有误', office);
    const card = await bot.say('/task 气-8');
    expect(card).toContain('更正：“万吨”前缺数字，以县能源局下达的为准（督查室注，原文不改）');
    expect(card).toContain('更正：配合单位排序有误（督查室注，原文不改）');
    expect(card).toContain('完成年度万吨煤炭消费总量控制目标');
    await bot.say('/set 气-8 更正 无', office);
    expect(await bot.say('/task 气-8')).not.toContain('原文不改');
  });
});

it('is confirmed first without a slash', async () => {
  expect(await bot.say('调整 水-5 时限 11月底前', office)).toBe('请核对，无误请回“是”：\n水-5 督查室时限定为11月30日');
  expect(await bot.say('/task 水-5')).toContain('时限：文件未写');
  await bot.say('是', office);
  expect(await bot.say('/task 水-5')).toContain('督查室定：11月30日');
});

it('is no change of the document when that is imported again', async () => {
  await bot.say('/set 水-7 时限 10月31日', office);
  await bot.say('/set 水-9 牵头 县住建局', office);
  await bot.say('/set 水-7 简称 五镇污水处理', office);
  const text = await readFile(path.join(projectRoot, 'data/plans/ruicheng-2023.txt'), 'utf8');
  expect(await bot.drop('ruicheng-2023.txt', `${text}\n`)).toContain('没有变化，不用再导入。');
});
