import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type IncomingMessage, type Mention, plainText, type Reply, reply } from '../../src/chat/message.js';
import type { Delivery, Inbound, PlatformAdapter, Target } from '../../src/platforms/adapter.js';
import { aFile } from './a-file.js';
import { fetchedText } from './fetch-file.js';

/** What somebody does in a chat of the simulated platform. Where nothing is said, it is in the group and to the bot. */
export interface Said {
  text?: string;
  /** The same id again is a resend, wrapped anew by the platform. */
  id?: string;
  /** Mentions a colleague of this name after the text. */
  colleague?: string;
  private?: boolean;
  file?: { name: string; content: Uint8Array };
  /** The `send` of a button that is pressed. */
  button?: string;
}

/** How the platform treats the next call that sends something. */
export type Trouble =
  /** None: for the call before the one that fails. */
  | { kind: 'none' }
  | { kind: 'rate-limited'; afterMs: number }
  | { kind: 'token-expired' }
  | { kind: 'server-error' }
  | { kind: 'hang' }
  /** It is posted, but the line is cut before the answer. */
  | { kind: 'lost-answer' }
  /** It is posted, but no answer ever comes. */
  | { kind: 'no-answer' }
  /** The chat is gone, or the bot is no longer in it. */
  | { kind: 'gone' };

/** What becomes of the download of what people sent. */
export type Spoiled = 'hangs' | 'redirects';

/** How the platform treats the next upload of a file. */
export type UploadTrouble = {
  kind: 'none' | 'token-expired' | 'server-error' | 'hang' | 'lost-answer' | 'too-large';
};

/** A file as people see it: the name it is shown under, and what is in it when it is opened. */
export interface ShownFile {
  chat: string;
  name: string;
  content: Buffer;
}

/** One message as people see it: markup read by the simulator's own reader, not by the adapter's code. */
export interface Shown {
  chat: string;
  /** All words, title included; markup taken away. */
  text: string;
  /** The platform's user ids that were really notified, `all` for everybody. */
  mentions: string[];
  links: string[];
  /** Words that show bold, struck, as heading, code or the like. */
  formatted: string[];
  buttons: { label: string; send: string }[];
  /** Of what the platform limits, as sent. */
  bytes: number;
  /** The message of a person that this one answers, where the platform shows it. */
  answers: string | null;
}

export interface Rig {
  adapter: PlatformAdapter;
  account: string;
  group: Target;
  /** One to one; `null` where the bot cannot speak first. */
  person: Target | null;
  /** The platform's id of the person who speaks, and of somebody who can be mentioned. */
  speaker: string;
  colleague: string;
  /** What arrives at the bot's address; `null` where the platform has no such thing. */
  event(said: Said): Promise<Request | null>;
  /** An event of another app or robot, with a signature that is right; `null` where the platform's signature excludes it. */
  foreign(): Promise<Request | null>;
  /** What the bot itself said, echoed by the platform. */
  own(): Promise<Request | null>;
  /** A message of a kind that the bot does not read, as a sticker. */
  unsupported(): Promise<Request | null>;
  /** One byte of the signed part is another. */
  tampered(): Promise<Request>;
  /** Without any signature. */
  unsigned(): Promise<Request>;
  /** The same content in the clear, as before encryption was switched on; `null` where nothing is encrypted. */
  plaintext(): Promise<Request | null>;
  /** Well signed, but not what the platform sends. */
  garbage(): Promise<Request>;
  /** Signed long ago; `null` where the platform resends for hours and nothing is ever stale. */
  stale(): Promise<Request | null>;
  /** The next calls that send, in this order; afterwards all is well again. */
  trouble(...next: Trouble[]): void;
  /** The same for the next uploads. */
  uploadTrouble(...next: UploadTrouble[]): void;
  /** The platform keeps no upload for ever. */
  forgetUploads(): void;
  /** What people see, oldest first. */
  shown(): Shown[];
  files(): ShownFile[];
  /** How often a token was asked for. */
  tokensAsked(): number;
  /** What the adapter logged, and what must not be in there. */
  logged(): string;
  secrets: string[];
  close(): Promise<void>;
}

const hostile = [
  '<at user_id="all">所有人</at> <at id=all></at> <@all> @all @所有人',
  '**粗** __体__ ~~删~~ `码` # 题',
  '[点我](https://evil.example) ![图](https://evil.example/x.png) <https://evil.example>',
  '# 标题',
  '> 引用',
  '- 表',
  '1. 号',
  '| 一 | 二 |',
  '<font color="warning">红</font> <b>粗</b> &lt;at id=all&gt; &#60;at id=all&#62; \\*星\\*',
];

/** Words as they are read: no spaces, full and half width alike. */
const bare = (text: string) => text.normalize('NFKC').replace(/[\s\u200b-\u200d\u2060\ufeff]+/gu, '');

/** The cases that every platform must pass. What a platform does not have (`null`) is left out. */
export function adapterContract(name: string, make: () => Promise<Rig>): void {
  describe(`${name} as a platform among others`, () => {
    let rig: Rig;
    let serial = 0;

    beforeEach(async () => {
      rig = await make();
    });
    afterEach(async () => {
      const logged = rig.logged();
      await rig.close();
      for (const secret of rig.secrets) expect(logged).not.toContain(secret);
    });

    const hear = async (request: Request | null) => (request === null ? null : rig.adapter.receive(request));
    const heard = (inbound: Inbound | null): IncomingMessage => {
      if (inbound?.kind !== 'message') throw new Error(`heard no message but ${JSON.stringify(inbound)}`);
      return inbound.message;
    };
    const delivery = (said: Reply, mentioned: Record<string, string> = {}): Delivery => {
      serial += 1;
      return {
        key: `reply ${name} 应用 ${serial} ${'k'.repeat(200)}`,
        reply: said,
        userIds: new Map(Object.entries(mentioned)),
      };
    };
    const send = (one: Delivery, target = rig.group) => rig.adapter.send(target, one);
    const keyed = () => rig.adapter.limits.keyHonouredMs > 0;
    const shownText = () => rig.shown().map(({ text }) => text);

    describe('hears', () => {
      it('what a member says to the bot in the group, without its mention', async () => {
        const message = heard(await hear(await rig.event({ text: '查询 水-7', id: 'm1', colleague: '张三' })));
        expect(message).toMatchObject({
          platform: rig.adapter.name,
          account: rig.account,
          chat: { id: rig.group.chatId, private: false },
          sender: rig.speaker,
          addressed: true,
        });
        expect(message.text.trim()).toBe('查询 水-7 @张三');
      });

      it('what a person says one to one', async () => {
        const inbound = await hear(await rig.event({ text: '我的', private: true }));
        if (inbound === null) return;
        expect(heard(inbound)).toMatchObject({ sender: rig.speaker, text: '我的', addressed: true });
        expect(heard(inbound).chat.private).toBe(true);
      });

      it('a resent message under the same id', async () => {
        const [first, again] = [await rig.event({ id: 'm1' }), await rig.event({ id: 'm1' })];
        const other = await rig.event({ id: 'm2' });
        const ids = [first, again, other].map(async (request) => heard(await hear(request)).id);
        const [one, two, three] = await Promise.all(ids);
        expect(one).toBe(two);
        expect(one).not.toBe(three);
      });

      it('a file, and gets its content', async () => {
        const content = new TextEncoder().encode('水环境质量改善计划');
        const inbound = await hear(await rig.event({ file: { name: '2024年方案.txt', content }, private: true }));
        if (inbound === null) return;
        const [name, text] = await fetchedText(rig.adapter, heard(inbound));
        expect([name, text]).toEqual(['2024年方案.txt', '水环境质量改善计划']);
      });

      it('a pressed button as the words it stands for', async () => {
        const inbound = await hear(await rig.event({ button: '/task 水-7', id: 'c1' }));
        if (inbound === null) return;
        expect(heard(inbound)).toMatchObject({
          text: '/task 水-7',
          sender: rig.speaker,
          addressed: true,
          chat: { id: rig.group.chatId, private: false },
        });
      });

      it('and acknowledges what it heard', async () => {
        const inbound = await hear(await rig.event({ text: '查询' }));
        if (inbound?.kind !== 'message') throw new Error('no message');
        expect((await inbound.answer([])).status).toBe(200);
      });
    });

    describe('refuses', () => {
      const refused = async (request: Request | null, ...why: string[]) => {
        const inbound = await hear(request);
        if (inbound === null) return;
        expect(inbound).toMatchObject({ kind: 'rejected' });
        if (inbound.kind !== 'rejected') return;
        expect(why).toContain(inbound.why);
        expect(inbound.response.status).toBeGreaterThanOrEqual(400);
        expect(inbound.response.status).toBeLessThan(500);
        expect(rig.logged()).not.toBe('');
      };

      it('a tampered event', async () => refused(await rig.tampered(), 'signature'));
      it('an event without a signature', async () => refused(await rig.unsigned(), 'signature'));
      it('plain text where encryption is set', async () => refused(await rig.plaintext(), 'signature', 'malformed'));
      it('an event of another app', async () => refused(await rig.foreign(), 'foreign', 'signature'));
      it('an event signed long ago', async () => refused(await rig.stale(), 'stale'));
      it('what is signed but makes no sense', async () => refused(await rig.garbage(), 'malformed', 'signature'));
      it('a body without end', async () =>
        refused(
          new Request('http://127.0.0.1/', { method: 'POST', body: 'x'.repeat(3_000_000) }),
          'malformed',
          'signature',
        ));
    });

    it.each(['own', 'unsupported'] as const)('ignores and acknowledges its %s message', async (what) => {
      const inbound = await hear(await rig[what]());
      if (inbound === null) return;
      expect(inbound.kind).toBe('ignored');
      if (inbound.kind === 'ignored') expect(inbound.response.status).toBe(200);
    });

    describe('says', () => {
      const mentions: Mention[] = [{ person: 'p1', name: '李四' }];
      const replies: Record<string, Reply> = {
        text: reply.text('已记：水-7', '记错了发“/undo”。'),
        refusal: reply.refusal('没有找到任务 水-99。'),
        question: reply.question('请核对，无误请回“是”：', [{ label: '是', send: '是' }]),
        card: reply.card('水-7 城区内涝点整治', {
          fields: [{ label: '责任单位', value: '市水务局' }],
          blocks: [
            { kind: 'lead', text: '两项到期' },
            { kind: 'section', text: '县住建局', mentions },
            { kind: 'items', items: ['水-7 九月底前', '水-8 十月底前'] },
            { kind: 'line', text: '其余不变' },
            { kind: 'note', text: '以台账为准' },
          ],
          buttons: [{ label: '看水-7', send: '/task 水-7' }],
        }),
        table: reply.table(
          '到期',
          ['编号', '单位'],
          [
            ['水-7', '县住建局'],
            ['水-8', '县水利局'],
          ],
          '共2项',
        ),
      };

      it.each(Object.keys(replies))('every word of a %s', async (kind) => {
        const said = replies[kind] as Reply;
        expect(await send(delivery(said, { p1: rig.colleague }))).toMatchObject({ kind: 'sent' });
        const [shown, ...more] = rig.shown();
        expect(more).toEqual([]);
        expect(shown?.chat).toBe(rig.group.chatId);
        for (const word of plainText(said).split(/[\n｜]|@李四/u))
          expect(bare(shown?.text ?? '')).toContain(bare(word));
      });

      it('buttons that come back, or what to type instead', async () => {
        await send(delivery(replies.card as Reply));
        const [shown] = rig.shown();
        if (rig.adapter.abilities.has('button')) {
          expect(shown?.buttons).toEqual([{ label: '看水-7', send: '/task 水-7' }]);
        } else {
          expect(shown?.text).toContain('/task 水-7');
        }
      });

      it('a mention that notifies whom the platform knows, and the name of whom it does not', async () => {
        await send(delivery(replies.card as Reply, { p1: rig.colleague }));
        await send(delivery(replies.card as Reply));
        const [known, unknown] = rig.shown();
        if (rig.adapter.abilities.has('mention')) expect(known?.mentions).toEqual([rig.colleague]);
        expect(unknown?.mentions).toEqual([]);
        expect(unknown?.text).toContain('李四');
      });

      it.each(hostile)('%s of a person as these very words', async (words) => {
        const block = { title: words, fields: [{ label: words, value: words }] };
        const forms: Reply[] = [
          reply.text(words),
          reply.text(`已记：${words}`),
          reply.question(words, [{ label: '是', send: '是' }]),
          reply.card(block.title, {
            fields: block.fields,
            blocks: [
              { kind: 'lead', text: words },
              { kind: 'section', text: words, mentions: [{ person: 'p9', name: words }] },
              { kind: 'items', items: [words] },
              { kind: 'line', text: words },
              { kind: 'note', text: words },
            ],
          }),
          reply.table(words, [words], [[words]], words),
        ];
        for (const said of forms) expect(await send(delivery(said))).toMatchObject({ kind: 'sent' });
        for (const shown of rig.shown()) {
          expect(shown.mentions).toEqual([]);
          expect(shown.links).toEqual([]);
          expect(
            shown.formatted.filter((part) => ['粗', '体', '删', '码', '题', '标题', '引用', '红'].includes(part)),
          ).toEqual([]);
          expect(bare(shown.text)).toContain(bare(words));
        }
      });

      it('a long reply in parts, with nothing lost and no character broken', async () => {
        const { textBytes } = rig.adapter.limits;
        const lines = Array.from(
          { length: Math.ceil(textBytes / 30) },
          (_, at) => `${at} 👨‍👩‍👧城区内涝点整治<县住建局>*`,
        );
        const text = lines.join('\n');
        expect(await send(delivery(reply.text(text)))).toMatchObject({ kind: 'sent' });
        expect(rig.shown().length).toBeGreaterThan(1);
        for (const shown of rig.shown()) expect(shown.bytes).toBeLessThanOrEqual(textBytes);
        expect(bare(shownText().join(''))).toBe(bare(text));
      });

      it('one line that is longer than a message', async () => {
        const { textBytes } = rig.adapter.limits;
        const text = '鐵👍'.repeat(Math.ceil(textBytes / 5));
        await send(delivery(reply.text(text)));
        for (const shown of rig.shown()) expect(shown.bytes).toBeLessThanOrEqual(textBytes);
        expect(shownText().join('')).toBe(text);
      });

      it('the answer to the very message, and otherwise in its chat', async () => {
        const message = heard(await hear(await rig.event({ text: '查询', id: 'm1' })));
        if (message.answeredBy === 'response') return;
        const target = { ...rig.group, route: JSON.parse(JSON.stringify(message.route)) };
        expect(await send(delivery(reply.text('是这样')), target)).toMatchObject({ kind: 'sent' });
        expect(rig.shown()).toMatchObject([{ chat: rig.group.chatId, text: '是这样' }]);
        for (const secret of rig.secrets) expect(JSON.stringify(message.route)).not.toContain(secret);
      });

      it('something one to one', async () => {
        if (rig.person === null) return;
        expect(await send(delivery(reply.text('请报进展')), rig.person)).toMatchObject({ kind: 'sent' });
        expect(rig.shown()).toMatchObject([{ text: '请报进展' }]);
        expect(rig.shown()[0]?.chat).not.toBe(rig.group.chatId);
      });
    });

    describe('sends a file', () => {
      const content = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 31) % 251));
      let made: number;
      const file = (name = '督办台账 2023-09-25.xlsx', bytes: Uint8Array = content): Delivery => {
        made = 0;
        serial += 1;
        const one = aFile(`reply ${serial} ${'k'.repeat(200)}`, name, bytes);
        return {
          ...one,
          makeFile: async () => {
            made += 1;
            return { kind: 'made', bytes };
          },
        };
      };
      const targets = (): Target[] => [rig.group, ...(rig.person ? [rig.person] : [])];
      const opened = () => rig.files().map(({ name, content: bytes }) => [name, bytes.equals(content)]);
      const arrivedOnce = () => expect(opened()).toEqual([['督办台账 2023-09-25.xlsx', true]]);

      it('and says that it can', () => {
        expect(rig.adapter.abilities.has('file')).toBe(true);
      });

      it.each(['督办台账 2023-09-25.xlsx', '“水”50%+督办台账（县住建局）.xlsx', "县水利局's ‘台账’ 👍.xlsx"])(
        'under the name %s, alone, to the group and one to one',
        async (name) => {
          for (const target of targets()) expect(await send(file(name), target)).toMatchObject({ kind: 'sent' });
          expect(opened()).toEqual(targets().map(() => [name, true]));
          expect(rig.files()[0]?.chat).toBe(rig.group.chatId);
          if (rig.person) expect(rig.files()[1]?.chat).toContain(rig.person.userId);
          expect(rig.shown()).toEqual([]);
        },
      );

      it('and uploads it once, however often its message is put off', async () => {
        const one = file();
        rig.trouble({ kind: 'rate-limited', afterMs: 7_000 }, { kind: 'server-error' });
        expect(await send(one)).toMatchObject({ kind: 'retry' });
        expect(await send(one)).toMatchObject({ kind: 'retry' });
        expect(await send(one)).toMatchObject({ kind: 'sent' });
        arrivedOnce();
        expect(made).toBe(1);
      });

      it('and uploads it again when the platform has forgotten it', async () => {
        const one = file();
        rig.trouble({ kind: 'rate-limited', afterMs: 0 });
        expect(await send(one)).toMatchObject({ kind: 'retry' });
        rig.forgetUploads();
        expect(await send(one)).toMatchObject({ kind: 'sent' });
        arrivedOnce();
        expect(made).toBe(2);
      });

      it('never twice after an answer that was lost', async () => {
        for (const target of targets()) {
          const before = rig.files().length;
          rig.trouble({ kind: 'lost-answer' });
          const one = file();
          const sent = await send(one, target);
          if (sent.kind === 'retry') await send(one, target);
          expect(rig.files()).toHaveLength(before + 1);
        }
      });

      it.each(['server-error', 'lost-answer', 'hang'] as const)(
        'though its upload is answered with %s: nobody has seen anything yet',
        async (kind) => {
          for (const target of targets()) {
            rig.uploadTrouble({ kind });
            const one = file();
            expect(await send(one, target)).toMatchObject({ kind: 'retry', arrived: 'no' });
            expect(await send(one, target)).toMatchObject({ kind: 'sent' });
          }
          expect(opened()).toEqual(targets().map(() => ['督办台账 2023-09-25.xlsx', true]));
        },
      );

      it('though the platform has forgotten the token', async () => {
        rig.uploadTrouble({ kind: 'none' }, { kind: 'token-expired' });
        const target = rig.person ?? rig.group;
        await send(file(), target);
        expect(await send(file(), target)).toMatchObject({ kind: 'sent' });
        expect(rig.files()).toHaveLength(2);
      });

      it('unless it is too large for the platform', async () => {
        rig.uploadTrouble({ kind: 'too-large' });
        const sent = await send(file());
        expect(sent).toMatchObject({ kind: 'refused' });
        expect(sent).not.toMatchObject({ target: 'gone' });
        expect(rig.files()).toEqual([]);
      });

      it('unless the chat is gone', async () => {
        rig.trouble({ kind: 'gone' });
        expect(await send(file())).toMatchObject({ kind: 'refused', target: 'gone' });
        expect(rig.files()).toEqual([]);
      });

      it.each([
        { kind: 'retry', afterMs: 3_000, why: '正在做别的文件', arrived: 'no' },
        { kind: 'refused', why: '文件没有做出来' },
      ] as const)('unless it could not be made: $kind', async (outcome) => {
        expect(await send({ ...file(), makeFile: async () => outcome })).toEqual(outcome);
        expect(rig.files()).toEqual([]);
      });
    });

    describe('when the platform', () => {
      const said = reply.text('督办周报');
      const once = () => expect(shownText()).toEqual(['督办周报']);

      it('limits the rate, waits as long as it says', async () => {
        rig.trouble({ kind: 'rate-limited', afterMs: 7_000 });
        const one = delivery(said);
        const sent = await send(one);
        expect(sent).toMatchObject({ kind: 'retry', arrived: 'no' });
        if (sent.kind === 'retry') expect(sent.afterMs).toBeGreaterThanOrEqual(7_000);
        expect(rig.shown()).toEqual([]);
        expect(await send(one)).toMatchObject({ kind: 'sent' });
        once();
      });

      it('has forgotten the token, gets another and sends', async () => {
        expect(await send(delivery(reply.text('先')))).toMatchObject({ kind: 'sent' });
        const asked = rig.tokensAsked();
        rig.trouble({ kind: 'token-expired' });
        expect(await send(delivery(said))).toMatchObject({ kind: 'sent' });
        if (asked > 0) expect(rig.tokensAsked()).toBe(asked + 1);
        expect(shownText()).toEqual(['先', '督办周报']);
      });

      it('is asked by many at once, gets one token', async () => {
        const sends = Array.from({ length: 5 }, () => send(delivery(said)));
        for (const sent of await Promise.all(sends)) expect(sent).toMatchObject({ kind: 'sent' });
        expect(rig.tokensAsked()).toBeLessThanOrEqual(1);
      });

      it('never takes the token, gives up', async () => {
        await send(delivery(reply.text('先')));
        if (rig.tokensAsked() === 0) return;
        rig.trouble({ kind: 'token-expired' }, { kind: 'token-expired' }, { kind: 'token-expired' });
        const asked = rig.tokensAsked();
        expect(['retry', 'refused']).toContain((await send(delivery(said))).kind);
        expect(rig.tokensAsked() - asked).toBeLessThanOrEqual(1);
      });

      it.each(['server-error', 'hang', 'lost-answer'] as const)(
        'answers with %s, the message arrives once',
        async (kind) => {
          rig.trouble({ kind });
          const one = delivery(said);
          const sent = await send(one);
          if (sent.kind === 'unknown') {
            expect(keyed()).toBe(false);
            return;
          }
          expect(sent).toMatchObject({ kind: 'retry' });
          if (kind === 'lost-answer' && sent.kind === 'retry') {
            expect(sent.arrived).toBe('maybe');
            expect(keyed()).toBe(true);
          }
          expect(await send(one)).toMatchObject({ kind: 'sent' });
          once();
        },
      );

      it('knows the key already, shows nothing twice', async () => {
        if (!keyed()) return;
        const one = delivery(said);
        expect(await send(one)).toMatchObject({ kind: 'sent' });
        expect(await send(one)).toMatchObject({ kind: 'sent' });
        once();
      });

      it('has no such chat any more, says so', async () => {
        rig.trouble({ kind: 'gone' });
        expect(await send(delivery(said))).toMatchObject({ kind: 'refused', target: 'gone' });
        expect(rig.shown()).toEqual([]);
      });

      it('fails between two parts, repeats none that arrived', async () => {
        const { textBytes } = rig.adapter.limits;
        const lines = Array.from({ length: Math.ceil(textBytes / 30) }, (_, at) => `第${at}行 城区内涝点整治`);
        const one = delivery(reply.text(lines.join('\n')));
        rig.trouble({ kind: 'none' }, { kind: 'rate-limited', afterMs: 0 });
        expect(await send(one)).toMatchObject({ kind: 'retry' });
        expect(rig.shown()).toHaveLength(1);
        expect(await send(one)).toMatchObject({ kind: 'sent' });
        const parts = shownText();
        expect(parts.length).toBeGreaterThan(1);
        expect(new Set(parts).size).toBe(parts.length);
        expect(bare(parts.join(''))).toBe(bare(lines.join('\n')));
        expect(await send(one)).toMatchObject({ kind: 'sent' });
        if (keyed()) expect(shownText()).toEqual(parts);
      });
    });
  });
}
