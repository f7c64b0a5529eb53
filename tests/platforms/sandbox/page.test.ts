import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { launchBrowser } from '../../support/browser.js';
import { startSandbox } from '../../support/sandbox.js';

let browser: Browser;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let context: BrowserContext;
let page: Page;
let errors: string[];
let hosts: Set<string>;

beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000); // the first run on a machine unpacks the browser

afterAll(() => browser?.close());

beforeEach(async () => {
  sandbox = await startSandbox();
  context = await browser.newContext({ locale: 'zh-CN' });
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
  await context.close();
  await sandbox.stop();
});

const draft = () => page.getByRole('textbox', { name: '消息', exact: true });
const log = () => page.getByRole('log');
const botSaid = (text: string | RegExp) => log().locator('.bot').filter({ hasText: text });
const personSaid = (text: string) => log().locator('.own').filter({ hasText: text });

async function speakAs(name: string) {
  await page.getByRole('button', { name: '换人' }).click();
  await page.getByRole('searchbox', { name: '搜索人员或单位' }).fill(name);
  await page.getByRole('dialog').getByRole('button', { name }).click();
}

async function say(text: string) {
  await draft().fill(text);
  await draft().press('Enter');
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
    expect(await page.getByRole('region', { name: '沙箱日期' }).textContent()).toContain('2023年10月7日 周六 9:00');
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
