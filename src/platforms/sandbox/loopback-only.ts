import type { MiddlewareHandler } from 'hono';

import { isLoopback } from '../safe-address.js';

/**
 * Refuses requests that another site makes a browser send: a foreign Host is DNS rebinding, a foreign Origin is a page
 * elsewhere.
 */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? '';
  const origin = c.req.header('origin');
  if (!isLocal(`http://${host}`) || (origin !== undefined && origin !== `http://${host}`)) {
    return c.json({ error: '沙箱只接受本机打开的页面。请用 http://localhost 打开。' }, 403);
  }
  await next();
  return undefined;
};

function isLocal(url: string): boolean {
  const host = URL.parse(url);
  return host !== null && isLoopback(host);
}
