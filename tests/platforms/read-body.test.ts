import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';

import { type ServerType, serve } from '@hono/node-server';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { readBody } from '../../src/platforms/read-body.js';

let server: ServerType;

beforeEach(async () => {
  const fetch = async (request: Request) => new Response((await readBody(request, 10))?.toString('utf8') ?? 'too long');
  server = serve({ fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
});
afterEach(() => new Promise((closed) => server.close(closed)));

/** What the server answers to a request whose bytes are these. */
async function answerTo(head: string, ...body: string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${head}\r\n\r\n`);
  for (const piece of body) socket.write(piece);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').split('\r\n\r\n').slice(1).join('\r\n\r\n');
}

it.each([
  ['declares its length', 'Content-Length: 9', '督办', '助'],
  ['declares none', 'Transfer-Encoding: chunked', '9\r\n督办', '助\r\n', '0\r\n\r\n'],
])('reads a body that %s', async (_how, head, ...body) => {
  expect(await answerTo(head, ...body)).toBe('督办助');
});

it.each([
  ['declares it', 'Content-Length: 11', '12345678901'],
  ['does not declare it', 'Transfer-Encoding: chunked', '5\r\n12345\r\n', '6\r\n678901\r\n', '0\r\n\r\n'],
])('refuses one that is too long and %s', async (_how, head, ...body) => {
  expect(await answerTo(head, ...body)).toBe('too long');
});
