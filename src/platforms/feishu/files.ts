import { FormData } from 'undici';
import { z } from 'zod';

import type { IncomingFile } from '../../chat/message.js';
import type { FetchedFile, Sent } from '../adapter.js';
import { downloadMs, isRedirect, mostDownloaded, notAllowed, tooLarge } from '../download.js';
import type { Upload } from '../uploads.js';
import type { Api } from './api.js';
import type { Resource } from './content.js';
import { failureKind, sentOf } from './errors.js';

const uploadMs = 60_000;

const source = z.object({ messageId: z.string(), key: z.string(), type: z.enum(['file', 'image']) });

/** A file of a message, as it can be fetched later. */
export function fileOf(messageId: string, { key, type, kind, name }: Resource): IncomingFile {
  const resource: z.infer<typeof source> = { messageId, key, type };
  return { name, kind, content: { at: 'platform', source: resource } };
}

/** 《获取消息中的资源文件》: what the platform never gives out, and what to say of it. */
const never: Record<number, string | null> = {
  234003: null,
  234004: null,
  234009: '外部群里的文件机器人取不到，没有收。请单聊发给我。',
  234037: tooLarge,
  234038: '群设了防泄密，机器人取不到文件，没有收。请单聊发给我。',
  234040: null,
  234043: null,
};

/** What somebody sent. `im/v1/files` would only give what the bot itself uploaded. */
export async function fetchFile(api: Api, given: unknown, signal: AbortSignal): Promise<FetchedFile> {
  const { data } = source.safeParse(given);
  if (!data) return { kind: 'refused', why: 'no source of 飞书', say: null };
  const [message, key] = [encodeURIComponent(data.messageId), encodeURIComponent(data.key)];
  const path = `im/v1/messages/${message}/resources/${key}?type=${data.type}`;
  const answer = await api.call({ method: 'GET', path, timeoutMs: downloadMs, mostBytes: mostDownloaded, signal });
  switch (answer.kind) {
    case 'ok':
      return { kind: 'fetched', bytes: answer.body, name: null };
    case 'failed': {
      const { code, status } = answer;
      if (isRedirect(status)) return notAllowed('飞书', 'a redirect');
      const why = `feishu gave no file: code ${code}, HTTP ${status}`;
      const isFinal = code !== null && (code in never || failureKind(answer) === 'config');
      return isFinal ? { kind: 'refused', why, say: never[code] ?? null } : { kind: 'retry', why };
    }
    case 'silent':
      return answer.tooLong ? { kind: 'refused', why: answer.why, say: tooLarge } : { kind: 'retry', why: answer.why };
  }
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
