import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createHttp, type Http, type HttpCall } from '../../src/platforms/http.js';

let server: Server;
let http: Http;
let answer: RequestListener;

beforeEach(async () => {
  server = createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  http = createHttp({ allowed: [url()] });
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await http.close();
});

const url = (path = '/') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const call = (more: Partial<HttpCall> = {}) => http.call({ method: 'GET', url: url(), ...more });

describe('a call', () => {
  it('brings what was asked there and what was answered back', async () => {
    answer = (request, response) => {
      response.writeHead(202, { 'X-Tt-Logid': 'log-1', 'set-cookie': ['a', 'b'] });
      request.pipe(response);
    };
    const { body, ...rest } = await call({ method: 'POST', url: url('/a?b=c'), body: '{"text":"督办"}' });
    expect(Buffer.from(body).toString()).toBe('{"text":"督办"}');
    expect(rest).toMatchObject({
      status: 202,
      json: { text: '督办' },
      headers: { 'x-tt-logid': 'log-1', 'set-cookie': 'a, b' },
    });
  });

  it('takes an answer that is not JSON, and one without a body', async () => {
    answer = (_, response) => response.writeHead(204).end();
    expect(await call()).toMatchObject({ status: 204, json: null });
    answer = (_, response) => response.end('<html>');
    expect(await call()).toMatchObject({ status: 200, json: null });
  });

  it('waits for the answer behind an early hint', async () => {
    answer = (_, response) => response.writeEarlyHints({ link: '</a>; rel=preload' }, () => response.end('{"code":0}'));
    expect(await call()).toMatchObject({ status: 200, json: { code: 0 } });
  });

  it('follows no redirect', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    expect((await call()).status).toBe(302);
  });
});

describe('no answer', () => {
  it('from a host that is not on the list is not even asked for', async () => {
    await expect(call({ url: 'http://127.0.0.2/' })).rejects.toThrow('host not allowed');
  });

  it('where nobody listens means that nothing arrived', async () => {
    const nobody = 'http://127.0.0.1:1';
    const lonely = createHttp({ allowed: [nobody] });
    await expect(lonely.call({ method: 'GET', url: nobody })).rejects.toMatchObject({ arrived: 'no' });
    await lonely.close();
  });

  it('in time may mean that it arrived, whether the head or the rest is late', async () => {
    answer = () => {};
    await expect(call({ timeoutMs: 50 })).rejects.toMatchObject({ arrived: 'maybe' });
    answer = (_, response) => response.writeHead(200).write('{');
    await expect(call({ timeoutMs: 50 })).rejects.toMatchObject({ arrived: 'maybe' });
  });

  it('because it was cut off may mean that it arrived', async () => {
    answer = (_, response) => response.destroy();
    await expect(call()).rejects.toMatchObject({ arrived: 'maybe' });
  });

  it('in time while all connections are busy means that nothing arrived', async () => {
    const asked: string[] = [];
    answer = ({ url: path = '' }) => asked.push(path);
    const busy = Array.from({ length: 64 }, () => call({ timeoutMs: 400 }).catch(() => 'late'));
    await expect(call({ url: url('/queued'), timeoutMs: 50 })).rejects.toMatchObject({ arrived: 'no' });
    await Promise.all(busy);
    answer = (_, response) => response.end();
    expect((await call()).status).toBe(200);
    expect(asked).not.toContain('/queued');
  });

  it('is taken that is longer than it may be', async () => {
    answer = (_, response) => response.end('12345678901');
    expect((await call({ mostBytes: 11 })).status).toBe(200);
    await expect(call({ mostBytes: 10 })).rejects.toMatchObject({ arrived: 'maybe' });
    answer = (_, response) => response.end('{}');
    expect((await call({ mostBytes: 10 })).status).toBe(200);
  });
});
