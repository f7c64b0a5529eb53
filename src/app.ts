import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Bot } from './bot.js';
import { consoleRoutes } from './console.js';
import type { PlatformAdapter } from './platforms/adapter.js';
import { limitedBody } from './platforms/body-limit.js';
import { type SandboxRoutesDeps, sandboxRoutes } from './platforms/sandbox/routes.js';
import { calendarRoutes } from './web/calendar-feed.js';

const calendarPath = '/calendar';
/** No platform's callback is longer. */
const maxCallback = 1024 * 1024;

export interface AppDeps {
  bot: Bot;
  /** Rejects when the database cannot be reached or lacks a migration. */
  ready: () => Promise<void>;
  /** Where real platforms are heard. */
  webhooks: { path: string; adapter: PlatformAdapter }[];
  /** What the shell of this machine shows to be let in. */
  consoleToken: string;
  /** `null` when a real platform is configured. */
  sandbox: (Omit<SandboxRoutesDeps, 'hear'> & { adapter: PlatformAdapter }) | null;
  log: Logger;
}

/** All routes; it neither listens nor reads the environment. */
export function createApp({ bot, ready, webhooks, consoleToken, sandbox, log }: AppDeps): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    try {
      await ready();
      return c.json({ ok: true });
    } catch (error) {
      log.error({ err: error }, 'not ready');
      return c.json({ ok: false, error: '数据库连不上或没有升级到位。' }, 503);
    }
  });
  const limited = limitedBody(maxCallback, (c) => c.json({ error: '消息太大。' }, 413, { connection: 'close' }));
  for (const { path, adapter } of webhooks)
    app.on(['GET', 'POST'], path, limited, (c) => hearOn(bot, adapter, c.req.raw));
  app.route(
    calendarPath,
    calendarRoutes((workspace, token) => bot.calendar(workspace, token)),
  );
  app.use('/console/*', limited);
  app.route('/', consoleRoutes({ bot, token: consoleToken }));
  if (sandbox) {
    const hear = (request: Request) => hearOn(bot, sandbox.adapter, request);
    app.route('/', sandboxRoutes({ ...sandbox, hear }));
  }
  app.notFound((c) => c.json({ error: '没有这个地址。' }, 404));
  app.onError((error, c) => {
    // Of a link to a calendar the path is all that it takes to read it.
    const path = c.req.path.startsWith(`${calendarPath}/`) ? calendarPath : c.req.path;
    log.error({ err: error, path }, 'request failed');
    return c.json({ error: '系统出错，请稍后再试。' }, 500);
  });
  return app;
}

async function hearOn(bot: Bot, adapter: PlatformAdapter, request: Request): Promise<Response> {
  const heard = await adapter.receive(request);
  switch (heard.kind) {
    case 'message':
      return heard.answer(await bot.answer(heard.message));
    case 'notice':
      await bot.notice(adapter.name, heard.notice);
      return heard.response;
    case 'handshake':
    case 'ignored':
    case 'rejected':
      return heard.response;
  }
}
