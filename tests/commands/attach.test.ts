import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { IncomingFile } from '../../src/chat/message.js';
import { taskKey } from '../../src/domain/task.js';
import { listUpdates } from '../../src/store/updates.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { aJpg, aPng, aReportDocx, aScan } from '../support/evidence-files.js';
import { atHand, type TestBot, testBot } from '../support/test-bot.js';

const liaison = '县住建局联络员';
const other = '县水利局联络员';
const note = '五个建制镇污水处理设施已投运';
const photo = (seed = '') => atHand('现场.jpg', aJpg(seed));
const scan = (seed = '') => atHand('验收单.pdf', aScan(seed || '验收单'));

let bot: TestBot;
beforeEach(async () => {
  bot = await testBot();
});
afterEach(() => bot.stop());

interface More {
  id?: string;
  quoted?: { messageId: string | null; text: string | null };
  chat?: { id: string; private: boolean };
}

/** Sends files with words, or alone. */
const send = (files: IncomingFile[], text = '', sender = liaison, more: More = {}) =>
  bot.hear({ text, files, sender, ...more });

const history = async (code = '水-7') => (await bot.say(`/history ${code}`)).split('\n');

async function chainOf(code = '水-7') {
  const [workspace] = await listWorkspaces(bot.store.read);
  if (!workspace) throw new Error('no workspace');
  return listUpdates(bot.store.read, workspace.id, 2023, [taskKey.parse(code)], 50);
}

describe('with the report in one message', () => {
  it('is attached to it, in one answer', async () => {
    const said = await send([photo('a'), photo('b'), scan()], `/done 水-7 ${note}`);
    expect(said).toContain('已记：水-7');
    expect(said.split('\n').at(-1)).toBe('附2张图片、1个文件。');
    expect(await history()).toEqual([
      expect.stringContaining('报送记录1条'),
      expect.stringMatching(/报办结：五个建制镇污水处理设施已投运（.*），附2张图片、1个文件$/u),
      '要看材料发“/file 水-7”。',
    ]);
    expect(await bot.say('/task 水-7')).toContain('附2张图片、1个文件');
  });

  it('has one effect however often it is told', async () => {
    const tell = () => send([photo()], `/done 水-7 ${note}`, liaison, { id: 'm-1' });
    const said = await tell();
    expect(await tell()).toBe(said);
    expect(await tell()).toBe(said);
    expect((await chainOf()).map(({ kind }) => kind)).toEqual(['attach', 'done']);
  });

  it('waits for the 是, where the words are confirmed first, and goes with the report then', async () => {
    expect(await send([photo()], `水-7 办结 ${note}`)).toContain('请核对，无误请回“是”');
    expect(await chainOf()).toEqual([]);
    const said = await bot.say('是', liaison);
    expect(said).toContain('已记：水-7');
    expect(said.split('\n').at(-1)).toBe('附1张图片。');
  });

  it('goes nowhere when the person says no, nor with what they report next', async () => {
    await send([photo()], `水-7 办结 ${note}`);
    expect(await bot.say('不', liaison)).toBe(
      '好，没有记。报进展发“/progress 水-7 情况”，要延期发“/extend 水-7 新日期 原因”。\n发来的1份材料留一天，要附到别处发“/attach 编号”。',
    );
    expect(await bot.say('/progress 水-5 调节池主体完工', liaison)).not.toContain('附');
    expect(await bot.say('/attach 水-5', liaison)).toBe('已附到 水-5 刚才的报送（1张图片）。附错了发“/undo”。');
  });

  it('waits where the bot asks for the words, and goes with them', async () => {
    expect(await send([photo()], '/done 水-7')).toContain('请回复本条消息写明办结情况。');
    expect((await bot.say(note, liaison)).split('\n').at(-1)).toBe('附1张图片。');
    expect((await chainOf()).map(({ kind }) => kind)).toEqual(['attach', 'done']);
  });

  it('is told to come again with a report, beside words that record nothing', async () => {
    expect(await send([photo()], '/due 本周')).toMatch(/1张图片没有收：和报送写在一条里发，或单独发给我。$/u);
    expect(await bot.say('/attach 水-7', liaison)).toContain('没有等着附的材料');
  });

  it('of several tasks is asked for, in one line', async () => {
    const said = await send([photo()], `/done 水-7 ${note}\n/progress 水-5 调节池主体完工`);
    expect(said.split('\n').at(-1)).toBe('收到1张图片。附到哪一项？请回编号：水-7、水-5，或“都附”。');
    expect(await bot.say('水-5', liaison)).toBe('已附到 水-5 刚才的报送（1张图片）。附错了发“/undo”。');
  });

  it('goes with each of several tasks on 都附, as one content', async () => {
    await send([photo()], `/done 水-7 ${note}\n/progress 水-5 调节池主体完工`);
    expect((await bot.say('都附', liaison)).split('\n')).toEqual([
      '已附到 水-7 刚才的报送（1张图片）。',
      '已附到 水-5 刚才的报送（1张图片）。附错了发“/undo”。',
    ]);
    const chains = [...(await chainOf('水-7')), ...(await chainOf('水-5'))];
    const hashes = chains.flatMap(({ details }) => details.evidence?.map(({ sha256 }) => sha256) ?? []);
    expect(hashes).toHaveLength(2);
    expect(new Set(hashes).size).toBe(1);
  });
});

describe('without words', () => {
  it('right after a report goes with it, and says where it was put', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    expect(await send([photo()])).toBe('已附到 水-7 刚才的报送（1张图片）。附错了发“/undo”。');
    expect((await history())[2]).toMatch(/报办结：.*，附1张图片$/u);
    expect((await history())[1]).toMatch(/水-7 附材料（1张图片）$/u);
  });

  it('long after it is asked for, with what was reported since yesterday', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    await bot.at('2023-09-25T15:00:00+08:00');
    expect(await send([photo()])).toBe('收到1张图片。附到哪一项？请回编号：水-7。');
    expect(await bot.say('水7', liaison)).toBe('已附到 水-7 9月25日09:00的报送（1张图片）。附错了发“/undo”。');
  });

  it('before any report is asked for, and goes with the report that follows', async () => {
    expect(await send([photo(), scan()])).toBe(
      '收到1张图片、1个文件。附到哪一项？请回编号，如“水-1”；这一项还没报的，先报一句情况，材料会一起附上。',
    );
    expect((await bot.say(`/done 水-7 ${note}`, liaison)).split('\n').at(-1)).toBe('附1张图片、1个文件。');
  });

  it('as the answer to what the bot has asked for goes with the words, and not with an earlier report', async () => {
    await bot.say('/progress 水-7 三座站已投运', liaison);
    const asked = await bot.say('/done 水-7', liaison);
    const quoted = { messageId: null, text: asked };
    expect(await send([photo()], '', liaison, { quoted })).toBe('收到1张图片，等你写明后一起附上。');
    expect((await bot.say(note, liaison)).split('\n').at(-1)).toBe('附1张图片。');
    expect((await chainOf()).map(({ kind }) => kind)).toEqual(['attach', 'done', 'progress']);
  });

  it('before a report that is confirmed first goes with it too', async () => {
    await send([photo()]);
    await bot.say(`水-7 办结 ${note}`, liaison);
    expect((await bot.say('是', liaison)).split('\n').at(-1)).toBe('附1张图片。');
  });

  it('does not go with a report an hour later', async () => {
    await send([photo()]);
    await bot.at('2023-09-25T10:00:00+08:00');
    expect(await bot.say(`/done 水-7 ${note}`, liaison)).not.toContain('附1张');
    expect(await bot.say('/attach 水-7', liaison)).toContain('已附到 水-7 刚才的报送');
  });

  it('while the bot waits for a 是 asks nothing else', async () => {
    await bot.say(`水-7 办结 ${note}`, liaison);
    expect(await send([photo()])).toBe('收到1张图片，等你确认后一起附上。');
    expect((await bot.say('是', liaison)).split('\n').at(-1)).toBe('附1张图片。');
  });

  it('in another chat goes with the person’s report all the same', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    const alone = { id: `private ${liaison}`, private: true };
    expect(await send([photo()], '', liaison, { chat: alone })).toContain('已附到 水-7 刚才的报送');
  });
});

describe('as the answer to a message', () => {
  it('to the report itself goes with it, however long ago', async () => {
    await bot.hear({ id: 'm-7', text: `/done 水-7 ${note}`, sender: liaison });
    await bot.say('/progress 水-5 调节池主体完工', liaison);
    await bot.at('2023-10-09T09:00:00+08:00');
    const quoted = { messageId: 'm-7', text: null };
    expect(await send([scan()], '', liaison, { quoted })).toBe(
      '已附到 水-7 9月25日09:00的报送（1个文件）。附错了发“/undo”。',
    );
  });

  it('to the bot’s confirmation goes with the report that it confirms', async () => {
    await bot.hear({ id: 'm-7', text: `/done 水-7 ${note}`, sender: liaison, answeredBy: 'delivery', route: null });
    await bot.say('/progress 水-5 调节池主体完工', liaison);
    await bot.sent();
    const [confirmation = ''] = bot.messageIds.filter((id) => id.includes('m-7'));
    const quoted = { messageId: confirmation, text: null };
    expect(await send([photo()], '', liaison, { quoted })).toContain('已附到 水-7 刚才的报送');
  });

  it('to anything about one task goes with the unit’s last report on it', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    await bot.say('/progress 水-5 调节池主体完工', liaison);
    const quoted = { messageId: null, text: '水-7 城镇生活污水处理设施及管网建设\n牵头：县住建局' };
    expect(await send([photo()], '', liaison, { quoted })).toContain('已附到 水-7 刚才的报送');
  });

  it('to a task without a report waits for one', async () => {
    const quoted = { messageId: null, text: '水-7 城镇生活污水处理设施及管网建设' };
    expect(await send([photo()], '', liaison, { quoted })).toBe(
      '收到1张图片。水-7还没有你能附材料的报送，先报一句情况，材料会一起附上，如：/progress 水-7 做到哪一步了',
    );
    expect((await bot.say(`/done 水-7 ${note}`, liaison)).split('\n').at(-1)).toBe('附1张图片。');
  });

  it('to somebody else’s report is left to them', async () => {
    await bot.hear({ id: 'm-7', text: `/done 水-7 ${note}`, sender: liaison });
    const quoted = { messageId: 'm-7', text: null };
    expect(await send([photo()], '', other, { quoted })).toBe(
      '没有附：水-7的这条是县住建局报的，材料由县住建局来附。附到自己报的，发“/attach 编号”。',
    );
  });
});

describe('/attach', () => {
  it('with the files in one message puts them there at once', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    await bot.say('/progress 水-5 调节池主体完工', liaison);
    expect(await send([photo()], '/attach 水-7')).toBe('已附到 水-7 刚才的报送（1张图片）。附错了发“/undo”。');
  });

  it('without a slash is confirmed first', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    expect(await send([photo()], '附到水-7')).toBe('请核对，无误请回“是”：\n附到 水-7 刚才的报送：1张图片');
    expect(await bot.say('是', liaison)).toContain('已附到 水-7');
  });

  it('says what to do where there is nothing to attach, or nothing to attach it to', async () => {
    expect(await bot.say('/attach 水-7', liaison)).toBe(
      '没有等着附的材料。把图片或文件单独发给我，或和报送写在一条里发。',
    );
    await send([photo()]);
    expect(await bot.say('/attach 水-7', liaison)).toBe(
      '水-7还没有你能附材料的报送，没有附。先报一句情况，如：/progress 水-7 做到哪一步了',
    );
    expect(await bot.say('/attach 水-99', liaison)).toContain('没有找到任务 水-99');
  });
});

describe('a task of another unit', () => {
  const theirs = '水-7牵头是县住建局，县水利局不能代报。发“/mine”看本单位任务。';

  it('takes nothing by its code, and what was sent stays for the sender’s own', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    await send([photo()], '', other);
    expect(await bot.say('/attach 水-7', other)).toBe(theirs);
    expect(await chainOf()).toHaveLength(1);
    expect(await send([photo('b')], '/attach 水-7', other)).toBe(theirs);
    expect(await chainOf()).toHaveLength(1);
  });

  it('takes nothing as the answer to what was said about it', async () => {
    const quoted = { messageId: null, text: '水-7 城镇生活污水处理设施及管网建设' };
    expect(await send([photo()], '', other, { quoted })).toBe(`没有附：${theirs}`);
    await bot.say(`/done 水-7 ${note}`, liaison);
    expect(await send([photo()], '', other, { quoted })).toBe(`没有附：${theirs}`);
    expect(await bot.say('/file 水-7', liaison)).toContain('没有附材料');
  });
});

describe('files that the words speak of', () => {
  const notCome = '图片、文件还没收到：和报送写在一条里发，或单聊发给我，会附到这条。';

  it('and that did not come are asked for', async () => {
    const said = await bot.say(`/done 水-7 ${note}，附现场照片`, liaison);
    expect(said.split('\n').at(-1)).toBe(notCome);
    await bot.say('水-5 调节池主体完工，照片随后发', liaison);
    expect((await bot.say('是', liaison)).split('\n').at(-1)).toBe(notCome);
    expect(await send([photo()])).toContain('已附到 水-5 刚才的报送');
  });

  it('and that are here are not', async () => {
    expect(await send([photo()], `/done 水-7 ${note}，附现场照片`)).not.toContain(notCome);
    await bot.at('2023-09-25T15:00:00+08:00');
    await send([photo('c')]);
    expect(await bot.say('/progress 水-5 调节池主体完工，见附件', liaison)).not.toContain(notCome);
  });
});

describe('what is not attached', () => {
  it('is the same content once more', async () => {
    await send([photo()], `/done 水-7 ${note}`);
    expect(await send([photo()])).toBe('1张图片在 水-7 刚才的报送里已经附过，没有重复记。');
    expect(await send([photo(), photo('b')])).toBe(
      '已附到 水-7 刚才的报送（1张图片）。1张图片在 水-7 刚才的报送里已经附过，没有重复记。附错了发“/undo”。',
    );
  });

  it('is more than twenty with one report', async () => {
    const many = (from: number, count: number) => Array.from({ length: count }, (_, at) => photo(`${from + at}`));
    await send(many(0, 19), `/done 水-7 ${note}`);
    expect(await send(many(19, 2))).toBe(
      '已附到 水-7 刚才的报送（1张图片）。1张图片没有附：一条报送最多附20个、共100MB。附错了发“/undo”。',
    );
    expect(await send(many(40, 21), '/progress 水-5 调节池主体完工')).toContain('一条消息最多附20个，多的没有收');
  });

  it('is a file of another kind, and the report stands', async () => {
    const said = await send([atHand('run.jpg', Buffer.from('MZ')), photo()], `/done 水-7 ${note}`);
    expect(said.split('\n').slice(-3)).toEqual([
      '附1张图片。',
      '“run.jpg”没有收：只收图片（jpg、png、webp、heic）、PDF 和 Word、Excel 文件。',
      '水-7的报送已记，不受影响。',
    ]);
  });

  it('is speech or a film', async () => {
    const film: IncomingFile = { ...photo(), kind: 'video' };
    expect(await send([{ ...photo(), kind: 'audio' }], '', '成员')).toBe('听不了语音，请写成文字发。');
    expect(await send([film])).toBe('不收视频，请发图片或文件。');
  });

  it('is what somebody without a role, or who only reads, sends', async () => {
    for (const user of ['成员', '审计员']) {
      expect(await send([photo()], '', user)).toBe(
        '收到文件，没有留存：计划文件由管理员或督查室导入，材料由责任单位的联络员随报送发。',
      );
    }
  });

  it('is a marked document', async () => {
    expect(await send([atHand('情况.docx', aReportDocx('机密★1年'))])).toContain('看到密级或内部标志，内容没有保存');
  });
});

describe('a supervisor', () => {
  const office = '督查室';

  it('imports a document that is not an answer, also after 代录', async () => {
    await bot.say('/record 县住建局 水-7 电话 管网完成60%', office);
    expect(await send([atHand('方案.docx', aReportDocx('这里没有任务'))], '', office)).toContain('没有读到编号的任务');
  });

  it('attaches a document that answers what they recorded', async () => {
    await bot.hear({ id: 'm-7', text: '/record 县住建局 水-7 电话 管网完成60%', sender: office });
    const quoted = { messageId: 'm-7', text: null };
    expect(await send([scan()], '', office, { quoted })).toContain('已附到 水-7 刚才的报送（1个文件）');
  });

  it('attaches a picture right after what they recorded, or closed', async () => {
    await bot.say('/record 县住建局 水-7 电话 管网完成60%', office);
    expect(await send([photo()], '', office)).toContain('已附到 水-7 刚才的报送');
    await bot.say(`/done 水-7 ${note}`, liaison);
    await bot.say('/accept 水-7 现场核查', office);
    expect(await send([photo('核查')], '', office)).toContain('已附到 水-7 刚才的销号（1张图片）');
  });

  it('hears of a picture out of nothing that it is no plan', async () => {
    expect(await send([photo()], '', office)).toBe(
      '这是图片，其中的文字不能读取，没有导入。要附到代录或销号的，引用那条消息再发，或发“/attach 编号”。',
    );
  });

  it('sees how much was handed over before closing', async () => {
    await send([photo(), scan()], `/done 水-7 ${note}`);
    expect(await bot.say('销号 水-7 资料核查', office)).toContain('附1张图片、1个文件');
  });
});

describe('/undo', () => {
  it('takes what was handed over out of sight with its report, and keeps the trace', async () => {
    await send([photo(), scan()], `/done 水-7 ${note}`);
    expect(await bot.say('/undo', liaison)).toMatch(/已撤销1条.*\n水-7 报办结：.*（连同1张图片、1个文件）$/su);
    expect(await bot.say('/file 水-7', liaison)).toBe('水-7 城镇生活污水处理设施及管网建设 的报送没有附材料。');
    expect((await history()).join('\n')).not.toContain('，附');
    expect((await chainOf()).map(({ kind }) => kind)).toEqual(['undo', 'attach', 'done']);
  });

  it('takes back only what was sent last, where that was a file', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    await send([photo()]);
    expect(await bot.say('/undo', liaison)).toMatch(/水-7 附材料（1张图片）$/u);
    expect(await bot.say('/task 水-7')).toContain('已报办结（待核查）');
    expect(await bot.say('/undo', liaison)).toMatch(/水-7 报办结：/u);
    expect(await bot.say('/undo', liaison)).toContain('没有');
  });

  it('with a code takes back the report, with all that was attached later', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    await send([photo()]);
    expect(await bot.say('/undo 水-7', liaison)).toMatch(/报办结：.*（连同1张图片）$/u);
    expect(await bot.say('/undo', liaison)).not.toContain('已撤销');
  });

  it('lets the same content be attached again', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    await send([photo()]);
    await bot.say('/undo', liaison);
    expect(await send([photo()])).toContain('已附到 水-7');
  });

  it('leaves what was reviewed', async () => {
    await bot.say(`/done 水-7 ${note}`, liaison);
    await send([photo()]);
    await bot.say('/accept 水-7 资料核查', '督查室');
    expect(await bot.say('/undo', liaison)).toContain('水-7已销号，附的材料不能撤销');
  });
});

describe('/file', () => {
  it('lists what there is, and sends what is asked for as it came', async () => {
    await send([photo('a'), scan()], `/done 水-7 ${note}`);
    expect(await bot.say('/file 水-7', other)).toBe(
      [
        '水-7 城镇生活污水处理设施及管网建设 的材料2个：',
        '1. 现场.jpg，1KB，县住建局9月25日09:00报',
        '2. 验收单.pdf，1KB，县住建局9月25日09:00报',
        '要哪个发“/file 水-7 序号”，可写几个。',
      ].join('\n'),
    );
    const { said, bytes } = await bot.file('/file 水-7 2', other);
    expect(said.name).toBe('水-7 材料2 验收单.pdf');
    expect(Buffer.from(bytes)).toEqual(Buffer.from(aScan()));
    const both = await bot.replies('/file 水-7 全部', '督查室');
    expect(both.map((one) => one.kind === 'file' && one.name)).toEqual([
      '水-7 材料1 现场.jpg',
      '水-7 材料2 验收单.pdf',
    ]);
  });

  it('sends the only one at once, and names what there is for a wrong number', async () => {
    await send([photo()], `/done 水-7 ${note}`);
    expect((await bot.file('/file 水-7', liaison)).said.name).toBe('水-7 材料1 现场.jpg');
    expect(await bot.say('/file 水-7 3', liaison)).toBe('水-7没有这个序号的材料，有的是：1。');
  });

  it('is for people of the roster', async () => {
    await send([photo()], `/done 水-7 ${note}`);
    expect(await bot.say('/file 水-7', '成员')).toBe('材料给名单里的联络员、督查室、领导看。发“/help”看你能用的命令。');
    expect((await bot.file('/file 水-7', '审计员')).said.kind).toBe('file');
  });

  it('shows names as they may be kept', async () => {
    await send([atHand('../../联系人13812345678\u202egpj.exe', aPng())], `/done 水-7 ${note}`);
    const { said } = await bot.file('/file 水-7', liaison);
    expect(said.name).toMatch(/^水-7 材料1 [^/\\\u202e]+\.png$/u);
    expect(said.name).not.toContain('13812345678');
  });
});

it('is sealed into the history by the hash of its content, without its name', async () => {
  await send([photo()], `/done 水-7 ${note}`);
  const [attached, report] = await chainOf();
  expect(attached).toMatchObject({
    kind: 'attach',
    previousHash: report?.hash,
    details: { report: report?.sequence, evidence: [{ type: 'jpg', size: aJpg().length }] },
  });
  expect(JSON.stringify(attached)).not.toContain('现场');
});
