import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PersonId } from '../../src/domain/person.js';
import { findQuestion } from '../../src/store/pending-questions.js';
import { listAllAccounts } from '../../src/store/people.js';
import { listRosterChangesOf } from '../../src/store/roster-changes.js';
import { anXlsx, aRow } from '../plan-parser/formats/office-file.js';
import { workspaceOf } from '../support/ledger-state.js';
import { personNamed } from '../support/people.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

const administrator = (text: string) => bot.say(text, '管理员', { private: true });
const header = '姓名,单位,角色,平台账号,分管';
const drop = (...rows: string[]) => bot.drop('名单.csv', [header, ...rows].join('\n'), '管理员', { private: true });
const entered = async (...rows: string[]) => {
  await drop(...rows);
  return administrator('确认');
};
const workspace = () => workspaceOf(bot.store);
const personOf = (name: string) => personNamed(bot, name);

const administratorId = async () => (await personOf('管理员'))?.id;

describe('a roster dropped one to one', () => {
  it('is shown with what is new, changed, leaving and doubtful, and entered on 确认', async () => {
    const said = await drop(
      '张三,县水利局,联络员,sandbox:张三',
      '李四,县政府办,督查室,sandbox:李四',
      '县能源局联络员,县能源局,离任',
      '县住建局联络员,县住建局,联络员、调度单位,,水',
      '县工科局联络员,县工科局,联络员',
      '王五,县工业局,联络员',
      '赵六,县水利局,局长',
    );
    expect(said).toBe(
      [
        '名单《名单.csv》：新增2人、变更1人、离任1人、不变1人',
        '新增：张三（县水利局联络员）；李四（督查室）',
        '变更：县住建局联络员（县住建局联络员→县住建局联络员、调度单位、调度“水”计划）',
        '离任：县能源局联络员',
        '台账里没有的单位1个：县工业局',
        '疑问2处，改好后再发一次：',
        '第7行：台账里没有“县工业局”这个单位',
        '第8行：没看懂角色“局长”',
        '回“确认”录入，10分钟内有效。',
      ].join('\n'),
    );
    expect(await personOf('张三')).toBeUndefined();
    expect(await administrator('确认')).toBe(
      '已录入名单：新增2人、变更1人、离任1人、不变1人。有疑问的2处没有录入。\n看名单发“/people”。',
    );
    expect(await bot.say('/done 水-1 边界线已定', '张三')).toContain('已记：水-1');
    expect(await bot.say('/urge 本周', '李四')).toContain('预览：提示');
    expect(await bot.say('/done 气-9 散煤清零', '县能源局联络员')).toContain('报送由责任单位的联络员来报');
    const person = await personOf('张三');
    const [change] = await listRosterChangesOf(bot.store.read, await workspace(), person?.id ?? '', 5);
    expect(change).toMatchObject({
      before: null,
      after: { name: '张三', accounts: ['sandbox:张三'] },
      words: '名单导入',
    });
  });

  it('is read from .xlsx too, and is no plan', async () => {
    const rows = [aRow(1, ['姓名', '单位', '角色']), aRow(2, ['张三', '县水利局', '联络员'])];
    const bytes = anXlsx([{ xml: `<sheetData>${rows.join('')}</sheetData>` }]);
    expect(await bot.drop('花名册.xlsx', bytes, '管理员', { private: true })).toContain('名单《花名册.xlsx》：新增1人');
    expect(await bot.say('/import', '管理员')).toContain('没有等待确认的导入');
  });

  it('waits ten minutes for the same person, one to one', async () => {
    await drop('张三,县水利局,联络员');
    expect(await bot.say('确认', '管理员')).toContain('没有等你确认的内容');
    expect(await bot.say('确认', '督查室', { private: true })).toContain('没有等你确认的内容');
    await bot.at('2023-09-25T09:10:01+08:00');
    const kept = await findQuestion(
      bot.store.read,
      await workspace(),
      (await administratorId()) as PersonId,
      'private 管理员',
    );
    expect(kept).toBeNull();
    expect(await administrator('确认')).toContain('没有等你确认的内容，或已过10分钟');
    expect(await personOf('张三')).toBeUndefined();
    expect(await administrator('名单导入')).toContain('把名单文件（.xlsx 或 .csv）单聊发给我');
  });

  it('is weighed again when it is entered', async () => {
    await drop('张三,县水利局,联络员,sandbox:张三');
    await bot.say('/join 县水利局', '张三');
    expect(await administrator('确认')).toBe('已录入名单：新增0人、变更1人、离任0人、不变0人。\n看名单发“/people”。');
  });

  it('takes no role that it does not name, and lets nobody leave that it does not', async () => {
    await administrator('/people 县住建局联络员 调度单位 水');
    expect(await drop('县住建局联络员,县住建局,联络员')).toContain('没有可录入的变化');
    expect((await personOf('县住建局联络员'))?.roles).toEqual(['liaison', 'coordinator']);
    expect((await personOf('县水利局联络员'))?.active).toBe(true);
  });

  it.each([
    ['管理员,,管理员、领导', '自己的角色不能自己改'],
    ['管理员,,离任', '自己不能让自己离任'],
    ['督查室,县水利局,联络员', '联络员不能和督查室是同一个人'],
    ['张三,县水利局,联络员、审计员', '不能和审计员是同一个人'],
    ['张三,各乡镇,联络员', '“各乡镇”是一组单位'],
    ['张三,,联络员', '联络员没有写单位'],
    ['张三,县工科和信息局,联络员', '台账里没有“县工科和信息局”这个单位'],
    ['张三,县水利局,联络员,sandbox:县能源局联络员', '账号已经是县能源局联络员的'],
    ['张三,县水利局,联络员,dingtalk:外部$x', '新增1人'],
    [
      '县能源局联络员,县水利局,联络员',
      '名单里有县能源局的县能源局联络员，是同一人的发“/people 县能源局联络员 联络员 县水利局”',
    ],
    ['张三,县水利局,离任', '名单里没有张三，不用离任'],
    ['张三,,调度单位', '调度单位要在“分管”里写计划'],
    ['张三,,领导,,县火星局', '没看懂分管“县火星局”'],
  ])('doubts %s', async (row, why) => {
    expect(await drop(row)).toContain(why);
  });

  it('knows a person by an account, and moves them', async () => {
    expect(await drop('县能源局联络员,县水利局,联络员,sandbox:县能源局联络员')).toContain(
      '变更：县能源局联络员（县能源局联络员→县水利局联络员）',
    );
  });

  it('ties accounts, of the platform on which it came where none is named', async () => {
    await entered('县能源局联络员,县能源局,联络员,wecom:nengyuan', '张三,县水利局,联络员,zhangsan');
    const accounts = await listAllAccounts(bot.store.read, await workspace());
    expect(accounts).toContainEqual(expect.objectContaining({ platform: 'wecom', userId: 'nengyuan' }));
    expect(accounts).toContainEqual(expect.objectContaining({ platform: 'sandbox', userId: 'zhangsan' }));
  });

  it('tells two of one name apart by their units', async () => {
    await entered('张三,县水利局,联络员', '张三,县能源局,联络员');
    expect(await drop('张三,县水利局,联络员', '张三,县能源局,离任')).toContain('离任1人、不变1人');
    expect(await drop('张三,,督查室')).toContain('名单里有2个张三，分不清是哪一个');
  });

  it('is not taken in the group', async () => {
    expect(await bot.drop('名单.csv', `${header}\n张三,县水利局,联络员`)).toBe(
      '名单只在单聊里收，这份没有保存。请单独发给我。',
    );
  });

  it.each(['成员', '县水利局联络员', '县领导', '审计员', '督查室'])('is not for %s', async (user) => {
    const said = await bot.drop('名单.csv', `${header}\n张三,县水利局,联络员`, user, { private: true });
    const why = {
      督查室: '名单文件由管理员导入',
      县水利局联络员: '“名单.csv”没有收',
      县领导: '“名单.csv”没有收',
    }[user];
    expect(said).toContain(why ?? '计划文件由管理员或督查室导入');
    expect(await personOf('张三')).toBeUndefined();
  });
});
