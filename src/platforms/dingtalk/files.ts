import { FormData } from 'undici';
import { z } from 'zod';

import { isLoopback } from '../safe-address.js';
import type { Api } from './api.js';
import type { DingtalkDeps } from './deps.js';
import type { Answer } from './errors.js';
import type { RobotMessage } from './native.js';
import { hostsOf, type RobotSettings } from './settings.js';

const downloadMs = 60_000;
const uploadMs = 60_000;
/** The bot reads files of up to 20 MB. */
const mostBytes = 21 * 1024 * 1024;
const link = z.object({ downloadUrl: z.string().min(1) });

/** What somebody sent: 《下载机器人接收消息的文件内容》. The code holds for a short time. */
export async function download(
  api: Api,
  settings: RobotSettings,
  { http, log }: DingtalkDeps,
  downloadCode: string,
): Promise<Uint8Array> {
  const answer = await api.post('robot/messageFiles/download', { downloadCode, robotCode: settings.robotCode });
  const { data } = link.safeParse(answer.kind === 'ok' ? answer.json : null);
  const url = URL.parse(data?.downloadUrl ?? '');
  if (!url) throw new Error(`dingtalk gave no file: ${answer.kind === 'failed' ? answer.code : answer.kind}`);
  // Links of the file store are signed for either scheme and come with the open one.
  if (url.protocol === 'http:' && !isLoopback(url)) url.protocol = 'https:';
  if (!hostsOf(settings).some((base) => new URL(base).origin === url.origin)) {
    log.error({ host: url.host }, 'dingtalk keeps a file on a host that is not allowed; add it to the media hosts');
    throw new Error(`host not allowed: ${url.host}`);
  }
  const file = await http.call({ method: 'GET', url: url.href, timeoutMs: downloadMs, mostBytes });
  if (file.status !== 200) throw new Error(`dingtalk gave no file: HTTP ${file.status}`);
  return file.body;
}

const uploaded = z.object({ media_id: z.string().min(1) });
const sendable = new Set(['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx']);
/** The newer page says 20 MB, the table of errors 10. */
const mostUpload = 10 * 1024 * 1024;

/** 《上传媒体文件》: the file as a message of the robot, or why it is none. */
export async function upload(
  api: Api,
  name: string,
  bytes: Uint8Array,
): Promise<{ kind: 'uploaded'; as: RobotMessage } | Exclude<Answer, { kind: 'ok' }>> {
  const fileType = /\.([a-z0-9]{1,8})$/iu.exec(name)?.[1]?.toLowerCase() ?? '';
  if (!sendable.has(fileType) || bytes.byteLength > mostUpload) {
    return { kind: 'failed', failure: 'content', code: fileType || name, afterMs: null };
  }
  const form = new FormData();
  form.set('type', 'file');
  form.set('media', new Blob([Buffer.from(bytes)]), name);
  const answer = await api.upload('media/upload?type=file', form, uploadMs);
  // A file that was uploaded in vain is seen by nobody.
  if (answer.kind === 'silent') return { kind: 'silent', arrived: 'no' };
  if (answer.kind === 'failed') return answer.failure === 'ambiguous' ? { ...answer, failure: 'transient' } : answer;
  const { data } = uploaded.safeParse(answer.json);
  if (!data) return { kind: 'failed', failure: 'transient', code: 'no media_id', afterMs: null };
  const msgParam = JSON.stringify({ mediaId: data.media_id, fileName: name, fileType });
  return { kind: 'uploaded', as: { msgKey: 'sampleFile', msgParam } };
}
