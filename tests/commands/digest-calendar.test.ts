import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type TestBot, testBot } from '../support/test-bot.js';

const address = 'https://duban.example.gov.cn';
const ecology = '市生态环境局芮城分局联络员';

let bot: TestBot;
beforeEach(async () => {
  bot = await testBot({ address });
});
afterEach(() => bot.stop());

const alone = (text: string, user = ecology) => bot.say(text, user, { private: true });

async function linkOf(user = ecology): Promise<string> {
  const said = await alone('/digest 日历 开', user);
  return said.split('\n').find((line) => line.startsWith(address)) ?? `no link in ${said}`;
}

/** The lines of a calendar as RFC 5545 has them, put together again where they were folded. */
function linesOf(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n');
}

describe('/digest 日历', () => {
  it('is off by default', async () => {
    expect(await alone('/digest 日历')).toBe(
      '时限日历：没有开。要把本单位的时限订到手机或电脑日历里，发“/digest 日历 开”。',
    );
    expect(await alone('/digest 日历 关')).toBe('时限日历本来就没有开。');
  });

  it('gives the link to its owner alone, once', async () => {
    expect(await bot.say('/digest 日历 开', ecology)).toBe(
      '日历链接只给本人，谁拿到都能看。请单聊我发“/digest 日历 开”。',
    );
    expect(await linkOf()).toMatch(/^https:\/\/duban\.example\.gov\.cn\/calendar\/ruicheng\/[\w-]{43}\.ics$/u);
    expect(await alone('/digest 日历')).toBe(
      '市生态环境局芮城分局的时限日历：开着，链接到2024年9月25日有效。\n' +
        '链接只在开的时候给一次。换一个发“/digest 日历 换”，停用发“/digest 日历 关”。',
    );
  });

  it('is a calendar of what the unit owes, each day once', async () => {
    const answer = await bot.open(await linkOf());
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = await answer.text();
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    const lines = linesOf(text);
    expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
    expect(lines[lines.indexOf('BEGIN:VEVENT') - 1]).toBe('X-WR-TIMEZONE:Asia/Shanghai');
    expect(lines.at(-1)).toBe('END:VCALENDAR');
    expect(lines).toContain('X-WR-CALNAME:市生态环境局芮城分局督办时限');
    const uids = lines.filter((line) => line.startsWith('UID:'));
    expect(new Set(uids).size).toBe(uids.length);
    expect(lines.filter((line) => line === 'DTSTAMP:20230925T010000Z')).toHaveLength(uids.length);
    const at = lines.indexOf('SUMMARY:气-3 工业企业污染防治深度治理');
    const event = lines.slice(lines.lastIndexOf('BEGIN:VEVENT', at), lines.indexOf('END:VEVENT', at));
    expect(event).toContain('DTSTART;VALUE=DATE:20230930');
    expect(event).toContain('DTEND;VALUE=DATE:20231001');
    expect(event.find((line) => line.startsWith('DESCRIPTION:'))).toBe(
      'DESCRIPTION:时限：2023年9月底前，9月30日（周六，国庆假期），节前最后工作日28日（周四）\\n' +
        '同日：气附-3、气附-6\\n台账：气-3 未报；气附-3 未报；气附-6 未报\\n以台账收到的报告为准。',
    );
    // What it supports or has no day, and what lies before the start date.
    expect(text).not.toContain('SUMMARY:水-7');
    expect(lines.filter((line) => /^DTSTART;VALUE=DATE:20230[1-8]/u.test(line))).toEqual([]);
  });

  it('keeps the name of each day, and follows what is reported', async () => {
    const url = await linkOf();
    const uidsOf = async () => linesOf(await (await bot.open(url)).text()).filter((line) => line.startsWith('UID:'));
    const before = await uidsOf();
    await alone('/done 气-7 5家供热企业检修全部完成');
    expect(await uidsOf()).toEqual(before);
    expect(linesOf(await (await bot.open(url)).text())).toContainEqual(
      expect.stringMatching(/^SUMMARY:气-7 .*（已报）$/u),
    );
  });

  it('opens nothing once it was taken back, changed or has expired', async () => {
    const first = await linkOf();
    const second = await linkOf();
    expect(second).not.toBe(first);
    expect((await bot.open(first)).status).toBe(404);
    expect((await bot.open(second)).status).toBe(200);
    expect(await alone('/digest 日历 关')).toBe('时限日历已停用，原来的链接打不开了。');
    expect((await bot.open(second)).status).toBe(404);
    const third = await linkOf();
    await bot.at('2024-09-25T00:00:00+08:00');
    expect((await bot.open(third)).status).toBe(404);
    expect(await alone('/digest 日历')).toContain('没有开');
  });

  it('opens nothing once its owner has left', async () => {
    const url = await linkOf();
    await bot.say(`/people ${ecology} 离任`, '管理员', { private: true });
    await alone('是', '管理员');
    expect((await bot.open(url)).status).toBe(404);
  });

  it('looks like any other address where the link is wrong', async () => {
    const url = await linkOf();
    const wrong = await bot.open(`${url.slice(0, -5)}x.ics`);
    const none = await bot.open('https://duban.example.gov.cn/nothing');
    expect([wrong.status, await wrong.text()]).toEqual([none.status, await none.text()]);
    const other = await bot.open(url.replace('/ruicheng/', '/elsewhere/'));
    expect(other.status).toBe(404);
  });

  it('is in no log, not even where reading fails', async () => {
    const url = await linkOf();
    await bot.open(url);
    await bot.stop();
    expect((await bot.open(url)).status).toBe(500);
    const token = url.slice(url.lastIndexOf('/') + 1, -'.ics'.length);
    expect(bot.logged.join('\n')).toContain('request failed');
    expect(bot.logged.join('\n')).not.toContain(token);
    bot = await testBot({ address });
  });

  it('says what to set where nobody has said how the server is reached', async () => {
    await bot.stop();
    bot = await testBot();
    expect(await alone('/digest 日历 开')).toBe(
      '还没有设置本系统的访问地址，日历链接开不了。请管理员设置 DUBAN_URL 后重新启动。',
    );
  });

  it('is for whoever has a unit', async () => {
    expect(await alone('/digest 日历 开', '成员')).toContain('发“/join 单位名”申请当联络员');
  });
});
