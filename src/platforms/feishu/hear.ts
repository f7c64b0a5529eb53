import type { IncomingMessage } from '../../chat/message.js';
import type { Notice } from '../adapter.js';
import type { Api } from './api.js';
import { readContent } from './content.js';
import type { FeishuDeps } from './deps.js';
import { chatEvent, clickEvent, type Envelope, messageEvent } from './events.js';
import { fileOf } from './files.js';
import type { Identity } from './identity.js';
import type { Names } from './names.js';
import type { Route } from './route.js';
import type { FeishuSettings } from './settings.js';

export interface Hearing {
  settings: FeishuSettings;
  deps: FeishuDeps;
  api: Api;
  identity: Identity;
  names: Names;
}

/** What a verified event says, over whichever road it came. */
export type Heard =
  | { kind: 'message'; message: IncomingMessage; click: boolean }
  | { kind: 'notice'; notice: Notice }
  | { kind: 'ignored'; why: 'own-message' | 'unsupported' }
  | { kind: 'malformed' };

const unsupported: Heard = { kind: 'ignored', why: 'unsupported' };

export async function hearEvent(hearing: Hearing, { header, event }: Envelope): Promise<Heard> {
  switch (header.event_type) {
    case 'im.message.receive_v1':
      return hearMessage(hearing, event, header.tenant_key ?? null);
    case 'card.action.trigger':
      return hearClick(hearing, event, header);
    case 'im.chat.member.bot.added_v1':
      return hearChat(hearing, event, 'bot-added');
    case 'im.chat.member.bot.deleted_v1':
    case 'im.chat.disbanded_v1':
      return hearChat(hearing, event, 'bot-removed');
    default:
      return unsupported;
  }
}

async function hearMessage(hearing: Hearing, event: unknown, tenant: string | null): Promise<Heard> {
  const { settings, deps, identity, names } = hearing;
  const { data } = messageEvent.safeParse(event);
  if (!data) return { kind: 'malformed' };
  const { sender, message } = data;
  const senderId = sender.sender_id?.open_id;
  if (sender.sender_type !== 'user') return { kind: 'ignored', why: 'own-message' };
  if (!senderId) return unsupported;
  if (isOutsider(sender.tenant_key, tenant)) {
    deps.log.warn({ messageId: message.message_id }, 'message from outside the organisation not heard');
    return unsupported;
  }
  const mentions = message.mentions ?? [];
  const isPrivate = message.chat_type === 'p2p';
  const bot = mentions.length > 0 ? await identity.openId() : '';
  const content = readContent(message.message_type, message.content ?? '', mentions, bot);
  if (content === null) return unsupported;
  const [senderName, chatName] = await Promise.all([
    names.user(senderId),
    isPrivate ? null : names.chat(message.chat_id),
  ]);
  const route: Route = { messageId: message.message_id };
  const heard: IncomingMessage = {
    platform: 'feishu',
    account: settings.appId,
    id: message.message_id,
    chat: { id: message.chat_id, private: isPrivate, name: chatName },
    sender: senderId,
    text: content.text,
    addressed: isPrivate || content.mentionsBot,
    senderName,
    quoted: message.parent_id ? { messageId: message.parent_id, text: null } : null,
    answeredBy: 'delivery',
    route,
    ...(content.files.length > 0 ? { files: content.files.map((one) => fileOf(message.message_id, one)) } : {}),
  };
  return { kind: 'message', message: heard, click: false };
}

/** In a group that reaches beyond the organisation, only its own people are heard. */
function isOutsider(theirs: string | null | undefined, ours: string | null): boolean {
  return Boolean(theirs) && Boolean(ours) && theirs !== ours;
}

async function hearClick({ settings, names }: Hearing, event: unknown, header: Envelope['header']): Promise<Heard> {
  const { data } = clickEvent.safeParse(event);
  if (!data) return unsupported;
  const { operator, action, context } = data;
  if (isOutsider(operator.tenant_key, header.tenant_key ?? null)) return unsupported;
  const isPrivate = action.value.private === true;
  const route: Route = { messageId: context.open_message_id };
  const message: IncomingMessage = {
    platform: 'feishu',
    account: settings.appId,
    id: header.event_id,
    chat: { id: context.open_chat_id, private: isPrivate },
    sender: operator.open_id,
    text: action.value.send,
    addressed: true,
    senderName: await names.user(operator.open_id),
    quoted: null,
    answeredBy: 'delivery',
    route,
  };
  return { kind: 'message', message, click: true };
}

function hearChat({ settings, deps }: Hearing, event: unknown, kind: 'bot-added' | 'bot-removed'): Heard {
  const { data } = chatEvent.safeParse(event);
  if (!data) return { kind: 'malformed' };
  if (kind === 'bot-added' && data.external) {
    deps.log.warn({ chatId: data.chat_id }, 'added to a group that reaches beyond the organisation; not offered there');
    return unsupported;
  }
  const chatName = data.name?.slice(0, 100) || null;
  return { kind: 'notice', notice: { kind, account: settings.appId, chatId: data.chat_id, chatName } };
}
