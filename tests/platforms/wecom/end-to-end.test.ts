import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openTable } from '../../file-making/open-xlsx.js';
import { eventually } from '../../support/eventually.js';
import { aJpg, aScan } from '../../support/evidence-files.js';
import { newPlan } from '../../support/new-plan.js';
import type { ShownFile } from '../contract.js';
import { done, GroupBot } from '../group-bot.js';
import { spoiledFiles } from '../spoiled-files.js';
import { botSecret, ConnectionSimulator } from './connection-simulator.js';
import { type WecomRig, wecomRig } from './rig.js';
import { botId, type Told } from './simulator.js';

const liaison = '县住建局联络员';

let rig: WecomRig;
let group: GroupBot;
let chat: string;

async function start(webhook: string | null = rig.simulator.webhook): Promise<void> {
  await group.start(rig.adapter);
  chat = (await group.groupOn('wecom')).chatId;
  await group.giveRobot('wecom', webhook);
}

const hear = (request: Request) => group.hear(request);

async function ask(told: Told) {
  const request = rig.simulator.said({ chat, ...told });
  return rig.simulator.answered(request, await hear(request));
}

async function said(told: Told): Promise<string> {
  const answer = await ask(told);
  return String((answer?.stream as { content?: string } | undefined)?.content ?? '').replace(/ *\n/gu, '\n');
}

const shown = () => rig.simulator.shown.map(({ text }) => text);
const later = async (ms: number) => {
  rig.now = new Date(rig.now.getTime() + ms);
  await group.bot.pass();
};

/** Monday, when everybody has had the morning's reminder and the digest is next. */
const monday = async () => {
  rig.now = new Date('2023-10-16T08:36:00+08:00');
  await later(0);
  rig.simulator.shown.length = 0;
};
const atNine = async () => {
  rig.now = new Date('2023-10-16T09:00:30+08:00');
  await later(0);
};

beforeEach(async () => {
  rig = await wecomRig();
  rig.now = new Date('2023-09-25T10:00:00+08:00');
  group = await GroupBot.found(() => rig.now, { platform: 'wecom', account: botId });
  await start();
  await group.bot.pass();
  rig.simulator.shown.length = 0;
});
afterEach(async () => {
  await group.close();
  await rig.close();
});

describe('a work group on 企业微信', () => {
  it('asks and reports', async () => {
    expect(await said({ text: '水-7谁牵头', user: '成员' })).toBe(
      '水-7 城镇生活污水处理设施及管网建设\n牵头：县住建局\n文件未写时限。\n联络员：县住建局联络员',
    );
    expect(await said({ text: done, user: liaison })).toContain('县住建局报办结（待核查）');
    expect(await said({ text: '收到', user: liaison })).toBe('');
  });

  it('gets one effect and one reply for what is delivered three times, and again after a restart', async () => {
    const told = { text: done, user: liaison, id: 'CAIQ1' };
    const first = await ask(told);
    expect(await ask(told)).toEqual(first);
    expect(await ask(told)).toEqual(first);
    await group.stop();
    await start();
    expect(await ask(told)).toEqual(first);
    expect((await said({ text: '/history 水-7', user: '成员' })).match(/五个建制镇/gu)).toHaveLength(1);
  });

  it('confirms a sentence with a button', async () => {
    const question = await ask({ text: '水-7 办结 五个建制镇污水处理设施已投运', user: liaison });
    expect(question).toMatchObject({
      msgtype: 'stream_with_template_card',
      template_card: { button_list: ['是', '是 已审签'].map((text) => ({ text, key: text })) },
    });
    const click = rig.simulator.clicked('是', { chat, user: liaison, id: 'e1' });
    expect(await rig.simulator.answered(click, await hear(click))).toMatchObject({
      response_type: 'update_template_card',
    });
    await later(0);
    expect(rig.simulator.shown).toMatchObject([{ answers: 'e1' }]);
    expect(shown()[0]).toContain('县住建局报办结（待核查）');
    // Somebody else's button is not an answer to this question.
    await hear(rig.simulator.clicked('是', { chat, user: '成员', id: 'e2' }));
    await later(0);
    expect(shown()[1]).toContain('没有等你确认的内容');
  });

  it('hears the digest from its own robot, which rings the liaisons', async () => {
    await monday();
    await atNine();
    const [digest, ...more] = rig.simulator.shown;
    expect(more).toEqual([]);
    expect(digest?.text).toMatch(/^督办周报 10月16日（周一）/u);
    expect(digest?.mentions.length).toBeGreaterThan(0);
    await group.stop();
    await start();
    await later(60_000);
    expect(rig.simulator.shown).toHaveLength(1);
  });

  it.each(['lost-answer', 'hang'] as const)(
    'never gets a digest twice after %s of its robot, which takes no key, and its administrators are told',
    async (kind) => {
      await monday();
      rig.simulator.trouble({ kind });
      await atNine();
      for (const minute of [1, 2, 3]) await later(minute * 60_000);
      const told = rig.simulator.shown.filter((one) => one.chat === 'single 管理员');
      expect(told).toMatchObject([{ text: expect.stringContaining('的周报不知道有没有发到：企业微信没有应答') }]);
      expect(rig.simulator.shown).toHaveLength(kind === 'hang' ? 1 : 2);
      expect(await said({ text: '/digest', user: '成员' })).toContain('本周的不知道有没有发到，没有再发；下一期');
    },
  );

  it.each([{ kind: 'server-error' }, { kind: 'rate-limited', afterMs: 7_000 }] as const)(
    'gets its digest once after a failure that is none of its own: $kind',
    async (trouble) => {
      await monday();
      rig.simulator.trouble(trouble);
      await atNine();
      expect(rig.simulator.shown).toEqual([]);
      for (const minute of [1, 2]) await later(minute * 60_000);
      expect(rig.simulator.shown).toHaveLength(1);
    },
  );

  it('tells the administrators when its robot is gone', async () => {
    await monday();
    rig.simulator.trouble({ kind: 'gone' });
    await atNine();
    await later(60_000);
    expect(rig.simulator.shown).toMatchObject([{ chat: 'single 管理员' }]);
    expect(shown()[0]).toContain('发不出消息了：企业微信返回93000');
  });

  it('is lost until an administrator’s code comes, since what is heard proves no robot that speaks', async () => {
    await monday();
    rig.simulator.trouble({ kind: 'gone' });
    await atNine();
    const isLost = async () => (await group.groupOn('wecom')).lostAt !== null;
    expect(await isLost()).toBe(true);
    expect(await said({ text: '水-7谁牵头' })).toContain('牵头：县住建局');
    expect(await isLost()).toBe(true);
    expect(await said({ text: await group.bindWords() })).toContain('本群已重新绑定');
    expect(await isLost()).toBe(false);
  });
});

describe('one to one', () => {
  const report = () => rig.simulator.appSaid({ text: done, user: liaison, id: '7000000000000000009' });

  it('a report to the app is answered by the app', async () => {
    expect(await (await hear(report())).text()).toBe('');
    await later(0);
    expect(rig.simulator.shown).toMatchObject([{ chat: `single ${liaison}` }]);
    expect(shown()[0]).toContain('县住建局报办结（待核查）');
    await hear(report());
    await later(60_000);
    expect(rig.simulator.shown).toHaveLength(1);
  });

  it('a report to the bot is answered by the bot', async () => {
    expect(await said({ text: done, user: liaison, private: true })).toContain('县住建局报办结（待核查）');
  });

  it.each([
    ['a server error', { kind: 'server-error' }, 2_000],
    ['a full rate', { kind: 'rate-limited', afterMs: 7_000 }, 8_000],
    ['a time-out', { kind: 'hang' }, 2_000],
    ['an answer that was lost', { kind: 'lost-answer' }, 2_000],
    ['a forgotten token', { kind: 'token-expired' }, 0],
  ] as const)('the reply arrives once after %s', async (_what, trouble, waitMs) => {
    rig.simulator.trouble(trouble);
    await hear(report());
    await later(0);
    await later(waitMs);
    await later(60_000);
    expect(rig.simulator.shown).toHaveLength(1);
  });

  it('a file of an administrator is read and answered later, by the response URL', async () => {
    const content = Buffer.from(newPlan);
    const url = rig.simulator.hold(content, `attachment; filename*=UTF-8''${encodeURIComponent('消防方案.txt')}`);
    const told: Told = {
      user: '管理员',
      private: true,
      id: 'f1',
      more: { msgtype: 'file', text: undefined, file: { url } },
    };
    expect(await ask(told)).toBeNull();
    await eventually(() => expect(rig.simulator.shown).toMatchObject([{ answers: 'f1' }]));
    expect(shown()[0]).toContain('第1号导入《消防方案.txt》：读到1个计划、2条，待确认');
  });

  it('a stranger is told where to ask, and nobody is written down', async () => {
    expect(await said({ text: '/mine', user: 'stranger', private: true })).toContain('名单里还没有你');
    await hear(rig.simulator.appSaid({ text: '/mine', user: 'stranger', id: '8' }));
    await expect.poll(shown).toEqual([expect.stringContaining('名单里还没有你')]);
  });
});

describe('what shows a report', () => {
  const picture = aJpg('现场');
  const mixed = (text: string, ...urls: string[]) => ({
    msgtype: 'mixed',
    text: undefined,
    mixed: {
      msg_item: [
        { msgtype: 'text', text: { content: text } },
        ...urls.map((url) => ({ msgtype: 'image', image: { url } })),
      ],
    },
  });

  it('comes as a picture in the message of the report, which is answered at once', async () => {
    const more = mixed(`@督办助手 ${done}`, rig.simulator.hold(picture, null));
    expect(await said({ user: liaison, more })).toMatch(/附1张图片，没取到会再告诉你。$/u);
    await eventually(async () => expect(await said({ text: '/history 水-7', user: '成员' })).toContain('附1张图片'));
    expect(await said({ text: '/file 水-7', user: '督查室' })).toContain('文件随后由本群的消息推送机器人发出。');
    await eventually(() => expect(rig.simulator.shownFiles).toHaveLength(1));
    expect(rig.simulator.shownFiles[0]).toMatchObject({ name: '水-7 材料1 图片.jpg', content: picture });
  });

  it('that is gone is told by the response URL of the report', async () => {
    const more = mixed(`@督办助手 ${done}`, `${rig.simulator.url}/media/none`);
    expect(await said({ user: liaison, id: 'r1', more })).toContain('县住建局报办结');
    await eventually(() => expect(rig.simulator.shown).toMatchObject([{ answers: 'r1' }]));
    expect(shown()).toEqual([expect.stringMatching(/^图片没有取到，请重新发一次。 *\n水-7的报送已记，不受影响。$/u)]);
  });

  it('comes from a file in the group that the report quotes', async () => {
    const url = rig.simulator.hold(
      Buffer.from(aScan()),
      `attachment; filename*=UTF-8''${encodeURIComponent('验收单.pdf')}`,
    );
    const quote = { msgtype: 'file', file: { url } };
    expect(await said({ text: done, user: liaison, more: { quote } })).toContain('附1个文件');
    await eventually(async () =>
      expect(await said({ text: '/file 水-7', user: liaison, private: true })).toContain('验收单.pdf'),
    );
  });

  it('comes as a picture to the app, and the app says where it was put', async () => {
    await hear(rig.simulator.appSaid({ text: done, user: liaison, id: '1' }));
    const url = rig.simulator.hold(picture, 'attachment; filename="a.jpg"', false);
    const more = { MsgType: 'image', MediaId: url.split('/').at(-1) ?? '', Content: '' };
    await hear(rig.simulator.appSaid({ user: liaison, id: '2', more }));
    await later(2_000);
    await eventually(async () => {
      await later(2_000);
      expect(shown().at(-1)).toBe('已附到 水-7 刚才的报送（1张图片）。附错了发“/undo”。');
    });
  });
});

describe('a file to the bot', () =>
  spoiledFiles(async () => {
    await said({ text: done, user: liaison, private: true });
    return {
      platform: '企业微信',
      async send(name, content) {
        const file = { url: rig.simulator.hold(content, `attachment; filename*=UTF-8''${encodeURIComponent(name)}`) };
        await ask({ user: liaison, private: true, more: { msgtype: 'file', text: undefined, file } });
      },
      spoil: (how) => {
        rig.simulator.spoiled = how;
      },
      later,
      said: shown,
      givenUp: () => rig.simulator.givenUp,
      say: (text) => said({ text, user: liaison, private: true }),
      files: () => rig.simulator.shownFiles,
    };
  }));

describe('the ledger as a file', () => {
  const opened = async ({ content }: ShownFile) => (await openTable(content)).rows.length;
  const name = '督办台账（水） 2023-09-25.xlsx';
  const answer =
    '《督办台账（水） 2023-09-25.xlsx》：12项，截至2023年9月25日10:00。\n办理情况是台账收到的报告，不代表实际进度。';
  const files = () => rig.simulator.shownFiles;

  it('asked for in the group: answered at once, and sent by the robot of the group', async () => {
    expect(await said({ text: '/export 水', user: '成员' })).toBe(`${answer}\n文件随后由本群的消息推送机器人发出。`);
    await eventually(() => expect(files()).toHaveLength(1));
    expect(files()[0]).toMatchObject({ chat: 'wrDemoChat01', name });
    expect(await opened(files()[0] as ShownFile)).toBe(12);
    expect(rig.simulator.shown).toEqual([]);
  });

  it('asked for one to one: answered by the bot, and sent by the app', async () => {
    expect(await said({ text: '/export 水', user: liaison, private: true })).toBe(
      `${answer}\n文件随后由自建应用单独发给你。`,
    );
    await eventually(() => expect(files()).toHaveLength(1));
    expect(files()[0]).toMatchObject({ chat: `single ${liaison}`, name });
    expect(await opened(files()[0] as ShownFile)).toBe(12);
  });

  it('asked of the app: answered and sent by the app', async () => {
    await hear(rig.simulator.appSaid({ text: '/export 水', user: liaison, id: '7000000000000000010' }));
    await later(0);
    await later(1_000);
    expect(files()).toHaveLength(1);
    expect(shown()).toEqual([answer]);
    expect(files()[0]).toMatchObject({ chat: `single ${liaison}`, name });
  });

  it('comes once for a message that is delivered three times', async () => {
    const told = { text: '/export 水', user: '成员', id: 'CAIQ9' };
    const first = await ask(told);
    expect(await ask(told)).toEqual(first);
    expect(await ask(told)).toEqual(first);
    await later(60_000);
    expect(files()).toHaveLength(1);
  });

  it('comes once after a full rate of the robot, uploaded once', async () => {
    rig.simulator.trouble({ kind: 'rate-limited', afterMs: 0 });
    await said({ text: '/export 水', user: '成员' });
    await later(0);
    expect(files()).toEqual([]);
    await later(61_000);
    expect(files()).toHaveLength(1);
    expect(rig.simulator.media.size).toBe(1);
  });

  it('where the group has no robot: the answer says to ask one to one, and that is true', async () => {
    await group.giveRobot('wecom', null);
    expect(await said({ text: '/export 水', user: liaison })).toBe(
      `${answer}\n这里发不了文件，请单聊我发“/export 水”。`,
    );
    await later(60_000);
    expect(files()).toEqual([]);
    await said({ text: '/export', user: liaison, private: true });
    await eventually(() => expect(files()).toHaveLength(1));
  });
});

describe('a work group on the long connection', () => {
  it('asks, reports and gets its digest without a public address', async () => {
    await group.stop();
    const far = await ConnectionSimulator.start();
    const line = await wecomRig((settings) => {
      settings.bot = { mode: 'stream', botId, secret: botSecret, streamUrl: far.url };
      settings.app = null;
    });
    const callback = rig;
    rig = Object.assign(line, { now: callback.now });
    await start(null);
    const connection = await line.adapter.connect?.({
      hear: (message) => group.bot.answer(message),
      notice: async () => undefined,
    });

    const told = { chatid: chat, msgid: 'm1', from: { userid: liaison }, text: { content: `@督办助手 ${done}` } };
    const requestId = far.say(told);
    await expect.poll(() => far.shown.length).toBe(1);
    expect(far.shown[0]).toMatchObject({ answers: requestId });
    expect(far.shown[0]?.text).toContain('县住建局报办结（待核查）');
    far.say(told);
    await atNine();
    const toGroup = far.shown.filter((one) => one.chat === chat);
    expect(toGroup).toMatchObject([{ answers: null, mentions: [] }]);
    expect(toGroup[0]?.text).toMatch(/^督办周报 10月16日/u);

    for (const asked of [
      { chatid: chat, msgid: 'm2', from: { userid: '成员' }, text: { content: '@督办助手 /export 水' } },
      {
        chattype: 'single',
        chatid: undefined,
        msgid: 'm3',
        from: { userid: liaison },
        text: { content: '/export 水' },
      },
    ]) {
      far.say(asked);
    }
    await eventually(async () => {
      await later(100);
      expect(far.files).toHaveLength(2);
    });
    const got = far.files.toSorted((a, b) => a.chat.length - b.chat.length);
    expect(new Set(got.map((file) => file.chat))).toEqual(new Set([chat, liaison]));
    for (const { content } of got) expect((await openTable(content)).rows).toHaveLength(12);

    await connection?.close();
    await far.close();
    await callback.close();
  });
});
