import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Reply, reply } from '../../../src/chat/message.js';
import type { Inbound } from '../../../src/platforms/adapter.js';
import { fetchedText, fetchFile } from '../fetch-file.js';
import { groupChat, type WecomRig, wecomRig } from './rig.js';
import { secrets, type Told } from './simulator.js';
import { vectors } from './vectors.js';

let rig: WecomRig;

beforeEach(async () => {
  rig = await wecomRig();
});
afterEach(() => rig.close());

const hear = (told: Told) => rig.adapter.receive(rig.simulator.said(told));

async function message(told: Told) {
  const inbound = await hear(told);
  if (inbound.kind !== 'message') throw new Error(`heard ${JSON.stringify(inbound)}`);
  return inbound.message;
}

/** What the person sees as the answer. */
async function answer(request: Request, replies: Reply[]) {
  const inbound = await rig.adapter.receive(request.clone());
  if (inbound.kind !== 'message') throw new Error(`heard ${JSON.stringify(inbound)}`);
  return rig.simulator.answered(request, await inbound.answer(replies));
}

const query = ({ signature, timestamp, nonce }: { signature: string; timestamp: string; nonce: string }) =>
  new URLSearchParams({ msg_signature: signature, timestamp, nonce });

describe('the check of the address', () => {
  it.each([vectors.echo, vectors.aligned])('is answered with the bare plain text', async (vector) => {
    const params = query(vector);
    params.set('echostr', vector.encrypted);
    const inbound = await rig.adapter.receive(new Request(`http://127.0.0.1/webhooks/wecom?${params}`));
    expect(inbound.kind).toBe('handshake');
    const { response } = inbound as Extract<Inbound, { kind: 'handshake' }>;
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(vector.text));
  });

  it('takes a + that came unencoded', async () => {
    const url = `http://127.0.0.1/webhooks/wecom?${query(vectors.aligned)}&echostr=${vectors.aligned.encrypted}`;
    expect(await rig.adapter.receive(new Request(url))).toMatchObject({ kind: 'handshake' });
  });

  it('is refused with a wrong signature, and without one', async () => {
    const params = query({ ...vectors.echo, nonce: '1' });
    params.set('echostr', vectors.echo.encrypted);
    for (const asked of [params.toString(), '', 'echostr=abc']) {
      const inbound = await rig.adapter.receive(new Request(`http://127.0.0.1/webhooks/wecom?${asked}`));
      expect(inbound).toMatchObject({ kind: 'rejected', why: 'signature' });
    }
  });

  it('is not there for what is not set up', async () => {
    const bare = await wecomRig((settings) => {
      settings.bot = null;
      settings.app = null;
    });
    for (const path of ['/webhooks/wecom', '/webhooks/wecom/app']) {
      const inbound = await bare.adapter.receive(new Request(`http://127.0.0.1${path}`));
      expect(inbound).toMatchObject({ kind: 'rejected' });
    }
    await bare.close();
  });
});

describe('a message', () => {
  it('as it was recorded', async () => {
    const url = `http://127.0.0.1/webhooks/wecom?${query(vectors.groupMessage)}`;
    const body = JSON.stringify({ Encrypt: vectors.groupMessage.encrypted });
    const own = await wecomRig((settings) => {
      delete settings.botName;
    });
    const inbound = await own.adapter.receive(new Request(url, { method: 'POST', body }));
    await own.close();
    expect(inbound).toMatchObject({
      kind: 'message',
      message: {
        platform: 'wecom',
        account: 'AIB-demo',
        id: 'MSG0001',
        chat: { id: 'wrDemoChat01', private: false },
        sender: 'wangfang',
        text: '催报',
        addressed: true,
        answeredBy: 'response',
      },
    });
  });

  it.each([
    ['@督办助手 /due 本周', '/due 本周'],
    ['@督办助手\u2005水-7谁牵头', '水-7谁牵头'],
    ['水-7谁牵头 @督办助手', '水-7谁牵头'],
    ['@王芳 @督办助手 看看', '@王芳 看看'],
    ['@督办助手', ''],
    ['@督办助手长 看看', '@督办助手长 看看'],
  ])('%j in the group says %j', async (content, text) => {
    expect((await message({ more: { text: { content } } })).text).toBe(text);
  });

  it('of somebody in their own chat keeps its words', async () => {
    const said = await message({ text: '@王芳 的事', private: true });
    expect(said).toMatchObject({ text: '@王芳 的事', chat: { id: 'wangfang', private: true } });
  });

  it('that was spoken is heard as its transcript', async () => {
    const more = { msgtype: 'voice', text: undefined, voice: { content: '水七谁牵头' } };
    expect((await message({ private: true, more })).text).toBe('水七谁牵头');
  });

  it('of words and pictures is heard as its words, with the pictures', async () => {
    const msg_item = [
      { msgtype: 'text', text: { content: '@督办助手 水-7 办结' } },
      { msgtype: 'image', image: { url: 'https://x.example' } },
      { msgtype: 'text', text: { content: '附图' } },
    ];
    const said = await message({ more: { msgtype: 'mixed', text: undefined, mixed: { msg_item } } });
    expect(said).toMatchObject({ text: '水-7 办结\n附图', answeredBy: 'response' });
    expect(said.files).toMatchObject([{ kind: 'picture', name: '图片' }]);
    expect(said.route).toMatchObject({ by: 'response-url' });
  });

  it('tells what it quotes', async () => {
    const quote = { msgtype: 'text', text: { content: '请报水-7' } };
    expect((await message({ text: '办结', more: { quote } })).quoted).toEqual({ messageId: null, text: '请报水-7' });
  });
});

describe('a file', () => {
  const content = Buffer.from('水环境质量改善计划');
  const fileMore = (disposition: string | null, encrypted = true) => ({
    msgtype: 'file',
    text: undefined,
    file: { url: rig.simulator.hold(content, disposition, encrypted) },
  });

  it.each([
    [`attachment; filename*=UTF-8''${encodeURIComponent('方案 一.docx')}`, '方案 一.docx'],
    [`attachment; filename="${encodeURIComponent('方案.docx')}"`, '方案.docx'],
    [Buffer.from('attachment; filename="方案.docx"').toString('latin1'), '方案.docx'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="100%.txt"', '100%.txt'],
    [null, '文件'],
  ])('with the header %j is named %s', async (disposition, name) => {
    const said = await message({ private: true, more: fileMore(disposition) });
    expect(await fetchedText(rig.adapter, said)).toEqual([name, content.toString()]);
  });

  it('is answered later, since reading it takes longer than the platform waits', async () => {
    const said = await message({ private: true, more: fileMore(null) });
    expect(said.answeredBy).toBe('delivery');
    expect(said.route).toMatchObject({ by: 'response-url' });
  });

  it.each(['', '导入', '/import'])('in the group is heard when it is quoted with %j', async (text) => {
    const { msgtype, file: held } = fileMore('attachment; filename="a.txt"');
    const said = await message({ text, more: { quote: { msgtype, file: held } } });
    expect([said.text, said.files?.[0]?.quoted]).toEqual(['', undefined]);
    expect(await fetchedText(rig.adapter, said)).toEqual(['a.txt', content.toString()]);
  });

  it('that a report quotes is told with it, as quoted', async () => {
    const { msgtype, file: held } = fileMore(null);
    const said = await message({ text: '/done 水-7 见附件', more: { quote: { msgtype, file: held } } });
    expect(said).toMatchObject({ text: '/done 水-7 见附件', answeredBy: 'response' });
    expect(said.files).toMatchObject([{ kind: 'file', quoted: true }]);
  });

  it.each([
    ['is gone', () => ({ ...fileMore(null), file: { url: `${rig.simulator.url}/media/none` } })],
    ['is not encrypted', () => fileMore(null, false)],
    [
      'is on a host that is not the platform’s',
      () => ({ ...fileMore(null), file: { url: 'http://169.254.169.254/x' } }),
    ],
  ])('that %s cannot be had', async (_what, more) => {
    const said = await message({ private: true, more: more() });
    const outcome = await fetchFile(rig.adapter, said).catch((error: Error) => ({
      kind: 'refused',
      why: error.message,
    }));
    expect(outcome).toMatchObject({ kind: 'refused' });
  });
});

describe('the answer', () => {
  it('is a finished stream', async () => {
    const request = rig.simulator.said({ id: 'm1' });
    expect(await answer(request, [reply.text('已记：水-7')])).toEqual({
      msgtype: 'stream',
      stream: { id: expect.stringMatching(/^s-[0-9a-f]{40}$/), finish: true, content: '已记：水-7' },
    });
  });

  it('to a resent message is the same', async () => {
    const [one, two] = [rig.simulator.said({ id: 'm1' }), rig.simulator.said({ id: 'm1' })];
    expect(await answer(one, [reply.text('已记')])).toEqual(await answer(two, [reply.text('已记')]));
  });

  it('has the buttons of a question in a card below', async () => {
    const request = rig.simulator.said({ id: 'm1' });
    const question = reply.question('请核对，无误请回“是”：', [
      { label: '是', send: '是' },
      { label: '不是这个', send: '不' },
    ]);
    expect(await answer(request, [question])).toMatchObject({
      msgtype: 'stream_with_template_card',
      stream: { finish: true, content: '请核对，无误请回“是”：' },
      template_card: {
        card_type: 'button_interaction',
        main_title: { title: '请点一下，或直接回复' },
        button_list: [
          { text: '是', style: 1, key: '是' },
          { text: '不是这个', style: 2, key: '不' },
        ],
        task_id: expect.stringMatching(/^[0-9A-Za-z_@-]{1,128}$/),
      },
    });
  });

  it('shows a table as a table', async () => {
    const table = reply.table('到期', ['编号', '单位'], [['水-7', '县住建局|水务']], '共1项');
    const said = await answer(rig.simulator.said(), [table]);
    expect(said).toMatchObject({
      stream: { content: '**到期**\n\n| 编号 | 单位 |\n| :-- | :-- |\n| 水-7 | 县住建局｜水务 |\n\n共1项' },
    });
  });

  it('is empty when there is nothing to say', async () => {
    expect(await answer(rig.simulator.said(), [])).toBeNull();
  });

  it('that is too long goes on by the response URL, once even when it is resent', async () => {
    const text = Array.from({ length: 700 }, (_, at) => `第${at}行 城区内涝点整治，县住建局`).join('\n');
    const [first, again] = [rig.simulator.said({ id: 'm1' }), rig.simulator.said({ id: 'm1' })];
    const [one, two] = [await answer(first, [reply.text(text)]), await answer(again, [reply.text(text)])];
    await expect.poll(() => rig.simulator.shown.length).toBe(1);
    expect(two).toEqual(one);
    const content = String((one?.stream as { content?: string } | undefined)?.content);
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(20_480);
    const words = (part: string) => part.replace(/ *\n/gu, '\n');
    expect(words(`${content}\n${rig.simulator.shown[0]?.text}`)).toBe(text);
    expect(rig.simulator.shown[0]?.answers).toBe('m1');
  });

  it('says so when even two messages are not enough', async () => {
    const text = Array.from({ length: 3000 }, (_, at) => `第${at}行 城区内涝点整治`).join('\n');
    await answer(rig.simulator.said({ id: 'm1' }), [reply.text(text)]);
    await expect.poll(() => rig.simulator.shown[0]?.text).toMatch(/其余没有显示，请缩小范围再问。）$/u);
  });

  it('never goes on to another host, not even to one from which files come', async () => {
    const evil = await wecomRig();
    const own = await wecomRig((settings) => {
      settings.mediaUrls = [evil.simulator.url];
    });
    const more = { response_url: `${evil.simulator.url}/cgi-bin/aibot/response?response_code=x` };
    const inbound = await own.adapter.receive(own.simulator.said({ more }));
    if (inbound.kind === 'message') await inbound.answer([reply.text('水'.repeat(10_000))]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(evil.simulator.shown).toEqual([]);
    await Promise.all([own.close(), evil.close()]);
  });

  it('shows six buttons and tells what to type instead of the others', async () => {
    const buttons = Array.from({ length: 8 }, (_, at) => ({ label: `水-${at + 1}`, send: String(at + 1) }));
    const said = await answer(rig.simulator.said(), [reply.question('哪一项？', buttons)]);
    expect(said).toMatchObject({ stream: { content: '哪一项？  \n水-7：发“7”  \n水-8：发“8”' } });
    expect((said?.template_card as { button_list: unknown[] } | undefined)?.button_list).toHaveLength(6);
  });
});

describe('a click', () => {
  it('is what its button says, and its card is greyed for whoever pressed it', async () => {
    const request = rig.simulator.clicked('是', { id: 'e1' });
    const inbound = await rig.adapter.receive(request.clone());
    expect(inbound).toMatchObject({ kind: 'message', message: { id: 'e1', text: '是', answeredBy: 'delivery' } });
    expect(await answer(request, [])).toEqual({
      response_type: 'update_template_card',
      userids: ['wangfang'],
      template_card: {
        card_type: 'button_interaction',
        main_title: { title: '已选“是”' },
        button_list: [{ text: '已点', style: 4, key: 'duban-used' }],
        task_id: 'q-1',
      },
    });
  });

  it('on a command leaves the card as it is, to be read and pressed again', async () => {
    const request = rig.simulator.clicked('/task 水-7');
    expect(await rig.adapter.receive(request.clone())).toMatchObject({
      kind: 'message',
      message: { text: '/task 水-7' },
    });
    expect(await answer(request, [])).toBeNull();
  });

  it('one to one greys the card without naming anybody', async () => {
    expect(await answer(rig.simulator.clicked('是', { private: true }), [])).not.toHaveProperty('userids');
  });

  it('on a used card does nothing', async () => {
    const request = rig.simulator.clicked('duban-used');
    const inbound = await rig.adapter.receive(request.clone());
    if (inbound.kind !== 'ignored') throw new Error(`heard ${inbound.kind}`);
    expect(await rig.simulator.answered(request, inbound.response)).toBeNull();
  });

  it('is answered by its response URL, and by the group’s robot when that is used up', async () => {
    const inbound = await rig.adapter.receive(rig.simulator.clicked('是', { id: 'e1' }));
    if (inbound.kind !== 'message') throw new Error('no message');
    const target = { ...rig.group, route: JSON.parse(JSON.stringify(inbound.message.route)) };
    const say = (key: string) => rig.adapter.send(target, { key, reply: reply.text(key), userIds: new Map() });
    expect(rig.adapter.limitsFor?.(target)).toMatchObject({ textBytes: 20_480, spacingMs: 0 });
    expect(await say('一')).toMatchObject({ kind: 'sent' });
    expect(await say('二')).toMatchObject({ kind: 'sent' });
    rig.now = new Date(rig.now.getTime() + 3_600_000);
    expect(rig.adapter.limitsFor?.(target)).toMatchObject({ textBytes: 4096, spacingMs: 3000 });
    expect(await say('三')).toMatchObject({ kind: 'sent' });
    expect(rig.simulator.shown.map(({ text, answers }) => [text, answers])).toEqual([
      ['一', 'e1'],
      ['二', null],
      ['三', null],
    ]);
  });
});

describe('other events', () => {
  it.each(['enter_chat', 'feedback_event', 'auth_change_event', 'something_new'])(
    '%s is taken in silence',
    async (eventtype) => {
      const request = rig.simulator.said({
        private: true,
        more: { msgtype: 'event', text: undefined, response_url: undefined, event: { eventtype, [eventtype]: {} } },
      });
      const inbound = await rig.adapter.receive(request.clone());
      if (inbound.kind !== 'ignored') throw new Error(`heard ${inbound.kind}`);
      expect(await rig.simulator.answered(request, inbound.response)).toBeNull();
    },
  );

  it('a poll of a stream ends it, since every answer is whole at once', async () => {
    const request = rig.simulator.said({ more: { msgtype: 'stream', text: undefined, stream: { id: 's-9' } } });
    const inbound = await rig.adapter.receive(request.clone());
    if (inbound.kind !== 'ignored') throw new Error(`heard ${inbound.kind}`);
    expect(await rig.simulator.answered(request, inbound.response)).toMatchObject({
      msgtype: 'stream',
      stream: { id: 's-9', finish: true },
    });
  });

  it('of another organisation are refused', async () => {
    expect(await hear({ more: { from: { userid: 'wangfang', corpid: 'wwother' } } })).toMatchObject({
      kind: 'rejected',
      why: 'foreign',
    });
  });

  it.each([
    ['an app’s message', { receiveId: 'wwdemo0123456789' }, 'foreign'],
    ['another token', { token: 'other' }, 'signature'],
    ['another key', { aesKey: secrets.appAesKey }, 'malformed'],
  ])('%s is refused', async (_what, wrapping, why) => {
    const inbound = await rig.adapter.receive(rig.simulator.bot({ msgid: 'm' }, wrapping));
    expect(inbound).toMatchObject({ kind: 'rejected', why });
  });

  it('a group message without its chat makes no sense', async () => {
    expect(await hear({ more: { chatid: undefined } })).toMatchObject({ kind: 'rejected', why: 'malformed' });
    expect(groupChat).toBe('wrDemoChat01');
  });
});
