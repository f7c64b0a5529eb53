import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/**
 * Refuses a body that is longer than `maxSize` bytes. One that declares its length, which Node holds it to, is judged by
 * that: hono's own limit would turn every body into a web stream first, a fifth of the cost of a request.
 */
export function limitedBody(maxSize: number, refuse: (c: Context) => Response): MiddlewareHandler {
  const byReading = bodyLimit({ maxSize, onError: refuse });
  return async (c, next) => {
    const declared = c.req.header('content-length');
    if (declared === undefined || c.req.header('transfer-encoding') !== undefined) return byReading(c, next);
    if (Number(declared) > maxSize) return refuse(c);
    return next();
  };
}
