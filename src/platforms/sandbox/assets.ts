import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { secureHeaders } from 'hono/secure-headers';
import { getMimeType } from 'hono/utils/mime';

const pageFolder = fileURLToPath(new URL('./page/', import.meta.url));
const fontFolder = path.dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json'));

const fontStyle = /^(400|700)\.css$/;
const fontFile = /-(400|700)-normal\.woff2$/;

/** The sandbox page and its font. Only files found at start are ever served, so no path from outside reaches the disk. */
export function sandboxAssets(): Hono {
  const page = new Map(
    readdirSync(pageFolder).map((name) => [name, new Uint8Array(readFileSync(path.join(pageFolder, name)))]),
  );
  const fontStyles = new Set(readdirSync(fontFolder).filter((name) => fontStyle.test(name)));
  const fontFiles = new Set(readdirSync(path.join(fontFolder, 'files')).filter((name) => fontFile.test(name)));

  const app = new Hono();
  // Named paths and not '*': mounted at the root, these headers must not leak into the routes of others.
  for (const served of ['/', '/sandbox/assets/*', '/fonts/*']) app.use(served, protection, etag());

  app.get('/', () => file('index.html', page.get('index.html'), revalidate));
  app.get('/sandbox/assets/:name', (c) => file(c.req.param('name'), page.get(c.req.param('name')), revalidate));
  app.get('/fonts/:name', async (c) => {
    const name = c.req.param('name');
    return file(name, fontStyles.has(name) && (await readFile(path.join(fontFolder, name))), revalidate);
  });
  app.get('/fonts/files/:name', async (c) => {
    const name = c.req.param('name');
    return file(name, fontFiles.has(name) && (await readFile(path.join(fontFolder, 'files', name))), aMonth);
  });
  return app;
}

const revalidate = 'no-cache';
const aMonth = 'public, max-age=2592000';

function file(name: string, content: Uint8Array<ArrayBuffer> | false | undefined, cacheControl: string): Response {
  if (!content) return new Response('没有这个文件。', { status: 404 });
  return new Response(content, {
    headers: { 'Content-Type': getMimeType(name) ?? 'application/octet-stream', 'Cache-Control': cacheControl },
  });
}

const protection = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    objectSrc: ["'none'"],
    // What people type can then never become markup, even by mistake.
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  strictTransportSecurity: false, // the sandbox is plain http on the loopback
});
