import { robotSign } from './sign.js';

/** A group's own robot: where it is posted to, and what signs it. */
export interface GroupWebhook {
  url: string;
  secret: string | null;
}

/**
 * The stored address of a group's robot, `…/robot/send?access_token=…`, with its 加签 secret as one more parameter `secret`,
 * which is taken out. `null` for one that is not on our platform.
 */
export function readGroupWebhook(stored: string, oapiUrl: string): GroupWebhook | null {
  const url = URL.parse(stored.trim());
  const token = url?.searchParams.get('access_token');
  if (!url || !token || !isAt(url, oapiUrl, '/robot/send')) return null;
  const secret = url.searchParams.get('secret');
  const clean = new URL(`${url.origin}${url.pathname}`);
  clean.searchParams.set('access_token', token);
  return { url: clean.href, secret: secret === null || secret === '' ? null : secret };
}

export function signedUrl({ url, secret }: GroupWebhook, now: Date): string {
  if (secret === null) return url;
  const timestamp = String(now.getTime());
  const signed = new URL(url);
  signed.searchParams.set('timestamp', timestamp);
  signed.searchParams.set('sign', robotSign(timestamp, secret));
  return signed.href;
}

/** What a message names as the address of its answers is not signed: only the platform's own is called. */
export function isSessionWebhook(address: string, oapiUrl: string): boolean {
  const url = URL.parse(address);
  return url !== null && isAt(url, oapiUrl, '/robot/sendBySession') && Boolean(url.searchParams.get('session'));
}

function isAt(url: URL, base: string, path: string): boolean {
  return `${url.origin}${url.pathname}` === `${trimmed(base)}${path}` && url.username === '' && url.password === '';
}

export function trimmed(base: string): string {
  return new URL(base).href.replace(/\/+$/u, '');
}
