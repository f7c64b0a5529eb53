import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { eventually } from '../../support/eventually.js';
import { aJpg } from '../../support/evidence-files.js';
import type { Shown } from '../contract.js';
import { Office } from './office.js';
import { patience, type Said, type Site } from './site.js';

const newPlan = [
  '芮城县人民政府办公室关于印发《芮城县2024年消防安全工作方案》的通知',
  '各乡镇人民政府：',
  '《芮城县2024年消防安全工作方案》已经县政府同意，现印发给你们。',
  '芮城县人民政府办公室',
  '2024年2月5日',
  '芮城县2024年消防安全工作方案',
  '一、主要任务',
  '1．整治高层建筑。6月底前完成高层建筑消防设施检测。（县消防救援大队牵头，县住建局配合）',
].join('\n');
const note = '五个建制镇污水处理设施已投运';
const report: Said = { who: 'liaison', text: `/done 水-7 ${note}`, id: 'report-1' };
const history: Said = { who: 'member', text: '/history 水-7' };
/** Longer than what was being sent stays with a program that has died, shorter than any key is known. */
const afterDeath = { laterMs: 150_000 };
const inOrder = { concurrent: false, timeout: 180_000 };

/** What the product promises on a platform, through the whole server: one ledger, one story, told in order. */
export function serverContract(name: string, makeSite: () => Promise<Site>): void {
  describe.concurrent(name, () => {
    let site: Site;
    let office: Office;

    beforeAll(async () => {
      site = await makeSite();
      office = await Office.found(site);
      await office.open('2023-09-25T10:00:00+08:00');
    });
    afterAll(async () => {
      await office?.close();
      await site?.close();
    });

    const soon = (check: () => void) => eventually(check, patience);
    const words = ({ text }: Shown) => text.replace(/ +$/gmu, '');
    const from = (count: number) => site.shown().slice(count);
    /** Says it and returns what people see because of it. */
    const ask = async (said: Said): Promise<string> => {
      const before = site.shown().length;
      await site.tell(said);
      await soon(() => expect(from(before)).not.toEqual([]));
      return from(before).map(words).join('\n');
    };
    /** Says it and waits until people see all of this because of it, in whichever order. */
    const sees = async (said: Said, ...expected: string[]) => {
      const before = site.shown().length;
      await site.tell(said);
      await soon(() => {
        const shown = from(before).map(words).join('\n');
        for (const text of expected) expect(shown).toContain(text);
      });
    };
    const reports = async () => (await ask(history)).match(new RegExp(note, 'gu'))?.length ?? 0;
    const claims = (of: string) => office.look('select count(*) from inbound where message_id like ?', `${of}-%`);
    const owed = () => office.look("select count(*) from deliveries where state = 'pending'");

    it('binds the first administrator and the group by codes, each once', inOrder, async () => {
      const [, alone = ''] = /单独发给机器人：(\/bind \w{8})/.exec(await office.run('admin-code')) ?? [];
      const administrator = { who: 'administrator', private: true } as const;
      expect(await ask({ ...administrator, text: alone, id: 'bind-1' })).toContain('你现在是管理员。');
      const offered = await ask({ ...administrator, text: '/bind' });
      const here: Said = { who: 'administrator', text: /\/bind \w{8}/.exec(offered)?.[0] ?? offered, id: 'bind-2' };
      expect(await ask(here)).toContain('本群已绑定全部计划。每周一9:00发周报');
      const before = site.shown().length;
      await site.tell({ ...administrator, text: alone, id: 'bind-1' });
      await site.tell(here);
      expect(await ask({ who: 'member', text: '/help' })).toContain('/who');
      expect(from(before)).toHaveLength(1);
      await sees(
        { who: 'liaison', text: '/join 县住建局' },
        '已登记第1号申请',
        `${site.called('liaison')}申请当县住建局联络员（第1号）`,
      );
      await sees({ ...administrator, text: '/join 同意 1' }, '现在是县住建局联络员', '你现在是县住建局联络员');
      const { platform, webhook, group } = site;
      const account = `${platform}:${site.userId('office')}`;
      await Promise.all([
        office.run('person', 'add', '督查室', '--role', 'supervisor', '--account', account),
        webhook && office.run('group', 'add', platform, group, '--webhook', webhook),
      ]);
    });

    it('asks and reports as the first page says', inOrder, async () => {
      expect((await ask({ who: 'member', text: '水-7谁牵头' })).split('\n')).toEqual([
        '水-7 城镇生活污水处理设施及管网建设',
        '牵头：县住建局',
        '文件未写时限。',
        `联络员：${site.called('liaison')}`,
      ]);
      const said = await ask(report);
      expect(said).toContain('已记：水-7 城镇生活污水处理设施及管网建设，县住建局报办结（待核查）');
      expect(said).toContain('完成风陵渡镇污水收集管网建设。已按所报记录，供核查时对照。');
      const before = site.shown().length;
      await site.tell({ who: 'liaison', text: '收到' });
      expect(await ask({ who: 'liaison', private: true, text: '我的' })).toContain('县住建局待办14项');
      expect(from(before)).toHaveLength(1);
    });

    it('has one effect and one answer for what is told three times', inOrder, async () => {
      const before = site.shown().length;
      await Promise.all([site.tell(report), site.tell(report)]);
      expect(await reports()).toBe(1);
      expect(from(before)).toHaveLength(1);
    });

    it('takes a button for the words it stands for, once however often it is told', inOrder, async () => {
      const asked = await ask({ who: 'liaison', text: '水-7 进展 60% 管网过半' });
      expect(asked).toContain('请核对，无误请回“是”：');
      const before = site.shown().length;
      await site.press('liaison', 'click-1');
      await site.press('liaison', 'click-1');
      await soon(() => expect(from(before)).not.toEqual([]));
      expect((await ask(history)).match(/管网过半/gu)).toHaveLength(1);
      expect(from(before).map(words)).toEqual([
        expect.stringContaining('已记：水-7'),
        expect.stringContaining(`县住建局（${site.called('liaison')}）`),
      ]);
    });

    it(
      'asks for the words that a button needs, and writes them once although all is told three times',
      inOrder,
      async () => {
        const start = site.shown().length;
        await site.tell({ who: 'office', private: true, text: '/assign 县住建局 明天 排查雨污混接' });
        await soon(() => expect(from(start)).toHaveLength(2));
        const notice = from(start).find(({ text }) => text.startsWith('【交办】'));
        expect(notice?.chat).toBe(site.oneToOne('liaison'));
        const pressed = site.shown().length;
        for (const _ of [1, 2, 3]) await site.press('liaison', 'click-2', '办结');
        await soon(() => expect(from(pressed)).not.toEqual([]));
        const found: Said = { who: 'liaison', private: true, text: '查清混接点12处，已全部改接', id: 'words-1' };
        const written = await ask(found);
        expect(written).toContain('已记：临-1 排查雨污混接，县住建局报办结（待核查）');
        await site.tell(found);
        await site.tell(found);
        expect((await ask({ who: 'member', text: '/history 临-1' })).match(/混接点12处/gu)).toHaveLength(1);
        expect(from(pressed).map((one) => words(one).split('\n')[0])).toEqual([
          '临-1 排查雨污混接：请回复本条消息写明办结情况。',
          expect.stringMatching(/^已记：临-1/),
          expect.stringMatching(/^临-1/),
        ]);
      },
    );

    it('takes what quotes its question in the group for the words', inOrder, async () => {
      expect(await ask({ who: 'liaison', text: '/done 水-5' })).toContain('请回复本条消息写明办结情况。');
      // By then it is written down which message that was.
      await soon(() => expect(owed()).toBe(0));
      const found: Said = { who: 'liaison', text: '调节池已改造并调试完毕', id: 'words-2', quotes: true };
      expect(await ask(found)).toContain('已记：水-5');
      await Promise.all([site.tell(found), site.tell(found)]);
      expect((await ask({ who: 'member', text: '/history 水-5' })).match(/已改造并调试/gu)).toHaveLength(1);
    });

    it('imports the file that one person drops when a second confirms', inOrder, async () => {
      const file = { name: '消防方案.txt', content: newPlan };
      expect(await ask({ who: 'administrator', private: true, file })).toContain('第1号导入《消防方案.txt》');
      expect(await ask({ who: 'office', private: true, text: '确认导入 1' })).toContain('已入账');
      expect(await ask({ who: 'member', text: '2024消-1谁牵头' })).toContain('牵头：县消防救援大队');
    });

    it('keeps the picture that comes with a report, once however often it is told', inOrder, async () => {
      const picture = aJpg(name);
      const fetchesBefore = site.fetches();
      const told: Said = { who: 'liaison', text: '/progress 水-7 70% 管网铺设过半', id: 'photo-1', picture };
      const said = await ask(told);
      expect(said).toContain('已记：水-7');
      expect(said).toContain('附1张图片，没取到会再告诉你。');
      const attached = () => office.look('select count(*) from evidence where report is not null');
      await soon(() => expect(attached()).toBe(1));
      const before = site.shown().length;
      await Promise.all([site.tell(told), site.tell(told)]);
      const shown = (await ask(history)).split('\n').filter((line) => line.includes('管网铺设过半'));
      expect(shown).toEqual([expect.stringMatching(/附1张图片$/u)]);
      expect([attached(), site.fetches() - fetchesBefore, from(before).length]).toEqual([1, 1, 1]);
      expect(office.look('select count(*) from awaited_files')).toBe(0);
      expect(await office.evidence()).toEqual([picture]);
    });

    it('is heard once whatever becomes of the sending', inOrder, async () => {
      const before = site.shown().length;
      const { sends, seen } = site.stumble();
      const asking = (['liaison', 'office', 'administrator', 'liaison'] as const).slice(0, sends);
      for (const [at, who] of asking.entries()) {
        await site.tell({ who, private: true, text: `/who 水-${at + 1}`, id: `stumble-${at}` });
      }
      await soon(() => expect(claims('stumble')).toBe(sends));
      await soon(() => expect(owed()).toBe(0));
      const answers = from(before).map((one) => words(one).split(' ')[0]);
      expect(new Set(answers).size).toBe(answers.length);
      expect(answers).toHaveLength(seen);
    });

    it(
      'acknowledges sixteen at once while every send hangs, and answers each once after kill -9',
      inOrder,
      async () => {
        const before = site.shown().length;
        const endedBefore = site.givenUp();
        site.fallSilent();
        const burst = Array.from({ length: 16 }, (_, at) => `/who 气-${at + 1}`);
        const ended: number[] = [];
        const tell = async (said: Said) => {
          await site.tell(said);
          ended.push(site.givenUp() - endedBefore);
        };
        await Promise.all(burst.map((text, at) => tell({ who: 'liaison', private: true, text, id: `burst-${at}` })));
        await soon(() => expect(claims('burst')).toBe(16));
        // Sends that hang are given up after ten seconds: none had ended before the first was acknowledged.
        expect(ended[0]).toBe(0);
        const answers = () => {
          const begun = from(before).map((one) => words(one).split(' ')[0] ?? '');
          return begun.filter((code) => code.startsWith('气-')).sort();
        };
        await soon(() => expect(answers()).not.toEqual([]));
        const endedSoFar = site.givenUp();
        await site.tell({ who: 'member', elsewhere: true, text: '/help' });
        expect(site.givenUp()).toBe(endedSoFar);
        expect(office.look("select count(*) from deliveries where key like '% burst-%' and state = 'sent'")).toBe(0);
        await office.cut();
        site.recover();
        await office.open(afterDeath);
        await soon(() => expect(answers()).toHaveLength(16));
        await soon(() => expect(owed()).toBe(0));
        expect(answers()).toEqual(burst.map((text) => text.slice('/who '.length)).sort());
      },
    );

    it('knows what it was told before the kill -9', inOrder, async () => {
      const before = site.shown().length;
      await site.tell(report);
      expect(await reports()).toBe(1);
      expect(from(before)).toHaveLength(1);
    });

    it(
      'posts the digest at its minute, ringing whom it names, and once although it is killed then',
      inOrder,
      async () => {
        expect(await ask({ who: 'member', text: '/digest 预览' })).toContain('督办周报');
        expect(await ask({ who: 'office', text: '/digest 周二 10:00' })).toContain('每周二 10:00发');
        await office.cut();
        await office.open('2023-10-24T09:59:55+08:00');
        const before = site.shown().length;
        site.fallSilent();
        const digests = () => from(before).filter(({ text }) => text.startsWith('督办周报'));
        await soon(() => expect(digests()).toHaveLength(1));
        expect(digests()[0]).toMatchObject({ chat: site.group, mentions: [site.userId('liaison')] });
        expect(words(digests()[0] as Shown)).toContain('督办周报 10月24日（周二）');
        await office.cut();
        site.recover();
        await office.open(afterDeath);
        await soon(() => expect(owed()).toBe(0));
        const fate = office.look("select state from deliveries where kind = 'digest' order by sequence desc");
        expect(fate).toBe(site.digestKeyed ? 'sent' : 'unknown');
        const told = from(before).filter(({ chat }) => chat === site.oneToOne('administrator'));
        expect(told.map(words)).toEqual(
          site.digestKeyed ? [] : [expect.stringContaining('的周报不知道有没有发到：发送途中程序中断')],
        );
        expect(await ask({ who: 'member', text: '/digest' })).toContain(
          site.digestKeyed ? '本周的已发' : '本周的不知道有没有发到',
        );
        expect(digests()).toHaveLength(1);
      },
    );

    it('knows what it was told 29 days before', inOrder, async () => {
      const before = site.shown().length;
      await site.tell(report);
      expect(await reports()).toBe(1);
      expect(from(before)).toHaveLength(1);
    });

    it('writes neither secrets nor what people said into its log', inOrder, async () => {
      const written = office.written();
      expect(written).toContain('督办已就绪');
      for (const secret of [...site.secrets, note, '管网过半', '混接点12处', '已改造并调试'])
        expect(written).not.toContain(secret);
    });
  });
}
