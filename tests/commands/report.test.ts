import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { firstBreak } from '../../src/domain/update-chain.js';
import { listChainHeads, listUpdatesOfTaskInOrder } from '../../src/store/updates.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';

let bot: TestBot;
const housing = '县住建局联络员';
const ecology = '市生态环境局芮城分局联络员';

beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

async function everyUpdate() {
  const [workspace] = await listWorkspaces(bot.store.read);
  if (!workspace) throw new Error('no workspace');
  const heads = await listChainHeads(bot.store.read, workspace.id);
  const chains = await Promise.all(
    heads.map(async (head) => ({
      head,
      updates: await listUpdatesOfTaskInOrder(bot.store.read, workspace.id, head.year, head.key),
    })),
  );
  return chains.filter(({ updates }) => updates.length > 0);
}

describe('/done', () => {
  it('keeps the note word for word and answers with what else the text demands', async () => {
    const note = "五个建制镇'; DROP TABLE updates;-- **投运** <b>😀</b>";
    const said = await bot.say(`/done 水-7 ${note}`, housing);
    expect(said).toContain('县住建局报办结（待核查）');
    expect(said).toContain('原文还要求：');
    expect(said).toContain('风陵渡镇污水收集管网建设');
    const [chain] = await everyUpdate();
    expect(chain?.updates[0]?.note).toBe(note);
  });

  it('refuses another unit and names who may', async () => {
    expect(await bot.say('/done 水-7 完成了', '县水利局联络员')).toBe(
      '水-7牵头是县住建局，县水利局不能代报。发“/mine”看本单位任务。',
    );
    expect(await bot.say('/done 水-7 完成了', '成员')).toContain('水-7牵头是县住建局');
    expect(await everyUpdate()).toEqual([]);
  });

  it('asks for a word on what was done', async () => {
    expect(await bot.say('/done 气-7', ecology)).toContain('请回复本条消息写明办结情况。');
    expect(await bot.say('/done', ecology)).toMatch(/^请写任务编号/);
  });

  it('counts for the annex rows of the task', async () => {
    expect(await bot.say('/done 气-3 全部治理完成', ecology)).toContain('（含气附-3、气附-6）');
    expect(await bot.say('/due 本周')).toMatch(/气附-3 [^（]*（已报办结/);
  });

  it('asks about the whole when the last annex row is reported', async () => {
    await bot.say('/done 气附-3 深度治理完成', ecology);
    const said = await bot.say('/done 气附-6 综合治理完成', ecology);
    expect(said).toContain('气-3整项也办结的，请回“是”');
    expect(await bot.say('是', ecology)).toContain('已记：气-3');
  });

  it('shows how many joint leads have reported and who has not', async () => {
    const said = await bot.say('/done 水-8 城区排查完成', housing);
    expect(said).toContain('本期完成，长期坚持');
    const joint = await bot.say('/done 水-2 中水回用管网投运', housing);
    expect(joint).toContain('已报办结 1/4，尚缺：风陵渡经济开发区、县水利局、市生态环境局芮城分局');
  });

  it('asks which limit when the task has several open, and records the one chosen', async () => {
    const question = await bot.say('/done 气-5 摸底完成', '县工科局联络员');
    expect(question).toContain('1. 气-5.1 7月底前');
    expect(question).toContain('2. 气附-4.1 2023年12月底前');
    expect(await bot.say('1', '县工科局联络员')).toContain('已报办结 1/2，尚缺：市生态环境局芮城分局');
    expect(await bot.say('/due 逾期')).toContain('待报：市生态环境局芮城分局\n');
  });

  it('keeps standing work open', async () => {
    expect(await bot.say('/done 气-2 我镇无新增', '永乐镇联络员')).toContain('本期完成，长期坚持');
    expect(await bot.say('/list 各乡镇', '成员')).toMatch(/气-2 .*正在推进/);
  });

  it('counts the members of a group noun', async () => {
    const said = await bot.say('/done 气-15 禁烧巡查到位', '永乐镇联络员');
    expect(said).toContain('已报办结 0/2，尚缺：县农业农村局、各乡镇人民政府（1/10）');
  });

  it('keeps a supporting unit’s part without deciding the status', async () => {
    expect(await bot.say('/done 水-9 配合完成', housing)).toContain('县住建局配合部分');
    expect(await bot.say('/task 水-9')).toContain('报送：未报');
  });

  it('does not record the same done twice, and takes it back on /undo', async () => {
    await bot.say('/done 水-7 投运', housing);
    expect(await bot.say('/done 水-7 投运', housing)).toContain('这次没有重复记');
    expect(await bot.say('/undo', housing)).toContain('已撤销1条');
    expect(await bot.say('/task 水-7')).toContain('报送：未报');
    expect(await bot.say('/undo', housing)).toContain('已经撤销');
    const [chain] = await everyUpdate();
    expect(chain?.updates.map((update) => update.kind)).toEqual(['done', 'undo']);
    expect(
      chain &&
        firstBreak(
          chain.updates.map((row) => ({ ...row, workspace: row.workspace })),
          chain.head,
        ),
    ).toBeNull();
  });

  it('does not take back after a day', async () => {
    await bot.say('/done 水-7 投运', housing);
    await bot.at('2023-09-26T09:00:01+08:00');
    expect(await bot.say('/undo', housing)).toContain('超过24小时');
  });
});

describe('/progress', () => {
  it('takes a number only right after the code', async () => {
    expect(await bot.say('/progress 水-5 60% 主体完工', housing)).toContain('报进展60%');
    expect(await bot.say('/progress 水-7 风陵渡镇管网完成60%', housing)).not.toContain('报进展60%');
  });

  it('is confirmed first without a slash, and a question never writes', async () => {
    expect(await bot.say('水-5 进展 主体完工', housing)).toContain('无误请回“是”');
    expect(await everyUpdate()).toEqual([]);
    expect(await bot.say('是', housing)).toContain('报进展');
    expect(await bot.say('水-7完成了吗？', housing)).toContain('报送：未报');
    expect(await everyUpdate()).toHaveLength(1);
  });

  it('leaves the question when the person says no', async () => {
    await bot.say('水-5 进展 主体完工', housing);
    expect(await bot.say('不对', housing)).toBe('好，没有记。');
    expect(await bot.say('是', housing)).toContain('没有等你确认');
    expect(await everyUpdate()).toEqual([]);
  });

  it('forgets the question after ten minutes', async () => {
    await bot.say('水-5 进展 主体完工', housing);
    await bot.at('2023-09-25T09:10:01+08:00');
    expect(await bot.say('是', housing)).toContain('已过10分钟');
  });
});

describe('one message', () => {
  it('gives one update and the same reply however often it is sent', async () => {
    const said = await bot.say('/done 水-7 投运', housing, { id: 'm1' });
    expect(await bot.say('/done 水-7 投运', housing, { id: 'm1' })).toBe(said);
    expect(await bot.say('/done 水-7 投运', housing, { id: 'm1' })).toBe(said);
    const [chain] = await everyUpdate();
    expect(chain?.updates).toHaveLength(1);
  });

  it('holds up to sixty commands and answers once', async () => {
    const replies = await bot.replies(Array(60).fill('/who 水-7').join('\n'));
    expect(replies).toHaveLength(1);
    const refused = await bot.say(Array(61).fill('/done 水-7 完成').join('\n'), housing);
    expect(refused).toBe('一条消息最多60条命令，这条有61条，一条也没有执行。请分几次发。');
    expect(await everyUpdate()).toEqual([]);
  });

  it('keeps the lines that follow a report as its words', async () => {
    await bot.say('/done 水-10 第一行\n第二行', '县水利局联络员');
    const [chain] = await everyUpdate();
    expect(chain?.updates[0]?.note).toBe('第一行\n第二行');
  });

  it.each([
    ['100 kB of text', '水'.repeat(100_000), '消息太长'],
    ['control characters', '\u0000\u0007/who 水-7\u0000', '县住建局'],
    ['nothing', '   ', ''],
    ['an emoji among words', '水7😀怎么还不行', '没看懂'],
    ['a secret', '机密★1年\n关于某事', '已拒收'],
    ['SQL', "'; DROP TABLE tasks; --", '没看懂'],
  ])('is answered in one clear line: %s', async (_, typed, expected) => {
    expect(await bot.say(typed)).toContain(expected);
  });

  it('masks phone numbers and drops identity numbers', async () => {
    await bot.say('/progress 水-7 联系13812345678，身份证11010119900101123X', housing);
    const [chain] = await everyUpdate();
    expect(chain?.updates[0]?.note).toBe('联系138****5678，身份证〔身份证号未保存〕');
  });
});

describe('/join', () => {
  it('is granted by somebody else, and then counts at once', async () => {
    expect(await bot.say('/join 县水利局')).toContain('第1号申请');
    expect(await bot.say('/done 水-1 完成')).toContain('报送由责任单位的联络员来报');
    expect(await bot.say('/join 同意 1')).toContain('由督查室或管理员同意');
    expect(await bot.say('/join 同意 1', '督查室')).toContain('成员现在是县水利局联络员');
    expect(await bot.say('/done 水-1 边界线已确定')).toContain('县水利局报办结');
  });
});

describe('what else the text demands', () => {
  it('leaves out the limit that was just reported', async () => {
    const said = await bot.say('/done 气-17.1 各企业已换', '县商务局联络员');
    expect(said).toContain('气-17.1 7月底前');
    expect(said).not.toContain('活性炭');
  });
});
