import { z } from 'zod';

import type { IncomingFile } from '../../chat/message.js';

const mostPictures = 50;
const text = z.string().max(300_000);
const id = z.string().max(500);
const absent = <Form extends z.ZodType>(form: Form) => form.nullish().catch(null);
const asText = z.union([text, z.number()]).transform(String);

const atUser = z.object({ dingtalkId: absent(id), staffId: absent(id) });

/** One element of richText; in quoted messages the names differ. */
const piece = z.object({
  type: absent(id),
  msgType: absent(id),
  text: absent(text),
  content: absent(text),
  atName: absent(text),
  atUserId: absent(id),
  downloadCode: absent(text),
});
export type Piece = z.infer<typeof piece>;

const pieces = z.union([
  z.array(piece),
  z.object({ richTextList: z.array(piece) }).transform((one) => one.richTextList),
]);

const content = z.object({
  text: absent(text),
  richText: absent(pieces),
  downloadCode: absent(text),
  fileName: absent(text),
  recognition: absent(text),
});
export type Content = z.infer<typeof content>;

const replied = z.object({ msgId: absent(id), msgType: absent(id), content: absent(content) });

/** What the robot is told: 《机器人接收消息》 and, for the quoted message, what is seen in use. */
export const robotMessage = z.object({
  msgtype: absent(id),
  msgId: absent(id),
  conversationType: absent(asText),
  conversationId: absent(id),
  conversationTitle: absent(text),
  senderNick: absent(text),
  senderStaffId: absent(id),
  senderId: absent(id),
  senderCorpId: absent(id),
  isInAtList: absent(z.boolean()),
  atUsers: absent(z.array(atUser)),
  chatbotUserId: absent(id),
  chatbotCorpId: absent(id),
  robotCode: absent(id),
  sessionWebhook: absent(z.string().max(2000)),
  sessionWebhookExpiredTime: absent(z.coerce.number()),
  originalMsgId: absent(id),
  text: absent(z.object({ content: absent(text), isReplyMsg: absent(z.boolean()), repliedMsg: absent(replied) })),
  /** A string on one of the pages. */
  content: absent(z.union([content, text.transform((words): Content => ({ ...nothing, text: words }))])),
  errorMessage: absent(text),
  errMsg: absent(text),
  code: absent(asText),
});
export type RobotMessage = z.infer<typeof robotMessage>;

const nothing: Content = { text: null, richText: null, downloadCode: null, fileName: null, recognition: null };

/** Over the quota of the month messages still come, but without their words. */
export function isOverQuota({ text, content, errorMessage, errMsg, code }: RobotMessage): boolean {
  return !text && !content && (Boolean(errorMessage) || Boolean(errMsg) || code === '20001');
}

/** What somebody sent. */
export interface Said {
  text: string;
  files: Resource[];
}

export interface Resource {
  downloadCode: string;
  kind: IncomingFile['kind'];
  name: string;
  quoted?: true;
}

/** `null` for what is not read. */
export function readSaid({ msgtype, text, content, chatbotUserId }: RobotMessage): Said | null {
  switch (msgtype) {
    case 'text': {
      const words = text?.content ?? content?.text;
      return words == null ? null : { text: words.trim(), files: quotedFiles(text?.repliedMsg) };
    }
    case 'richText': {
      const list = content?.richText ?? [];
      return { text: wordsOf(list, chatbotUserId ?? null), files: picturesOf(list) };
    }
    case 'audio':
      // What the platform heard is what the person said.
      return content?.recognition
        ? { text: content.recognition.trim(), files: [] }
        : alone(fileOf(content, 'audio', '语音'));
    case 'picture':
      return alone(fileOf(content, 'picture', '图片'));
    case 'video':
      return alone(fileOf(content, 'video', '视频'));
    case 'file':
      return alone(fileOf(content, 'file', '文件'));
    default:
      return null;
  }
}

const alone = (file: Resource | null): Said | null => file && { text: '', files: [file] };

function fileOf(content: Content | null | undefined, kind: Resource['kind'], otherwise: string): Resource | null {
  if (!content?.downloadCode) return null;
  return { downloadCode: content.downloadCode, kind, name: content.fileName?.slice(0, 200) || otherwise };
}

function picturesOf(list: Piece[]): Resource[] {
  const codes = list.flatMap(({ downloadCode }) => (downloadCode ? [downloadCode] : []));
  return [...new Set(codes)]
    .slice(0, mostPictures)
    .map((code) => ({ downloadCode: code, kind: 'picture', name: '图片' }));
}

/** In a group nobody can send a file to the robot; they can answer one. Seen in use. */
function quotedFiles(quoted: z.infer<typeof replied> | null | undefined): Resource[] {
  const content = quoted?.content;
  const kind = quoted?.msgType === 'file' ? 'file' : 'picture';
  const file = fileOf(content, kind, kind === 'file' ? '文件' : '图片');
  const files = content?.richText ? picturesOf(content.richText) : file ? [file] : [];
  return files.map((one) => ({ ...one, quoted: true }));
}

/** The words of a rich text without the mention of the bot itself. */
function wordsOf(list: Piece[], bot: string | null): string {
  return list
    .map((one) => {
      const words = one.text ?? one.content ?? '';
      if (one.type !== 'at' && one.msgType !== 'at') return words;
      if (one.atUserId && one.atUserId === bot) return '';
      return one.atName ? `@${one.atName.trim()} ` : words;
    })
    .join('')
    .trim();
}

/** What the message answers, where the platform tells. */
export function readQuoted({
  text,
  originalMsgId,
}: RobotMessage): { messageId: string | null; text: string | null } | null {
  const quoted = text?.repliedMsg;
  if (!text?.isReplyMsg && !quoted) return null;
  const words = quoted?.content?.text ?? wordsOf(quoted?.content?.richText ?? [], null);
  return { messageId: quoted?.msgId ?? originalMsgId ?? null, text: words === '' ? null : words };
}
