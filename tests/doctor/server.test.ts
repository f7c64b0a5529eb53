import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { examined, findingsOf } from './rig.js';

let status: number;
let asked: string[];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.writeHead(status).end('{}');
});
let url: string;

beforeEach(async () => {
  asked = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('the running server', () => {
  const found = async () => findingsOf(await examined({}, { findServer: async () => url }), 'server');

  it('is ready', async () => {
    status = 200;
    expect(await found()).toMatchObject([{ state: 'ok', say: `在运行（${url}），已就绪` }]);
    expect(asked).toEqual(['/readyz']);
  });

  it('is not ready', async () => {
    status = 503;
    expect(await found()).toMatchObject([{ state: 'fail', say: expect.stringContaining('还没有就绪（HTTP 503）') }]);
  });

  it('does not answer', async () => {
    const gone = { findServer: async () => 'http://127.0.0.1:1' };
    expect(findingsOf(await examined({}, gone), 'server')).toMatchObject([
      { state: 'fail', say: expect.stringContaining('/readyz 没有应答') },
    ]);
  });
});
