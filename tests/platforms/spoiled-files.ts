import { expect, it } from 'vitest';

import { eventually } from '../support/eventually.js';
import { aScan } from '../support/evidence-files.js';
import type { ShownFile, Spoiled } from './contract.js';

/** A liaison one to one with the bot, right after the report on 水-7. */
export interface Sending {
  /** As the person is told of the platform. */
  platform: string;
  /** Sends a file under a name. */
  send(name: string, content: Buffer): Promise<void>;
  spoil(how: Spoiled): void;
  /** Moves the clock and lets the bot do what is due then. */
  later(ms: number): Promise<void>;
  /** All that the bot has said unasked so far. */
  said(): string[];
  /** How many calls that hung were given up. */
  givenUp(): number;
  say(text: string): Promise<string>;
  files(): ShownFile[];
}

const stands = '水-7 城镇生活污水处理设施及管网建设 的报送没有附材料。';
const gatheredMs = 2_000;

/** What a platform may give out that is no evidence, and what the person hears of it. */
export function spoiledFiles(start: () => Promise<Sending>): void {
  const hears = async (sending: Sending, line: string) => {
    await eventually(() => expect(sending.said().at(-1)?.replace(/ *\n/gu, '\n')).toBe(line));
    expect(await sending.say('/file 水-7')).toContain(stands);
  };

  it('under the name of a picture and no picture is told by its bytes', async () => {
    const sending = await start();
    await sending.send('现场.jpg', Buffer.from('MZ\u0000\u0000'));
    await sending.later(gatheredMs);
    await hears(sending, '“现场.jpg”没有收：只收图片（jpg、png、webp、heic）、PDF 和 Word、Excel 文件。');
  });

  it('too large is not read to its end', async () => {
    const sending = await start();
    await sending.send('现场.pdf', Buffer.alloc(30 * 1024 * 1024));
    await sending.later(gatheredMs);
    await hears(sending, '文件超过20MB，没有收。请压缩或拆开再发。');
  });

  it('sent on to another host is not followed there', async () => {
    const sending = await start();
    sending.spoil('redirects');
    await sending.send('验收单.pdf', Buffer.from(aScan()));
    await sending.later(gatheredMs);
    await hears(sending, `${sending.platform}存文件的地址不在允许之列，没有收。请告诉管理员。`);
  });

  it('that never ends is given up, tried again, and told once', async () => {
    const sending = await start();
    sending.spoil('hangs');
    const before = sending.said().length;
    await sending.send('验收单.pdf', Buffer.from(aScan()));
    for (const [attempt, ms] of [gatheredMs, 6_000, 21_000, 61_000].entries()) {
      await sending.later(ms);
      await eventually(async () => {
        await sending.later(0);
        expect(sending.givenUp()).toBe(attempt + 1);
      });
    }
    await hears(sending, '文件没有取到，请重新发一次。');
    const lines = sending.said().slice(before);
    expect(lines.filter((line) => line.includes('没有取到'))).toHaveLength(1);
    expect(sending.givenUp()).toBe(4);
  });

  it('whose name is a path is kept under a name that is none', async () => {
    const sending = await start();
    const content = Buffer.from(aScan());
    await sending.send('..\\../etc/cron.d/验收单\u202efdp.exe', content);
    await sending.later(gatheredMs);
    await eventually(() =>
      expect(sending.said().at(-1)).toMatch(/^已附到 水-7 刚才的报送（1个文件）。附错了发“\/undo”。/u),
    );
    await sending.say('/file 水-7');
    await eventually(() => expect(sending.files()).toHaveLength(1));
    const [file] = sending.files();
    expect(file?.name).toMatch(/^水-7 材料1 [^/\\\u202e]*验收单 ?fdp\.pdf$/u);
    expect(file?.content).toEqual(content);
  });
}
