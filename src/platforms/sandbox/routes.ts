import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';

import { limitedBody } from '../body-limit.js';
import { sandboxAssets } from './assets.js';
import { type FileShelf, filesPath } from './file-shelf.js';
import type { SandboxHub, SandboxMessage } from './hub.js';
import { loopbackOnly } from './loopback-only.js';

export interface SandboxState {
  now: string;
  default: string;
  workspace: string;
  group: { id: string; name: string };
  /** `may` names the commands that are open to them. */
  people: { name: string; unit: string | null; roles: string[]; may: string[] }[];
  commands: {
    name: string;
    aliases: string[];
    usage: string;
    summary: string;
    /** What running it is called: 报办结. */
    verb: string;
    writes: boolean;
    examples: string[];
  }[];
  /** What a task's code begins with: 水. */
  prefixes: string[];
  /** To begin with, each with the command that answers it. */
  questions: { text: string; command: string }[];
  /** What was said and posted, oldest first: the group's, and the one-to-one chat of the person who looks. */
  messages: SandboxMessage[];
}

export interface SandboxRoutesDeps {
  hub: SandboxHub;
  shelf: FileShelf;
  /** As this person sees it; `null` is nobody in particular. */
  state: (person: string | null) => Promise<SandboxState>;
  /** Hears one request; verification and answer are the adapter's. */
  hear: (request: Request) => Promise<Response>;
  /** Moves the clock and runs what becomes due on the way; returns the new time with its offset, or a Chinese line why not. */
  moveClock: (to: string) => Promise<{ now: string } | { refused: string }>;
}

const maxBody = 1024 * 1024;
/** With room for the form around a file of 20 MB. */
const maxFile = 21 * 1024 * 1024;
const maxListeners = 200;
const keepAliveMs = 25_000;
const clockMove = z.object({ now: z.string().max(40) });

/** The page and its interface, for this machine only. */
export function sandboxRoutes(deps: SandboxRoutesDeps): Hono {
  const app = new Hono();
  app.use(loopbackOnly);
  app.route('/', sandboxAssets());
  // What was not read of the body stays on the connection, which therefore cannot carry another request.
  const limited = limitedBody(maxBody, (c) =>
    c.json({ error: '消息超过1MB，没有收。请分几次发。' }, 413, { connection: 'close' }),
  );

  app.get('/sandbox/state', async (c) => c.json(await deps.state(c.req.query('as') ?? null)));

  app.post('/sandbox/messages', limited, (c) => deps.hear(c.req.raw));

  const limitedFile = limitedBody(maxFile, (c) =>
    c.json({ error: '文件超过20MB，没有收。请去掉图片或拆成几份再发。' }, 413, { connection: 'close' }),
  );
  app.post('/sandbox/files', limitedFile, (c) => deps.hear(c.req.raw));

  app.get(`${filesPath}:id`, async (c) => {
    const file = await deps.shelf.fetch(c.req.param('id'));
    if (!file) return c.json({ error: '没有这个文件，或链接已过期。请再要一次。' }, 404);
    const { name, made } = file;
    if (made.kind === 'retry') return c.json({ error: `${made.why}，请过几秒再点。` }, 503);
    if (made.kind === 'refused') return c.json({ error: `《${name}》没有做出来：${made.why}。` }, 500);
    return new Response(Buffer.from(made.bytes), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'content-length': String(made.bytes.byteLength),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  });

  app.post('/sandbox/clock', limited, async (c) => {
    const body = clockMove.safeParse(await c.req.json().catch(() => null));
    if (!body.success) return c.json({ error: '要写时间，如：{"now":"2023-09-25T09:00:00+08:00"}' }, 400);
    const moved = await deps.moveClock(body.data.now);
    if ('refused' in moved) return c.json({ error: moved.refused }, 400);
    deps.hub.clockIs(moved.now);
    return c.json({ now: moved.now });
  });

  app.get('/sandbox/events', (c) => {
    if (deps.hub.listeners >= maxListeners) return c.json({ error: '打开的页面太多，请关掉一些。' }, 503);
    return streamSSE(c, async (stream) => {
      const stop = deps.hub.listen(c.req.query('as') ?? null, ({ event, data }) => {
        void stream.writeSSE({ event, data: JSON.stringify(data) });
      });
      stream.onAbort(() => {
        stop();
      });
      while (!stream.aborted && !stream.closed) {
        await stream.writeSSE({ event: 'ping', data: '' });
        await stream.sleep(keepAliveMs);
      }
      stop();
    });
  });
  return app;
}
