import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import type { IncomingFile, IncomingMessage } from '../src/chat/message.js';
import type { FetchedFile } from '../src/platforms/adapter.js';
import { eventually } from './support/eventually.js';
import { aJpg } from './support/evidence-files.js';
import { newPlan } from './support/new-plan.js';
import { type TestBot, testBot } from './support/test-bot.js';

const liaison = '县住建局联络员';
const report = '/done 水-7 五个建制镇污水处理设施已投运';
const at = (seconds: number) => new Date(Date.parse('2023-09-26T10:00:00+08:00') + seconds * 1000).toISOString();

let bot: TestBot;
afterEach(() => bot.stop());

/** A platform that gives out files one by one as the list says, and the last for ever. */
function platform(...outcomes: (FetchedFile | 'hangs')[]) {
  const asked: unknown[] = [];
  const fetchFile = async (source: unknown, signal: AbortSignal): Promise<FetchedFile> => {
    const outcome = outcomes[Math.min(asked.length, outcomes.length - 1)] ?? 'hangs';
    asked.push(source);
    if (outcome !== 'hangs') return outcome;
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve({ kind: 'retry', why: 'aborted' }));
    });
  };
  return { asked, fetchFile };
}

const given = (bytes: Uint8Array = aJpg(), name: string | null = null): FetchedFile => ({
  kind: 'fetched',
  bytes,
  name,
});
const failing: FetchedFile = { kind: 'retry', why: 'no answer' };
const picture = (key: string): IncomingFile => ({
  name: '图片',
  kind: 'picture',
  content: { at: 'platform', source: { key } },
});

const hear = (message: Partial<IncomingMessage> & { text: string }) =>
  bot.hear({ sender: liaison, answeredBy: 'delivery', ...message });
const history = async () => (await bot.say('/history 水-7')).split('\n');

describe('a picture with a report', () => {
  it('keeps nobody waiting: the report is committed and answered while the platform hangs', async () => {
    const { fetchFile, asked } = platform('hangs');
    bot = await testBot({ fetchFile, now: at(0) });
    await hear({ text: report, files: [picture('img_1')] });
    await eventually(() => expect(asked).toEqual([{ key: 'img_1' }]));
    await bot.sent();
    expect(bot.posted).toEqual([expect.stringMatching(/^已记：水-7.*附1张图片，没取到会再告诉你。$/su)]);
    expect((await history())[1]).toContain('报办结');
  });

  it('is attached without another word', async () => {
    const { fetchFile } = platform(given());
    bot = await testBot({ fetchFile, now: at(0) });
    await hear({ text: report, files: [picture('img_1')] });
    await eventually(async () => expect((await history())[1]).toMatch(/附1张图片$/u));
    await bot.sent();
    expect(bot.posted).toHaveLength(1);
  });

  it('told three times, also while it is being fetched, is one', async () => {
    const { fetchFile, asked } = platform(given());
    bot = await testBot({ fetchFile, now: at(0) });
    const told = { id: 'm-1', text: report, files: [picture('img_1')] };
    await Promise.all([hear(told), hear(told), hear(told)]);
    await eventually(async () => expect((await history())[1]).toMatch(/附1张图片$/u));
    await hear(told);
    await bot.sent();
    expect([asked.length, bot.posted.length, (await history()).length]).toEqual([1, 1, 3]);
  });

  it('is fetched again after failures, each time later', async () => {
    const { fetchFile, asked } = platform(failing, failing, failing, given());
    bot = await testBot({ fetchFile, now: at(0) });
    await hear({ text: report, files: [picture('img_1')] });
    await eventually(() => expect(asked).toHaveLength(1));
    await bot.at(at(4));
    expect(asked).toHaveLength(1);
    for (const [count, moment] of [
      [2, 6],
      [3, 30],
      [4, 100],
    ] as const) {
      await bot.at(at(moment));
      await eventually(() => expect(asked).toHaveLength(count));
    }
    await eventually(async () => expect((await history())[1]).toMatch(/附1张图片$/u));
    expect(bot.posted).toHaveLength(1);
  });

  it('that is never had is told in one line, once, and the report stands', async () => {
    const { fetchFile, asked } = platform(failing);
    bot = await testBot({ fetchFile, now: at(0) });
    await hear({ text: report, files: [picture('img_1')] });
    for (const [count, moment] of [
      [1, 0],
      [2, 6],
      [3, 30],
      [4, 100],
    ] as const) {
      if (moment > 0) await bot.at(at(moment));
      await eventually(() => expect(asked).toHaveLength(count));
    }
    await eventually(async () => {
      await bot.sent();
      expect(bot.posted.slice(1)).toEqual(['图片没有取到，请重新发一次。\n水-7的报送已记，不受影响。']);
    });
    await bot.at(at(1000));
    expect(asked).toHaveLength(4);
    expect((await history())[1]).toContain('报办结');
  });

  it('that the platform refuses is not asked for again, and the person hears why', async () => {
    const say = '群设了防泄密，机器人取不到文件，没有收。请单聊发给我。';
    const { fetchFile, asked } = platform({ kind: 'refused', why: 'code 234038', say });
    bot = await testBot({ fetchFile, now: at(0) });
    await hear({ text: report, files: [picture('img_1')] });
    await eventually(async () => {
      await bot.sent();
      expect(bot.posted.at(-1)).toBe(`${say}\n水-7的报送已记，不受影响。`);
    });
    expect(asked).toHaveLength(1);
  });

  it('that is no picture is refused by its content', async () => {
    const { fetchFile } = platform(given(Buffer.from('MZ'), '现场.jpg'));
    bot = await testBot({ fetchFile, now: at(0) });
    await hear({ text: report, files: [picture('img_1')] });
    await eventually(async () => {
      await bot.sent();
      expect(bot.posted.at(-1)).toMatch(/^“现场.jpg”没有收：只收图片.*\n水-7的报送已记，不受影响。$/su);
    });
  });

  it('of a message that is confirmed later goes with what the 是 recorded, whichever comes first', async () => {
    const { fetchFile } = platform(failing, given());
    bot = await testBot({ fetchFile, now: at(0) });
    await hear({ text: '水-7 办结 五个建制镇污水处理设施已投运', files: [picture('img_1')] });
    await hear({ text: '是' });
    await bot.at(at(6));
    await eventually(async () => expect((await history())[2]).toMatch(/报办结.*附1张图片$/u));
    await bot.sent();
    expect(bot.posted.at(-1)).toContain('已附到 水-7 刚才的报送（1张图片）');
  });
});

describe('pictures alone', () => {
  it('that are chosen together are answered together', async () => {
    const { fetchFile, asked } = platform(...Array.from({ length: 9 }, (_, index) => given(aJpg(`${index}`))));
    bot = await testBot({ fetchFile, now: at(0) });
    await hear({ text: report });
    for (let index = 0; index < 9; index += 1) await hear({ text: '', files: [picture(`img_${index}`)] });
    expect(asked).toEqual([]);
    await bot.at(at(2));
    await eventually(async () => {
      await bot.sent();
      expect(bot.posted.slice(1)).toEqual(['已附到 水-7 刚才的报送（9张图片）。附错了发“/undo”。']);
    });
    expect(asked).toHaveLength(9);
  });

  it('nobody knows where to put are asked for, once', async () => {
    const { fetchFile } = platform(given(aJpg('a')), given(aJpg('b')));
    bot = await testBot({ fetchFile, now: at(0) });
    await hear({ text: '', files: [picture('img_1')] });
    await hear({ text: '', files: [picture('img_2')] });
    await bot.at(at(2));
    await eventually(async () => {
      await bot.sent();
      expect(bot.posted).toEqual([expect.stringMatching(/^收到2张图片。附到哪一项？/u)]);
    });
    expect(await bot.say(report, liaison)).toMatch(/附2张图片。$/u);
  });
});

describe('a plan', () => {
  it('is read after its message was acknowledged', async () => {
    const { fetchFile } = platform(given(Buffer.from(newPlan), '消防方案.txt'));
    bot = await testBot({ fetchFile, now: at(0) });
    const file: IncomingFile = { name: '文件', kind: 'file', content: { at: 'platform', source: 1 } };
    await hear({ text: '', sender: '管理员', files: [file] });
    await eventually(async () => {
      await bot.sent();
      expect(bot.posted).toEqual([expect.stringContaining('第1号导入《消防方案.txt》')]);
    });
  });
});

describe('a program that dies while it fetches', () => {
  const location = path.join(tmpdir(), `duban-collector-${process.pid}.db`);
  afterEach(() => Promise.all(['', '-wal', '-shm'].map((end) => rm(`${location}${end}`, { force: true }))));

  it('fetches after the next start what it had promised', async () => {
    const before = platform('hangs');
    bot = await testBot({ location, fetchFile: before.fetchFile, now: at(0) });
    await hear({ text: report, files: [picture('img_1')] });
    await eventually(() => expect(before.asked).toHaveLength(1));
    const dead = bot;
    const after = platform(given());
    bot = await testBot({ location, fetchFile: after.fetchFile, now: at(60) });
    await bot.at(at(61));
    expect(after.asked).toEqual([]);
    await bot.at(at(301));
    await eventually(async () => expect((await history())[1]).toMatch(/附1张图片$/u));
    await dead.stop();
    expect(await history()).toHaveLength(3);
  });

  it('puts back what it is fetching when it is stopped in order', async () => {
    const before = platform('hangs');
    bot = await testBot({ location, fetchFile: before.fetchFile, now: at(0) });
    await hear({ text: report, files: [picture('img_1')] });
    await eventually(() => expect(before.asked).toHaveLength(1));
    await bot.stop();
    const after = platform(given());
    bot = await testBot({ location, fetchFile: after.fetchFile, now: at(1) });
    await bot.at(at(2));
    await eventually(async () => expect((await history())[1]).toMatch(/附1张图片$/u));
  });
});
