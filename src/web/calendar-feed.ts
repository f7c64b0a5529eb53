import { Hono } from 'hono';

/** One unit's limits as a calendar program reads them; `null` for a link that opens nothing. */
export type ReadFeed = (workspace: string, token: string) => Promise<{ name: string; text: string } | null>;

const tokenForm = /^([A-Za-z0-9_-]{43})\.ics$/;

/**
 * Whoever has the link may read: a calendar program shows no other proof. What opens nothing looks like any other address
 * that is not there.
 */
export function calendarRoutes(read: ReadFeed): Hono {
  const app = new Hono();
  app.get('/:workspace/:file', async (c) => {
    const token = tokenForm.exec(c.req.param('file'))?.[1];
    const feed = token === undefined ? null : await read(c.req.param('workspace'), token);
    if (!feed) return c.notFound();
    return c.body(feed.text, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `inline; filename="duban.ics"; filename*=UTF-8''${encodeURIComponent(`${feed.name}.ics`)}`,
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    });
  });
  return app;
}
