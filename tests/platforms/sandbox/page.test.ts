import { readFile } from 'node:fs/promises';

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTable } from '../../file-making/open-xlsx.js';
import { launchBrowser } from '../../support/browser.js';
import { aJpg } from '../../support/evidence-files.js';
import { startSandbox } from '../../support/sandbox.js';

const fontStyles = '**/fonts/*.css';

let browser: Browser;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let context: BrowserContext;
let page: Page;
let errors: string[];
let hosts: Set<string>;
let others: BrowserContext[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000); // the first run on a machine unpacks the browser

afterAll(() => browser?.close());

beforeEach(async () => {
  sandbox = await startSandbox();
  context = await openContext();
  page = await context.newPage();
  errors = [];
  hosts = new Set();
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  await page.goto(sandbox.url);
  await draft().and(page.locator(':enabled')).waitFor();
});

afterEach(async () => {
  for (const each of [context, ...others]) await each.close();
  others = [];
  await sandbox.stop();
});

const draft = (of = page) => of.getByRole('textbox', { name: '消息', exact: true });
const log = (of = page) => of.getByRole('log');
const botSaid = (text: string | RegExp, of = page) => log(of).locator('.bot').filter({ hasText: text });
const personSaid = (text: string, of = page) => log(of).locator('.own').filter({ hasText: text });
const members = () => page.getByRole('region', { name: /^群成员/ });
const sandboxDate = () => page.getByRole('region', { name: '沙箱日期' });

async function speakAs(name: string, of = page) {
  await of.getByRole('button', { name: '换人' }).click();
  await of.getByRole('searchbox', { name: '搜索人员或单位' }).fill(name);
  await of.locator('.person').filter({ hasText: name, visible: true }).click();
  await of.getByRole('button', { name: '换人' }).filter({ hasText: name }).waitFor();
}

async function say(text: string, of = page) {
  await draft(of).fill(text);
  await draft(of).press('Enter');
}

/** Without the page's own font, which is a third of the work of opening it and matters to two tests. */
async function openContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const opened = await browser.newContext({ locale: 'zh-CN', ...options });
  await opened.route(fontStyles, (route) => route.fulfill({ contentType: 'text/css', body: '' }));
  return opened;
}

async function useOwnFont(): Promise<void> {
  await context.unroute(fontStyles);
  await page.reload();
  await draft().and(page.locator(':enabled')).waitFor();
}

/** Another browser, on another desk. */
async function anotherDesk(options: BrowserContextOptions = {}): Promise<Page> {
  const elsewhere = await openContext(options);
  others.push(elsewhere);
  return openPage(elsewhere);
}

async function openPage(of: BrowserContext): Promise<Page> {
  const opened = await of.newPage();
  await opened.goto(sandbox.url);
  await draft(opened).and(opened.locator(':enabled')).waitFor();
  return opened;
}

describe('the sandbox page', () => {
  it('answers the liaison of 县住建局 who asks /who 水-7', async () => {
    await speakAs('县住建局联络员');
    await say('/who 水-7');
    await botSaid(/水-7.*县住建局/s).waitFor();
    expect(await personSaid('/who 水-7').textContent()).toContain('县住建局联络员');
  });

  it('offers /due while somebody types /d, and takes it with the keyboard', async () => {
    await draft().pressSequentially('/d');
    await page.getByRole('option', { name: /^\/due\b/ }).waitFor();
    await draft().pressSequentially('ue');
    await draft().press('Tab');
    expect(await draft().inputValue()).toBe('/due ');
  });

  it('shows the digest without a reload when the date is moved', async () => {
    await page.evaluate(() => document.body.setAttribute('data-loaded-once', ''));
    await page.getByLabel('设为').fill('2023-10-07T09:00');
    await page.getByRole('button', { name: '设置' }).click();
    await botSaid('督办周报 10月7日').filter({ hasText: '主动推送' }).waitFor();
    expect(await sandboxDate().textContent()).toContain('2023年10月7日 周六 9:00');
    expect(await page.locator('body[data-loaded-once]').count()).toBe(1);
  });

  it('shows a script tag that somebody typed as text', async () => {
    const typed = '<script>document.title = "taken"</script><img src=x onerror="document.title = \'taken\'">';
    await say(typed);
    await log().locator('.own + .outcome > :not(.delivery)').or(log().getByText('已送达')).first().waitFor();
    expect(await personSaid('<script>').locator('.plain-text').textContent()).toBe(typed);
    expect(await log().locator('script, img').count()).toBe(0);
    expect(await page.title()).not.toBe('taken');
  });

  it('keeps the conversation and the person over a reload', async () => {
    await speakAs('县住建局联络员');
    await say('/who 水-7');
    await botSaid(/水-7.*县住建局/s).waitFor();
    await page.reload();
    await botSaid(/水-7.*县住建局/s).waitFor();
    expect(await page.getByRole('button', { name: '换人' }).textContent()).toContain('县住建局联络员');
  });

  it('lets a message that found no server be sent again, under the same id', async () => {
    const ids: string[] = [];
    let cut = true;
    await page.route('**/sandbox/messages', (route, request) => {
      ids.push(request.postDataJSON().id);
      return cut ? route.abort() : route.continue();
    });
    await say('/who 水-7');
    await log().getByText('发送失败').waitFor();
    cut = false;
    await page.getByRole('button', { name: '重发' }).click();
    await botSaid(/水-7.*县住建局/s).waitFor();
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  it('leaves the Enter of an input method to the input method', async () => {
    await draft().fill('水七谁牵头');
    await draft().dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await draft().inputValue()).toBe('水七谁牵头');
  });

  it('draws Chinese with its own font', async () => {
    await useOwnFont();
    await page.evaluate(() => document.fonts.ready);
    const { loaded, widths } = await page.evaluate(() => {
      const pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
      pen.font = '40px "Noto Sans SC"';
      return {
        loaded: [...document.fonts].some((face) => face.family.includes('Noto Sans SC') && face.status === 'loaded'),
        widths: ['督办', '沙箱', '联络'].map((word) => Math.round(pen.measureText(word).width)),
      };
    });
    expect(await page.evaluate(() => document.fonts.check('16px "Noto Sans SC"', '督办'))).toBe(true);
    expect(loaded).toBe(true);
    expect(widths).toEqual([80, 80, 80]);
  });

  it('fits a small phone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await say('/due 本周');
    await botSaid(/9月25日至10月1日/).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  it('talks to its own server only and leaves no error in the console', async () => {
    await useOwnFont();
    await speakAs('县住建局联络员');
    await say('/who 水-7');
    await botSaid(/水-7.*县住建局/s).waitFor();
    await page.getByRole('button', { name: '命令', exact: true }).click();
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: /^\/who/ })
      .waitFor();
    expect([...hosts]).toEqual([new URL(sandbox.url).origin]);
    expect(errors).toEqual([]);
  });
});

describe('a group that is shared', () => {
  it('shows another desk at once what was said and answered, and a page that opens later too', async () => {
    const other = await anotherDesk();
    await speakAs('县住建局联络员');
    await say('/who 水-7');
    for (const desk of [other, await anotherDesk()]) {
      await botSaid(/水-7.*县住建局/s, desk).waitFor();
      expect(await log(desk).locator('.other').textContent()).toContain('县住建局联络员');
      expect(await botSaid(/水-7.*县住建局/s, desk).count()).toBe(1);
    }
    expect(await botSaid(/水-7.*县住建局/s).count()).toBe(1);
  });

  it('shows a one-to-one chat only where that person is chosen', async () => {
    const [same, different] = [await anotherDesk(), await anotherDesk()];
    await speakAs('县住建局联络员', same);
    await speakAs('县水利局联络员', different);
    await speakAs('县住建局联络员');
    for (const desk of [page, same, different]) await desk.getByRole('button', { name: /^单聊/ }).click();
    await say('我的');
    await botSaid('县住建局待办', same).waitFor();
    await say('进度', different);
    await botSaid('未报', different).waitFor();
    expect(await botSaid('县住建局待办', different).count()).toBe(0);
    expect(await botSaid('县住建局待办').count()).toBe(1);
  });

  it('brings the one-to-one chat along when the person is chosen elsewhere later', async () => {
    await speakAs('县住建局联络员');
    await page.getByRole('button', { name: /^单聊/ }).click();
    await say('我的');
    await botSaid('县住建局待办').waitFor();
    const other = await anotherDesk();
    await other.getByRole('button', { name: /^单聊/ }).click();
    expect(await botSaid('县住建局待办', other).count()).toBe(0);
    await speakAs('县住建局联络员', other);
    await botSaid('县住建局待办', other).waitFor();
  });

  it('keeps two tabs apart: each its own person, none overwriting the other', async () => {
    const tab = await openPage(context);
    await speakAs('县水利局联络员', tab);
    await speakAs('县住建局联络员');
    await say('/who 水-7');
    await say('/who 水-5', tab);
    for (const each of [page, tab]) {
      await each.reload();
      await botSaid(/^督办.*水-7/s, each).waitFor();
      await botSaid(/^督办.*水-5/s, each).waitFor();
    }
    expect(await page.getByRole('button', { name: '换人' }).textContent()).toContain('县住建局联络员');
    expect(await tab.getByRole('button', { name: '换人' }).textContent()).toContain('县水利局联络员');
  });

  it('shows nobody a message that carries a marking of secrecy', async () => {
    const other = await anotherDesk();
    await say('机密★1年\n某某事项');
    await botSaid('已拒收').waitFor();
    await botSaid('已拒收', other).waitFor();
    for (const desk of [page, other]) {
      await log(desk).getByText('内容没有保存').waitFor();
      expect(await log(desk).textContent()).not.toContain('某某事项');
    }
  });

  it('clears this screen only', async () => {
    const other = await anotherDesk();
    await say('/who 水-7');
    await botSaid(/水-7.*县住建局/s, other).waitFor();
    await page.getByRole('button', { name: '清空聊天' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '清空' }).click();
    await page.reload();
    await draft().and(page.locator(':enabled')).waitFor();
    await say('/who 水-5');
    await botSaid('水-5').waitFor();
    expect(await personSaid('/who 水-7').count()).toBe(0);
    expect(await log(other).getByText('/who 水-7').count()).toBe(1);
  });
});

describe('people and commands', () => {
  it('promises each person only what the commands open to them do', async () => {
    const { people, commands } = await (await fetch(new URL('/sandbox/state', sandbox.url))).json();
    const verbs = new Map(commands.map(({ name, verb }: { name: string; verb: string }) => [verb, name]));
    for (const row of await members().locator('.person').all()) {
      const name = await row.locator('.person-name').textContent();
      const { may } = people.find((person: { name: string }) => person.name === name);
      const [first, ...promised] =
        (await row.locator('.person-may').textContent())?.replace(/等$/, '').split('、') ?? [];
      expect(first).toBe('可查询');
      expect(promised.filter((verb) => !may.includes(verbs.get(verb)))).toEqual([]);
    }
    const mayText = (name: string) => members().getByRole('button', { name }).locator('.person-may').textContent();
    expect(await mayText('审计员')).toBe('可查询、看材料');
    expect(await mayText('县领导')).toMatch(/^可查询、.*销号/);
    expect(await mayText('县住建局联络员')).toMatch(/^可查询、报办结、报进展/);
  });

  it('lets somebody become another person by the list of members', async () => {
    await members().getByRole('button', { name: '县能源局联络员' }).click();
    await say('我的');
    await botSaid('县能源局待办').waitFor();
    expect(await personSaid('我的').textContent()).toContain('县能源局联络员');
  });

  it('offers commands by use, in a list that scrolls', async () => {
    await page.setViewportSize({ width: 390, height: 460 });
    await draft().pressSequentially('/');
    const names = await page.getByRole('option').locator('.option-name').allTextContents();
    const asked = 'due who task mine done progress list search status history undo digest join help'.split(' ');
    expect(names.slice(0, asked.length)).toEqual(asked.map((name) => `/${name}`));
    const list = page.getByRole('listbox', { name: '可用命令' });
    const { height, scroll, rows } = await list.evaluate((element) => ({
      height: element.clientHeight,
      scroll: element.scrollHeight,
      rows: element.clientHeight / (element.firstElementChild?.clientHeight ?? 1),
    }));
    expect(scroll).toBeGreaterThan(height);
    expect(rows).toBeGreaterThan(6);
    await draft().press('ArrowUp');
    const last = page.getByRole('option').last();
    expect(await last.getAttribute('aria-selected')).toBe('true');
    const [box, within] = [await last.boundingBox(), await list.boundingBox()];
    expect(box && within && box.y + box.height <= within.y + within.height + 1).toBe(true);
  });

  it('puts the usage of a command under its summary', async () => {
    await draft().pressSequentially('/');
    const option = page.getByRole('option').first();
    const [usage, summary] = await Promise.all(
      ['.option-usage', '.option-summary'].map((part) => option.locator(part).boundingBox()),
    );
    expect(usage?.x).toBe(summary?.x);
    expect(usage?.y).toBeGreaterThan(summary?.y ?? 0);
  });

  it('reads 、 as the slash that it is on the keyboard', async () => {
    await draft().pressSequentially('、du');
    await page.getByRole('option', { name: /^\/due\b/ }).waitFor();
    await say('、due 本周');
    await botSaid(/9月25日至10月1日/).waitFor();
    expect(await personSaid('/due 本周').count()).toBe(1);
  });

  it.each(['本周到期', '进度', '周报预览', '帮助'])('answers the question %s at a press', async (question) => {
    await page.getByRole('region', { name: '常用' }).getByRole('button', { name: question, exact: true }).click();
    await log().locator('.own + .outcome .reply').waitFor();
    expect(await log().locator('.own + .outcome .reply-refusal').count()).toBe(0);
  });

  it('asks about a task of this ledger in the first questions', async () => {
    await page
      .getByRole('region', { name: '常用' })
      .getByRole('button', { name: /谁牵头$/ })
      .click();
    await botSaid(/牵头：/).waitFor();
  });
});

describe('what can be pressed in a reply', () => {
  it('shows the task whose code is pressed', async () => {
    await say('/due 本周');
    await botSaid(/9月25日至10月1日/)
      .getByRole('link', { name: '气-3', exact: true })
      .click();
    await botSaid(/气-3.*原文/s).waitFor();
    expect(await personSaid('/task 气-3').count()).toBe(1);
  });

  it('sends a quoted question in the chat that the bot names', async () => {
    await speakAs('县住建局联络员');
    await botSaid('督办周报').getByRole('link', { name: '我的', exact: true }).click();
    await botSaid('县住建局待办').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('督办助手');
  });

  it('puts a quoted command that writes, or has a blank, into the box and sends nothing', async () => {
    await speakAs('县住建局联络员');
    await say('/done 水-7 五个建制镇污水处理设施已投运');
    await botSaid('已记').getByRole('link', { name: '/undo' }).click();
    expect(await draft().inputValue()).toBe('/undo ');
    await say('/mine');
    await botSaid('县住建局待办').getByRole('link', { name: '/done 编号 完成情况' }).click();
    expect(await draft().inputValue()).toBe('/done ');
    expect(await log().locator('.own').count()).toBe(2);
  });

  it('lets a question be answered once, by the person who was asked', async () => {
    const other = await anotherDesk();
    await speakAs('县住建局联络员');
    await say('水-5 进展 调节池主体完工');
    const yes = (of: Page) => log(of).getByRole('button', { name: '是', exact: true });
    await yes(other).waitFor();
    expect(await yes(other).isDisabled()).toBe(true);
    await yes(page).click();
    await botSaid('已记').waitFor();
    expect(await yes(page).isDisabled()).toBe(true);
  });
});

describe('the buttons of a task', () => {
  const pressed = (label: string, of: string | RegExp) =>
    botSaid(of).last().getByRole('button', { name: label, exact: true });

  it('ask for the words, which the next message holds', async () => {
    await speakAs('县住建局联络员');
    await say('/task 水-7');
    await pressed('办结', /原文/).click();
    await botSaid('水-7 城镇生活污水处理设施及管网建设：请回复本条消息写明办结情况。').waitFor();
    expect(await personSaid('/done 水-7').count()).toBe(1);
    await say('五个建制镇污水处理设施已投运');
    await botSaid('已记：水-7').waitFor();
    await say('/task 水-7');
    await botSaid(/已报办结/).waitFor();
    expect(await pressed('办结', /原文/).count()).toBe(0);
  });

  it('stay, and whoever else presses is told what they may', async () => {
    await speakAs('县能源局联络员');
    await say('/due 10月');
    await pressed('办结', '10月').waitFor();
    await speakAs('县水利局联络员');
    await pressed('办结', '10月').click();
    await botSaid('县水利局不能代报').waitFor();
    await pressed('查看', '10月').click();
    await botSaid(/气-9.*原文/s).waitFor();
    expect(await pressed('办结', /10月.*到期1项/s).isEnabled()).toBe(true);
  });
});

describe('the date of the sandbox', () => {
  it('runs as the clock of the server does', async () => {
    await page.clock.install();
    await page.reload();
    await draft().and(page.locator(':enabled')).waitFor();
    expect(await sandboxDate().textContent()).toContain('周一 9:00');
    await page.clock.fastForward('02:00');
    expect(await sandboxDate().textContent()).toMatch(/周一 9:0[23]/);
  });

  it('marks where it was moved back, and goes back to the beginning at a press', async () => {
    await page.getByLabel('设为').fill('2023-10-07T09:00');
    await page.getByRole('button', { name: '设置' }).click();
    await botSaid('督办周报 10月7日').waitFor();
    await page.getByRole('button', { name: '回到开始' }).click();
    await log().getByText('时间调回 2023年9月25日 周一 9:00').waitFor();
    await say('/who 水-7');
    await botSaid(/水-7.*县住建局/s).waitFor();
    const order = await log().locator('.day, .own').allTextContents();
    expect(order.slice(-2)).toEqual([expect.stringContaining('时间调回'), expect.stringContaining('/who 水-7')]);
    const later = await anotherDesk();
    await log(later).getByText('时间调回 2023年9月25日').waitFor();
  });
});

describe('on a phone', () => {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

  it('leaves the screen to the chat: head and settings take an eighth at most', async () => {
    const onPhone = await anotherDesk(phone);
    const box = await log(onPhone).boundingBox();
    expect(box?.y).toBeLessThan(844 / 8);
    expect(await onPhone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  it('folds the date away once it is set, so that the digest is seen', async () => {
    const onPhone = await anotherDesk(phone);
    const panel = onPhone.getByLabel('设为');
    await onPhone.getByRole('button', { name: /^改日期/ }).tap();
    await panel.fill('2023-10-07T09:00');
    await onPhone.getByRole('button', { name: '设置' }).tap();
    await botSaid('督办周报 10月7日', onPhone).waitFor();
    await panel.waitFor({ state: 'hidden' });
  });

  it('chooses the person from a sheet', async () => {
    const onPhone = await anotherDesk(phone);
    await speakAs('县住建局联络员', onPhone);
    await say('我的', onPhone);
    await botSaid('县住建局待办', onPhone).waitFor();
  });
});

describe('files', () => {
  const choose = (...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
    page.getByLabel('选文件').setInputFiles(files);
  const plan = { name: '水环境方案.txt', mimeType: 'text/plain', buffer: Buffer.from('这里没有任务') };

  it('sends a chosen file, says that it is being read, and shows name, size and answer', async () => {
    const other = await anotherDesk();
    await speakAs('管理员');
    let read = () => {};
    const reading = new Promise<void>((resolve) => {
      read = resolve;
    });
    await page.route('**/sandbox/files', async (route) => {
      await reading;
      await route.continue();
    });
    await choose(plan);
    await log().getByText('正在读《水环境方案.txt》……').waitFor();
    read();
    await log().locator('.own + .outcome .bot').waitFor();
    expect(await log().getByText('正在读').count()).toBe(0);
    await log(other).locator('.other .file').waitFor();
    for (const desk of [page, other]) {
      expect(await log(desk).locator('.file').textContent()).toContain('水环境方案.txt18 字节');
    }
  });

  it('shows a file of the bot as a link that downloads it under its name, and its size once it is known', async () => {
    await say('/export 水');
    const link = botSaid('12项').getByRole('link', { name: '督办台账（水） 2023-09-25.xlsx' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('督办台账（水） 2023-09-25.xlsx');
    expect((await openTable(await readFile(await download.path()))).rows).toHaveLength(12);
    expect(page.url()).toBe(`${sandbox.url}/`);
    await page.reload();
    await link.getByText(/^下载 \d+ KB$/u).waitFor();
    expect(errors).toEqual([]);
  });

  it('sends what is typed with the files that are chosen, as one message', async () => {
    await speakAs('县住建局联络员');
    await draft().fill('/done 水-7 五个建制镇污水处理设施已投运');
    await choose({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: aJpg() });
    await botSaid(/已记：水-7.*附1张图片。/s).waitFor();
    expect(await draft().inputValue()).toBe('');
    expect(await log().locator('.own').count()).toBe(1);
    expect(await personSaid('/done 水-7').locator('.file').textContent()).toContain('现场.jpg');
    await say('/file 水-7');
    const link = log().getByRole('link', { name: /现场\.jpg/u });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(await readFile(await download.path())).toEqual(aJpg());
  });

  it('takes a file that is dropped on the page', async () => {
    await speakAs('管理员');
    const dropped = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['这里没有任务'], '气.txt', { type: 'text/plain' }));
      return transfer;
    });
    await log().dispatchEvent('dragenter', { dataTransfer: dropped });
    await page.getByText('松开，把文件发给督办助手').waitFor();
    await log().dispatchEvent('drop', { dataTransfer: dropped });
    await log().locator('.own .file').getByText('气.txt').waitFor();
    await log().locator('.own + .outcome .bot').waitFor();
    expect(await page.getByText('松开，把文件发给督办助手').isVisible()).toBe(false);
  });

  it('refuses a file over 20 MB before it is sent', async () => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(new URL(request.url()).pathname));
    await page.evaluate(() => {
      const input = document.querySelector('#file') as HTMLInputElement;
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(21 * 1024 * 1024)], '附图.pdf'));
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
    });
    await page.getByRole('alert').getByText('《附图.pdf》有21.0 MB，超过20 MB，没有发').waitFor();
    expect(sent).not.toContain('/sandbox/files');
    expect(await log().locator('.own').count()).toBe(0);
  });

  it('sends a file again after a failure, under the same id', async () => {
    await speakAs('管理员');
    await page.route('**/sandbox/files', (route) => route.abort(), { times: 1 });
    await choose(plan);
    await log().getByText('发送失败：连不上服务器').waitFor();
    await page.getByRole('button', { name: '重发' }).click();
    await log().locator('.own + .outcome .bot').waitFor();
    expect(await log().locator('.own').count()).toBe(1);
  });
});

describe('without a mouse', () => {
  it('reaches the box with the first Tab and has a name for everything that can be pressed', async () => {
    await page.reload();
    await draft().and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('draft');
    const nameless = await page
      .locator('button:visible, a:visible, input:visible, textarea:visible')
      .evaluateAll((elements) =>
        elements
          .filter((element) => {
            const labels = (element as HTMLInputElement).labels;
            return !element.textContent?.trim() && !element.getAttribute('aria-label') && !labels?.length;
          })
          .map((element) => element.outerHTML),
      );
    expect(nameless).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('is legible in its %s colours', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await say('/due 本周');
    await botSaid(/9月25日至10月1日/).waitFor();
    const faint = await page.evaluate(() => {
      const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
      const light = (color: string) => {
        const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
          const part = value / 255;
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const ground = (element: Element | null): string => {
        if (!element) return 'rgb(255, 255, 255)';
        const color = getComputedStyle(element).backgroundColor;
        return channels(color)[3] === 0 ? ground(element.parentElement) : color;
      };
      const written = [...document.querySelectorAll('body *')].filter(
        (element) =>
          element.checkVisibility() &&
          !element.matches(':disabled, .visually-hidden') &&
          [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
      );
      return written.flatMap((element) => {
        const [one, other] = [light(getComputedStyle(element).color), light(ground(element))];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        return contrast < 4.5 ? [`${contrast.toFixed(2)} ${element.className} ${element.textContent}`] : [];
      });
    });
    expect(faint).toEqual([]);
  });
});
