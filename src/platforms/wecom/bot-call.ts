import { z } from 'zod';

import type { IncomingFile, IncomingMessage } from '../../chat/message.js';
import { withoutMention } from './mention.js';

const media = z.object({ url: z.string().max(4000), aeskey: z.string().max(200).optional() });
const words = z.object({ content: z.string() });

const content = z.object({
  msgtype: z.string(),
  text: words.optional(),
  voice: words.optional(),
  image: media.optional(),
  file: media.optional(),
  video: media.optional(),
  mixed: z
    .object({
      msg_item: z.array(z.object({ msgtype: z.string(), text: words.optional(), image: media.optional() })).max(100),
    })
    .optional(),
});
type Content = z.infer<typeof content>;

const call = content.extend({
  msgid: z.string().min(1).max(200),
  aibotid: z.string(),
  chattype: z.enum(['single', 'group']).optional(),
  chatid: z.string().min(1).max(200).optional(),
  from: z.object({ userid: z.string().min(1).max(200), corpid: z.string().optional() }).optional(),
  response_url: z.string().max(2000).optional(),
  quote: content.optional(),
  stream: z.object({ id: z.string() }).optional(),
  event: z
    .object({
      eventtype: z.string(),
      template_card_event: z.object({ event_key: z.string(), task_id: z.string().default('') }).optional(),
    })
    .optional(),
});

export interface Media {
  kind: 'file' | 'picture' | 'video';
  /** Of the message that is quoted. */
  quoted: boolean;
  url: string;
  /** Only on the long connection. */
  key: string | null;
}

/** What 智能机器人 was told, the same by callback and by long connection. */
export interface BotCall {
  id: string;
  bot: string;
  /** `null` where none is named, which is every organisation's own bot. */
  corp: string | null;
  chat: { id: string; private: boolean };
  sender: string;
  responseUrl: string | null;
  what:
    | { kind: 'said'; text: string; quoted: string | null; media: Media[] }
    | { kind: 'clicked'; send: string; taskId: string }
    | { kind: 'poll'; streamId: string }
    | { kind: 'event'; name: string }
    | { kind: 'unsupported' };
}

/**
 * `null` for what is no call. https://developer.work.weixin.qq.com/document/path/100719 and, for events, /101027, whose table
 * of fields misprints the names of `template_card_event`.
 */
export function readBotCall(body: unknown, name: string | null): BotCall | null {
  const { data, success } = call.safeParse(body);
  if (!success) return null;
  const { msgid: id, aibotid: bot, from, chatid } = data;
  const inGroup = data.chattype === 'group';
  if (inGroup && chatid === undefined) return null;
  const sender = from?.userid ?? '';
  const chat = inGroup ? { id: chatid ?? '', private: false } : { id: sender, private: true };
  const what = whatOf(data, inGroup, name);
  if (sender === '' && (what.kind === 'said' || what.kind === 'clicked')) return null;
  return { id, bot, corp: from?.corpid ?? null, chat, sender, responseUrl: data.response_url ?? null, what };
}

function whatOf(data: z.infer<typeof call>, inGroup: boolean, name: string | null): BotCall['what'] {
  if (data.msgtype === 'stream') return { kind: 'poll', streamId: data.stream?.id ?? '' };
  if (data.msgtype === 'event') {
    const clicked = data.event?.template_card_event;
    if (data.event?.eventtype === 'template_card_event' && clicked) {
      return { kind: 'clicked', send: clicked.event_key, taskId: clicked.task_id };
    }
    return { kind: 'event', name: data.event?.eventtype ?? '' };
  }
  const said = textOf(data);
  const text = inGroup ? withoutMention(said ?? '', name) : (said ?? '').trim();
  const own = mediaOf(data, false);
  if (said === null && own.length === 0) return { kind: 'unsupported' };
  const quoted = data.quote ? textOf(data.quote) : null;
  const quotedMedia = data.quote ? mediaOf(data.quote, true) : [];
  // In a group a file is heard only when somebody quotes it: without words, or with this one, it is what the message is.
  const isMeant = text === '' || /^[/／]?(?:导入|import)$/iu.test(text);
  if (isMeant && own.length === 0 && quotedMedia.length > 0) {
    return { kind: 'said', text: '', quoted, media: quotedMedia.map((one) => ({ ...one, quoted: false })) };
  }
  return { kind: 'said', text, quoted, media: [...own, ...quotedMedia] };
}

function textOf({ msgtype, text, voice, mixed }: Content): string | null {
  if (msgtype === 'text') return text?.content ?? null;
  if (msgtype === 'voice') return voice?.content ?? null;
  if (msgtype !== 'mixed' || !mixed) return null;
  return mixed.msg_item.flatMap((item) => item.text?.content ?? []).join('\n');
}

function mediaOf({ msgtype, image, file, video, mixed }: Content, quoted: boolean): Media[] {
  const items = msgtype === 'mixed' ? (mixed?.msg_item ?? []) : [];
  const found: [Media['kind'], z.infer<typeof media> | undefined][] = [
    ['picture', msgtype === 'image' ? image : undefined],
    ['file', msgtype === 'file' ? file : undefined],
    ['video', msgtype === 'video' ? video : undefined],
    ...items.map((item): [Media['kind'], typeof item.image] => ['picture', item.image]),
  ];
  return found.flatMap(([kind, one]) => (one ? [{ kind, quoted, url: one.url, key: one.aeskey ?? null }] : []));
}

/** Whose messages are meant. */
export interface Whose {
  account: string;
  botId: string;
  botName: string | null;
  /** Where it is known. */
  corpId: string | null;
}

export function isForeign({ bot, corp }: BotCall, { botId, corpId }: Whose): boolean {
  return bot !== botId || (corp !== null && corpId !== null && corp !== corpId);
}

interface Heard {
  text: string;
  quoted: string | null;
  files: IncomingFile[];
  answeredBy: IncomingMessage['answeredBy'];
  route: unknown;
}

export function messageOf(
  call: BotCall,
  { account }: Whose,
  { text, quoted, files, answeredBy, route }: Heard,
): IncomingMessage {
  return {
    platform: 'wecom',
    account,
    id: call.id,
    chat: call.chat,
    sender: call.sender,
    text,
    addressed: true,
    senderName: null,
    quoted: quoted === null ? null : { messageId: null, text: quoted },
    answeredBy,
    route,
    ...(files.length > 0 ? { files } : {}),
  };
}
