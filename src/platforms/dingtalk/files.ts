import { FormData } from 'undici';
import { z } from 'zod';

import type { IncomingFile } from '../../chat/message.js';
import type { FetchedFile } from '../adapter.js';
import { download, notAllowed } from '../download.js';
import { isLoopback } from '../safe-address.js';
import type { Api } from './api.js';
import type { DingtalkDeps } from './deps.js';
import type { Answer } from './errors.js';
import type { RobotMessage } from './native.js';
import type { Resource } from './robot-message.js';
import { hostsOf, type RobotSettings } from './settings.js';

const uploadMs = 60_000;
const link = z.object({ downloadUrl: z.string().min(1) });

const source = z.object({ downloadCode: z.string() });

/** A file of a message, as it can be fetched later: the code holds for a short time. */
export function fileOf({ downloadCode, kind, name, quoted }: Resource): IncomingFile {
  const content = { at: 'platform', source: { downloadCode } } as const;
  return { name, kind, content, ...(quoted ? { quoted } : {}) };
}

/** What somebody sent: 《下载机器人接收消息的文件内容》. */
export async function fetchFile(
  api: Api,
  settings: RobotSettings,
  { http, log }: DingtalkDeps,
  given: unknown,
  signal: AbortSignal,
): Promise<FetchedFile> {
  const { downloadCode } = source.safeParse(given).data ?? {};
  if (downloadCode === undefined) return { kind: 'refused', why: 'no source of 钉钉', say: null };
  const answer = await api.post('robot/messageFiles/download', { downloadCode, robotCode: settings.robotCode });
  if (answer.kind === 'silent') return { kind: 'retry', why: 'dingtalk gave no link to a file' };
  if (answer.kind === 'failed') {
    const why = `dingtalk gave no link to a file: ${answer.code}`;
    return answer.failure === 'gone' || answer.failure === 'content'
      ? { kind: 'refused', why, say: null }
      : { kind: 'retry', why };
  }
  const url = URL.parse(link.safeParse(answer.json).data?.downloadUrl ?? '');
  if (!url) return { kind: 'retry', why: 'dingtalk gave no link to a file' };
  // Links of the file store are signed for either scheme and come with the open one.
  if (url.protocol === 'http:' && !isLoopback(url)) url.protocol = 'https:';
  if (!hostsOf(settings).some((base) => new URL(base).origin === url.origin)) {
    log.error({ host: url.host }, 'dingtalk keeps a file on a host that is not allowed; add it to the media hosts');
    return notAllowed('钉钉', url.host);
  }
  const got = await download(http, { url: url.href, platform: '钉钉', signal });
  if (got.kind !== 'answered') return got;
  const { status, body } = got.answer;
  if (status === 200) return { kind: 'fetched', bytes: body, name: null };
  return { kind: 'retry', why: `dingtalk gave no file: HTTP ${status}` };
}

const uploaded = z.object({ media_id: z.string().min(1) });
const sendable = new Set(['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx']);
const pictures = new Set(['jpg', 'jpeg', 'png', 'gif', 'bmp']);
/** The newer page says 20 MB, the table of errors 10. */
const mostUpload = 10 * 1024 * 1024;

/** 《上传媒体文件》: the file as a message of the robot, or why it is none. */
export async function upload(
  api: Api,
  name: string,
  bytes: Uint8Array,
): Promise<
  { kind: 'uploaded'; as: RobotMessage } | { kind: 'refused'; why: string } | Exclude<Answer, { kind: 'ok' }>
> {
  const fileType = /\.([a-z0-9]{1,8})$/iu.exec(name)?.[1]?.toLowerCase() ?? '';
  const isPicture = pictures.has(fileType);
  if (!isPicture && !sendable.has(fileType)) return { kind: 'refused', why: `钉钉机器人发不了.${fileType}文件` };
  if (bytes.byteLength > mostUpload) return { kind: 'refused', why: '文件超过钉钉的10MB' };
  const type = isPicture ? 'image' : 'file';
  const form = new FormData();
  form.set('type', type);
  form.set('media', new Blob([Buffer.from(bytes)]), name);
  const answer = await api.upload(`media/upload?type=${type}`, form, uploadMs);
  // A file that was uploaded in vain is seen by nobody.
  if (answer.kind === 'silent') return { kind: 'silent', arrived: 'no' };
  if (answer.kind === 'failed') return answer.failure === 'ambiguous' ? { ...answer, failure: 'transient' } : answer;
  const { data } = uploaded.safeParse(answer.json);
  if (!data) return { kind: 'failed', failure: 'transient', code: 'no media_id', afterMs: null };
  // Pictures are no files here, and are shown without a name.
  if (isPicture) {
    return {
      kind: 'uploaded',
      as: { msgKey: 'sampleImageMsg', msgParam: JSON.stringify({ photoURL: data.media_id }) },
    };
  }
  const msgParam = JSON.stringify({ mediaId: data.media_id, fileName: name, fileType });
  return { kind: 'uploaded', as: { msgKey: 'sampleFile', msgParam } };
}
