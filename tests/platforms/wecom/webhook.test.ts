import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Reply, reply } from '../../../src/chat/message.js';
import { kindOf, sentFor } from '../../../src/platforms/wecom/errors.js';
import { webhookMessages } from '../../../src/platforms/wecom/webhook-mouth.js';
import { type WecomRig, wecomRig } from './rig.js';

let rig: WecomRig;

beforeEach(async () => {
  rig = await wecomRig();
});
afterEach(() => rig.close());

const userIds = new Map([['p1', 'sthj_lly']]);
const digest = reply.card('督办周报 9月25日（周一）', {
  blocks: [
    { kind: 'lead', text: '本周到期2项，请28日（周四）下班前报送（30日逢国庆假期）。' },
    { kind: 'section', text: '一、本周到期（9月底前）', mentions: [{ person: 'p1', name: '生态环境分局联络员' }] },
    { kind: 'items', items: ['气-3 工业企业污染防治深度治理（含气附-3、气附-6）', '气-7 供热（供汽）企业排查整治'] },
    { kind: 'line', text: '预计完不成的，28日前提出延期。' },
    { kind: 'section', text: '二、三季度调度', mentions: [{ person: 'p2', name: '县自然资源局联络员' }] },
    { kind: 'items', items: ['土-10 建设用地安全利用调度分析'] },
    { kind: 'note', text: '79条中53条未定时限。' },
  ],
});
const send = (said: Reply, key = 'digest 1', webhook = rig.simulator.webhook) =>
  rig.adapter.send({ ...rig.group, webhook }, { key, reply: said, userIds });

describe('the digest in a group', () => {
  it('is one message of markdown that rings whom it mentions', () => {
    expect(webhookMessages(digest, userIds, false)).toEqual([
      {
        msgtype: 'markdown',
        markdown: {
          content: `**督办周报 9月25日（周一）**
**本周到期2项，请28日（周四）下班前报送（30日逢国庆假期）。**

**一、本周到期（9月底前）** <@sthj_lly>
> 气-3 工业企业污染防治深度治理（含气附-3、气附-6）
> 气-7 供热（供汽）企业排查整治
预计完不成的，28日前提出延期。

**二、三季度调度** @县自然资源局联络员
> 土-10 建设用地安全利用调度分析
<font color="comment">79条中53条未定时限。</font>`,
        },
      },
    ]);
  });

  it('is plain text where the site shows no markdown, and rings all the same', () => {
    const messages = webhookMessages(digest, userIds, true);
    expect(messages).toMatchObject([{ msgtype: 'text', text: { mentioned_list: ['sthj_lly'] } }]);
    expect(JSON.stringify(messages)).not.toMatch(/\*\*|<font|> /u);
  });

  it.each(['@all', 'all', '<@u2>'])('never rings everybody, also not by the user id %s', (userId) => {
    const ids = new Map([['p1', userId]]);
    for (const plain of [false, true]) {
      const written = JSON.stringify(webhookMessages(digest, ids, plain));
      expect(written).not.toMatch(/<@|mentioned_list/u);
      expect(written).toContain('@生态环境分局联络员');
    }
  });

  it('has a table only in markdown_v2, and its head in every part', () => {
    const rows = Array.from({ length: 120 }, (_, at) => [`水-${at}`, '城区内涝点整治', '县住建局']);
    const messages = webhookMessages(reply.table('清单', ['编号', '任务', '单位'], rows, '共120项'), userIds, false);
    expect(messages.length).toBeGreaterThan(1);
    for (const message of messages) {
      if (message.msgtype !== 'markdown_v2') throw new Error(message.msgtype);
      expect(Buffer.byteLength(message.markdown_v2.content)).toBeLessThanOrEqual(4096);
      expect(message.markdown_v2.content).toContain('| 编号 | 任务 | 单位 |\n| :-- | :-- | :-- |');
    }
  });

  it('never cuts a mention in two, however many there are', () => {
    const mentions = Array.from({ length: 600 }, (_, at) => ({ person: `p${at}`, name: `人${at}` }));
    const ids = new Map(mentions.map(({ person }) => [person, `${person}@example`]));
    const messages = webhookMessages(
      reply.card('题', { blocks: [{ kind: 'section', text: '节', mentions }] }),
      ids,
      false,
    );
    const contents = messages.map((message) => (message.msgtype === 'markdown' ? message.markdown.content : ''));
    expect(contents.length).toBeGreaterThan(1);
    expect(contents.flatMap((content) => content.match(/<@p\d+@example>/gu) ?? [])).toHaveLength(600);
  });
});

describe('the robot of a group', () => {
  it('waits three seconds between two parts', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `第${at}行 城区内涝点整治`);
    expect(await send(reply.text(lines.join('\n')))).toMatchObject({ kind: 'sent' });
    expect(rig.simulator.shown.length).toBeGreaterThan(2);
    expect(rig.pauses).toEqual(rig.simulator.shown.slice(1).map(() => 3000));
    expect(rig.adapter.limitsFor?.(rig.group)).toMatchObject({ spacingMs: 3000, sendsPerMinute: 20, keyHonouredMs: 0 });
  });

  it.each(['lost-answer', 'hang'] as const)('is not asked twice after %s', async (kind) => {
    rig.simulator.trouble({ kind });
    expect(await send(digest)).toMatchObject({ kind: 'unknown' });
  });

  it('that nobody listens to is tried again, since nothing can have arrived', async () => {
    const { webhook } = rig.simulator;
    await rig.simulator.close();
    expect(await send(digest, 'k', webhook)).toMatchObject({ kind: 'retry', arrived: 'no' });
  });

  it.each([
    'https://evil.example/cgi-bin/webhook/send?key=1',
    'http://127.0.0.1:1/cgi-bin/webhook/send?key=1',
    'not a URL',
    '/cgi-bin/webhook/send?key=1',
  ])('at %s is refused', async (webhook) => {
    expect(await send(digest, 'k', webhook)).toMatchObject({ kind: 'refused', target: 'gone' });
    expect(rig.simulator.shown).toEqual([]);
  });

  it('is missing', async () => {
    const target = { ...rig.group, webhook: null };
    expect(await rig.adapter.send(target, { key: 'k', reply: digest, userIds })).toMatchObject({
      kind: 'refused',
      target: 'gone',
    });
    // A late answer to somebody says nothing about the group.
    const late = { ...target, route: { by: 'response-url', url: rig.simulator.url, until: 0 } };
    const sent = await rig.adapter.send(late, { key: 'k', reply: digest, userIds });
    expect(sent).toMatchObject({ kind: 'refused' });
    expect(sent).not.toHaveProperty('target');
  });
});

describe('an error code', () => {
  it.each([
    [-1, { kind: 'retry', arrived: 'no' }],
    [6000, { kind: 'retry', arrived: 'no' }],
    [45009, { kind: 'retry', afterMs: 60_000 }],
    [45033, { kind: 'retry', afterMs: 60_000 }],
    [42001, { kind: 'retry' }],
    [93000, { kind: 'refused', target: 'gone' }],
    [86008, { kind: 'refused', target: 'gone' }],
    [81013, { kind: 'refused', target: 'gone' }],
    [40058, { kind: 'refused' }],
    [60020, { kind: 'refused' }],
    [93004, { kind: 'refused' }],
    [99999, { kind: 'refused' }],
  ])('%i is %j', (code, sent) => {
    expect(sentFor(code, 'error, hint: [1], from ip: 203.0.113.7, more info')).toMatchObject(sent);
  });

  it('tells the hint and not our address', () => {
    const { why } = sentFor(40058, 'bad, hint: [17], from ip: 203.0.113.7, more info') as { why: string };
    expect(why).toBe('企业微信返回40058：bad, hint: [17]');
  });

  it.each([60140, 846605, 846608])('%i sends it another way', (code) => expect(kindOf(code)).toBe('route'));
});
