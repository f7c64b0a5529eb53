import { z } from 'zod';

import type { IncomingFile } from '../../chat/message.js';
import type { FetchedFile } from '../adapter.js';
import { download } from '../download.js';
import type { Http } from '../http.js';
import { kindOf } from './errors.js';

/** By which channel a file came, and what that channel gives it out for. Kept with the message until it is fetched. */
export const mediaSource = z.discriminatedUnion('by', [
  /** 智能机器人 by callback: encrypted with the callback's key, for five minutes. */
  z.object({ by: z.literal('callback'), url: z.string() }),
  /** 智能机器人 over the long connection: with a key of its own. */
  z.object({ by: z.literal('connection'), url: z.string(), key: z.string().nullable() }),
  /** 自建应用. */
  z.object({ by: z.literal('app'), mediaId: z.string() }),
]);
export type MediaSource = z.infer<typeof mediaSource>;

const names: Record<IncomingFile['kind'], string> = { picture: '图片', file: '文件', audio: '语音', video: '视频' };

/** A file whose name is known only from its download. */
export function mediaFile(kind: IncomingFile['kind'], source: MediaSource, quoted = false): IncomingFile {
  return { name: names[kind], kind, content: { at: 'platform', source }, ...(quoted ? { quoted } : {}) };
}

/** Gets a file from where it is kept, as `decrypt` reads it. */
export async function fetchFrom(
  http: Http,
  url: string,
  decrypt: (content: Uint8Array) => Uint8Array | null,
  signal: AbortSignal,
): Promise<FetchedFile> {
  const got = await download(http, { url, platform: '企业微信', signal });
  if (got.kind !== 'answered') return got;
  const { status, headers, body, json } = got.answer;
  // What is kept for five minutes is gone for good.
  if (status === 403 || status === 404) {
    return { kind: 'refused', why: `wecom gave no file: HTTP ${status}`, say: null };
  }
  if (status !== 200) return { kind: 'retry', why: `wecom gave no file: HTTP ${status}` };
  // An error of the API comes with status 200 and as JSON; a person's own .json comes as a download.
  const disposition = headers['content-disposition'];
  if (disposition === undefined && headers['content-type']?.includes('application/json')) {
    const { errcode } = z.object({ errcode: z.number() }).catch({ errcode: 0 }).parse(json);
    const why = `wecom gave no file: ${errcode}`;
    return ['busy', 'rate', 'token'].includes(kindOf(errcode))
      ? { kind: 'retry', why }
      : { kind: 'refused', why, say: null };
  }
  const bytes = decrypt(body);
  if (!bytes) return { kind: 'refused', why: 'a file could not be decrypted', say: null };
  return { kind: 'fetched', bytes, name: nameIn(disposition) };
}

/** `filename*` (RFC 5987) before `filename`, which comes percent-encoded or as raw UTF-8. */
export function nameIn(disposition: string | undefined): string | null {
  if (disposition === undefined) return null;
  const extended = /filename\*\s*=\s*utf-8''([^;\s]+)/iu.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/iu.exec(disposition);
  const given = extended ?? plain?.[1] ?? plain?.[2];
  if (given === undefined) return null;
  const name = decoded(given).split(/[\\/]/u).at(-1)?.slice(0, 200);
  return name || null;
}

function decoded(name: string): string {
  const isLatin = /^[\u0020-\u00ff]*$/u.test(name);
  const text = isLatin ? Buffer.from(name, 'latin1').toString('utf8') : name;
  const read = text.includes('\ufffd') ? name : text;
  try {
    return decodeURIComponent(read);
  } catch {
    return read;
  }
}
