import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { networkInterfaces } from 'node:os';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTable } from '../../file-making/open-xlsx.js';
import { aJpg, aScan } from '../../support/evidence-files.js';
import { startSandbox, type TestSandbox } from '../../support/sandbox.js';

let sandbox: TestSandbox;

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

const liaison = '县住建局联络员';
const at = (address: string) => new URL(address, sandbox.url);
const post = (address: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(at(address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const say = async (body: unknown): Promise<string> =>
  (await (await post('/sandbox/messages', body)).json()).replies.map((said: { text: string }) => said.text).join('\n');

/** fetch does not let a Host be set. */
async function statusWithHost(address: string, host: string, headers: Record<string, string> = {}): Promise<number> {
  const { port } = new URL(sandbox.url);
  const asking = request({ host: '127.0.0.1', port, path: address, headers: { host, ...headers } }).end();
  const [response]: IncomingMessage[] = await once(asking, 'response');
  response?.resume();
  return response?.statusCode ?? 0;
}

describe('the sandbox over HTTP', () => {
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  it.each(['/', '/sandbox/state', '/sandbox/events', '/sandbox/assets/app.js'])(
    'refuses %s to a browser that was given a foreign name for this machine',
    async (address) => {
      const { port } = new URL(sandbox.url);
      for (const host of [`evil.example:${port}`, 'localhost.evil.example', '127.0.0.1.nip.io']) {
        expect(await statusWithHost(address, host)).toBe(403);
      }
    },
  );

  it.each(['localhost', '127.0.0.1', '[::1]'])('answers to the name %s', async (name) => {
    expect(await statusWithHost('/sandbox/state', `${name}:${new URL(sandbox.url).port}`)).toBe(200);
  });

  it.each(['/sandbox/messages', '/sandbox/clock'])(
    'refuses %s to a page from elsewhere, in Chinese',
    async (address) => {
      for (const origin of ['https://evil.example', 'null', 'http://localhost:1']) {
        const response = await post(address, { text: '/help', now: '2023-09-26' }, { origin });
        expect(response.status).toBe(403);
        expect((await response.json()).error).toMatch(/^沙箱只接受本机打开的页面/);
      }
    },
  );

  it.each([
    ['broken JSON', '{"text": ', '消息不是 JSON'],
    ['no object', '"hi"', '消息格式不对'],
    ['no text', { user: liaison }, '要有 text'],
    ['a text that is no text', { text: 7 }, '要有 text'],
    ['an unknown person', { text: '/help', user: '赵无此人' }, '沙箱名单里没有“赵无此人”这个人'],
    ['an unknown group', { text: '/help', group: '别的群' }, '沙箱里没有这个群'],
  ])('says what is wrong with %s', async (_what, body, expected) => {
    const response = await post('/sandbox/messages', body);
    expect(response.status).toBe(400);
    expect((await response.json()).error).toContain(expected);
  });

  it.each(['/sandbox/messages', '/sandbox/clock'])('does not read a body over 1 MB at %s', async (address) => {
    const response = await post(address, { text: '水'.repeat(400_000) });
    expect(response.status).toBe(413);
    expect((await response.json()).error).toMatch(/^消息超过1MB/);
    expect(response.headers.get('connection')).toBe('close');
  });

  it('takes a document, shows it, and brings it in when a second person confirms', async () => {
    const plan =
      '云溪县2024年消防安全工作方案\n2024年2月5日\n一、任务\n1．整治高层建筑。6月底前完成检测。（县消防救援大队牵头）';
    const drop = async (user: string, name = '方案.txt') => {
      const form = new FormData();
      form.set('file', new File([plan], name));
      form.set('user', user);
      const response = await fetch(at('/sandbox/files'), { method: 'POST', body: form });
      return { status: response.status, body: await response.json() };
    };
    const { status, body } = await drop('管理员');
    expect(status).toBe(200);
    expect(body.replies[0].text).toContain('第1号导入《方案.txt》：读到1个计划、1条，待确认');
    expect(await say({ user: '督查室', text: '确认导入 1' })).toContain('已入账：《方案.txt》');
    expect(await say({ text: '/who 消-1' })).toContain('牵头：县消防救援大队');
    expect((await drop('赵无此人')).body.error).toContain('沙箱名单里没有');
    expect((await post('/sandbox/files', 'x', { 'content-type': 'multipart/form-data; boundary=b' })).status).toBe(400);
  });

  it('takes files with the words of a report, or as the answer to it, and gives them back as they came', async () => {
    const liaison = '县住建局联络员';
    const send = async (files: File[], fields: Record<string, string>) => {
      const form = new FormData();
      for (const file of files) form.append('file', file);
      for (const [name, value] of Object.entries({ user: liaison, ...fields })) form.set(name, value);
      const response = await fetch(at('/sandbox/files'), { method: 'POST', body: form });
      const { replies, error } = await response.json();
      return error ?? replies.map(({ text }: { text: string }) => text).join('\n');
    };
    const photo = new File([new Uint8Array(aJpg())], '现场.jpg', { type: 'image/jpeg' });
    const scan = new File([new Uint8Array(aScan())], '验收单.pdf', { type: 'application/pdf' });
    const report = { text: '/progress 水-8 管网铺设过半', id: 'with files' };
    const said = await send([photo, scan], report);
    expect(said).toMatch(/^已记：水-8.*附1张图片、1个文件。$/su);
    expect(await send([photo, scan], report)).toBe(said);
    const other = new File([new Uint8Array(aJpg('夜间'))], '夜间.jpg', { type: 'image/jpeg' });
    expect(await send([other], { quote: 'with files' })).toContain('已附到 水-8 刚才的报送（1张图片）');
    const asked = await (await post('/sandbox/messages', { user: liaison, text: '/file 水-8 1' })).json();
    const file = await fetch(at(asked.replies[0].url));
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(aJpg());
    expect(await send([], report)).toContain('要有 file');
  });

  it('does not read a body over 1 MB whose length is not told', async () => {
    const { port } = new URL(sandbox.url);
    const sending = request({ host: '127.0.0.1', port, path: '/sandbox/messages', method: 'POST' });
    sending.write(JSON.stringify({ text: 'x'.repeat(1_100_000) }));
    const [response]: IncomingMessage[] = await once(sending, 'response');
    expect(response?.statusCode).toBe(413);
    sending.destroy();
  });

  it.each([
    ['nonsense', '明天早上', '不是时间'],
    ['a day that does not exist', '2023-02-30', '不是时间'],
    ['an hour that does not exist', '2023-09-26T25:00:00', '不是时间'],
    ['the year 3000', '3000-01-01T09:00:00+08:00', '2000年到2099年'],
    ['two years ahead', '2025-09-25T09:00:00+08:00', '一次最多往后走一年'],
  ])('does not move the clock to %s', async (_what, now, expected) => {
    const response = await post('/sandbox/clock', { now });
    expect(response.status).toBe(400);
    expect((await response.json()).error).toContain(expected);
    expect((await (await fetch(at('/sandbox/state'))).json()).now).toMatch(/^2023-09-25T09:/);
  });

  it.each([{}, { now: 5 }, '{', 'null'])('asks for a time when the clock is sent %j', async (body) => {
    const response = await post('/sandbox/clock', body);
    expect(response.status).toBe(400);
    expect((await response.json()).error).toMatch(/^要写时间/);
  });

  it('hears a button as the text it stands for', async () => {
    expect(await say({ button: '/who 水-7' })).toBe(await say({ text: '/who 水-7' }));
  });

  it('answers one to one', async () => {
    expect(await say({ text: '我的', user: liaison, private: true })).toContain('牵头8项、负责3项、配合4项');
  });

  it('shows whoever looks later what was said in the group, and in their own chat with the bot', async () => {
    const seenBy = async (person: string) => {
      const { messages } = await (await fetch(at(`/sandbox/state?as=${encodeURIComponent(person)}`))).json();
      return messages.flatMap((message: { text?: string }) => message.text ?? []);
    };
    await say({ text: '/who 水-6' });
    await say({ text: '/who 水-5', user: liaison, private: true });
    expect(await seenBy(liaison)).toEqual(expect.arrayContaining(['/who 水-6', '/who 水-5']));
    expect(await seenBy('成员')).toContain('/who 水-6');
    expect(await seenBy('成员')).not.toContain('/who 水-5');
  });

  it('answers with a file that can be fetched, made when it is', async () => {
    const asked = { text: '/export 水', id: 'export-1' };
    const { replies } = await (await post('/sandbox/messages', asked)).json();
    expect(replies).toEqual([
      {
        kind: 'file',
        text: expect.stringContaining('《督办台账（水） 2023-09-25.xlsx》：12项'),
        name: '督办台账（水） 2023-09-25.xlsx',
        url: expect.stringMatching(/^\/sandbox\/files\/[0-9a-f-]{36}$/u),
        size: null,
      },
    ]);
    const [{ url, name }] = replies;
    const response = await fetch(at(url));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect((await openTable(bytes)).rows).toHaveLength(12);
    const again = await (await post('/sandbox/messages', asked)).json();
    expect(again.replies).toEqual([{ ...replies[0], size: bytes.byteLength }]);
    const { messages } = await (await fetch(at('/sandbox/state'))).json();
    const kept = messages.find(({ id }: { id: string }) => id === asked.id);
    expect(kept.replies).toEqual(again.replies);
    expect(await statusWithHost(url, 'evil.example')).toBe(403);
  });

  it('has no file under a name that nobody was given', async () => {
    const response = await fetch(at('/sandbox/files/00000000-0000-4000-8000-000000000000'));
    expect(response.status).toBe(404);
    expect((await response.json()).error).toContain('没有这个文件，或链接已过期');
  });

  it('does not keep the words of a message with a marking of secrecy', async () => {
    expect(await say({ text: '机密★1年\n某某事项', id: 'marked' })).toMatch(/^已拒收/);
    const state = await (await fetch(at('/sandbox/state'))).text();
    expect(JSON.parse(state).messages).toContainEqual(expect.objectContaining({ id: 'marked', text: null }));
    expect(state).not.toContain('某某事项');
  });

  it.each(['/healthz', '/readyz'])('%s says that all is well', async (address) => {
    const response = await fetch(at(address));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true });
  });

  it.each(['/nowhere', '/sandbox/nowhere', '/data/people.json'])('says that there is no %s', async (address) => {
    const response = await fetch(at(address));
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: '没有这个地址。' });
  });

  it.each(['/sandbox/assets/..%2froutes.js', '/fonts/..%2fpackage.json', '/fonts/files/..%2f..%2fpackage.json'])(
    'serves no file outside its folder for %s',
    async (address) => {
      expect((await fetch(at(address))).status).toBe(404);
    },
  );

  it('serves the page so that nothing foreign runs in it and nobody frames it', async () => {
    const { status, headers } = await fetch(at('/'));
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('a page that listens', () => {
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  it.skipIf(!hasIpv6)('opens the address that a server on ::1 prints', async () => {
    const other = await startSandbox({ host: '::1' });
    try {
      expect((await fetch(new URL('/sandbox/state', other.url))).status).toBe(200);
    } finally {
      await other.stop();
    }
  });

  it('is told of the digest and of the new time when the clock moves over the holiday', async () => {
    const hanging = new AbortController();
    const { body, headers } = await fetch(at('/sandbox/events'), { signal: hanging.signal });
    expect(headers.get('content-type')).toContain('text/event-stream');
    const events = eventsOf(body);
    expect((await events.next()).value?.event).toBe('ping');
    const moved = await post('/sandbox/clock', { now: '2023-10-07T09:00:00+08:00' });
    expect(await moved.json()).toEqual({ now: '2023-10-07T09:00:00+08:00' });
    const told: string[] = [];
    let next = (await events.next()).value;
    for (; next?.event === 'message'; next = (await events.next()).value) told.push(JSON.parse(next.data).reply.text);
    expect(told.filter((text) => text.includes('【顺延】'))).toEqual([
      expect.stringContaining('督办周报 10月7日（周六，调休上班）【顺延】'),
    ]);
    expect(next).toEqual({
      event: 'clock',
      data: JSON.stringify({ now: '2023-10-07T09:00:00+08:00' }),
    });
    hanging.abort();
  });
});

async function* eventsOf(body: ReadableStream<Uint8Array> | null) {
  let read = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    read += decoder.decode(chunk, { stream: true });
    const blocks = read.split('\n\n');
    read = blocks.pop() ?? '';
    for (const block of blocks) {
      yield {
        event: /^event: (.*)$/m.exec(block)?.[1],
        data: [...block.matchAll(/^data: ?(.*)$/gm)].map(([, line]) => line).join('\n'),
      };
    }
  }
}
