import { FormData } from 'undici';
import { z } from 'zod';

import type { Sent } from '../adapter.js';
import type { Upload } from '../uploads.js';
import type { Api } from './api.js';
import { sentOf } from './errors.js';

const downloadMs = 60_000;
const mostBytes = 100 * 1024 * 1024;
const uploadMs = 60_000;

/** What somebody sent. `im/v1/files` would only give what the bot itself uploaded. */
export async function download(api: Api, messageId: string, key: string, type: 'file' | 'image'): Promise<Uint8Array> {
  const path = `im/v1/messages/${encodeURIComponent(messageId)}/resources/${encodeURIComponent(key)}?type=${type}`;
  const answer = await api.call({ method: 'GET', path, timeoutMs: downloadMs, mostBytes });
  if (answer.kind === 'ok') return answer.body;
  throw new Error(`feishu gave no file: ${answer.kind === 'failed' ? `code ${answer.code}` : answer.why}`);
}

const uploaded = z.object({ data: z.object({ file_key: z.string().min(1) }) });
const types: Record<string, string> = {
  pdf: 'pdf',
  doc: 'doc',
  docx: 'doc',
  xls: 'xls',
  xlsx: 'xls',
  ppt: 'ppt',
  pptx: 'ppt',
};

/** At most 30 MB. What it is called by then can be sent by this bot only. */
export async function upload(api: Api, name: string, bytes: Uint8Array): Promise<Upload<string>> {
  const suffix = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const form = new FormData();
  form.set('file_type', types[suffix] ?? 'stream');
  form.set('file_name', name);
  // Names beyond ASCII in the part itself are known to fail; what people see is file_name.
  form.set('file', new Blob([Buffer.from(bytes)]), suffix === '' ? 'file' : `file.${suffix}`);
  const answer = await api.call({ method: 'POST', path: 'im/v1/files', body: form, timeoutMs: uploadMs });
  // A file that was uploaded in vain is seen by nobody.
  if (answer.kind !== 'ok') return withoutDoubt(sentOf(answer));
  const { data } = uploaded.safeParse(answer.json);
  return data
    ? { kind: 'uploaded', as: data.data.file_key }
    : { kind: 'retry', afterMs: 1_000, why: '飞书没有收下文件', arrived: 'no' };
}

const withoutDoubt = (sent: Sent): Sent => (sent.kind === 'retry' ? { ...sent, arrived: 'no' } : sent);
