import { FormData } from 'undici';

import type { HttpCall } from '../http.js';
import type { FilePosting, Upload } from '../uploads.js';
import { type Answered, type AnsweredOr, sentFor } from './errors.js';

const uploadMs = 60_000;
/** The media_id has expired, or is of another robot. */
const staleMedia = 40007;

export interface FileMessage {
  msgtype: 'file';
  file: { media_id: string };
}

export const fileMessage = (media_id: string): FileMessage => ({ msgtype: 'file', file: { media_id } });

/**
 * A file as the platform takes it: the name that people see is that of the part, in plain UTF-8, since `filename*` is not
 * read. https://developer.work.weixin.qq.com/document/path/90253
 */
export function uploadCall(url: URL, name: string, bytes: Uint8Array): HttpCall {
  url.searchParams.set('type', 'file');
  const form = new FormData();
  form.set('media', new Blob([Buffer.from(bytes)], { type: 'application/octet-stream' }), name);
  return { method: 'POST', url: url.href, body: form, timeoutMs: uploadMs };
}

export function uploadedFrom(answer: AnsweredOr): Upload<string> {
  // A file that was uploaded in vain is seen by nobody.
  if (answer.kind !== 'answered') return answer.kind === 'retry' ? { ...answer, arrived: 'no' } : answer;
  const { errcode, errmsg, body } = answer;
  if (errcode !== 0) return sentFor(errcode, errmsg);
  const { media_id } = body;
  if (typeof media_id === 'string' && media_id !== '') return { kind: 'uploaded', as: media_id };
  return { kind: 'retry', afterMs: 1_000, why: '企业微信没有收下文件', arrived: 'no' };
}

export function postingOf(answer: AnsweredOr, sentOf: (answer: Answered) => FilePosting['sent']): FilePosting {
  if (answer.kind !== 'answered') return { sent: answer, stale: false };
  return { sent: sentOf(answer), stale: answer.errcode === staleMedia };
}
