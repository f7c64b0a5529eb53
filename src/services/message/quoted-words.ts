import { plainText, type Reply } from '../../chat/message.js';
import { findDeliveryOfMessage } from '../../store/deliveries.js';
import type { Context } from '../context.js';
import { messageOfReply } from './reply-key.js';

/** What the message said that the speaker answers: as the platform tells it, else as the bot sent it. */
export async function quotedWords(ctx: Context): Promise<string | null> {
  const { quoted } = ctx.message;
  if (quoted === null) return null;
  if (quoted.text !== null) return quoted.text;
  if (quoted.messageId === null) return null;
  const delivery = await findDeliveryOfMessage(ctx.tx, ctx.workspace, quoted.messageId);
  return delivery?.reply ? plainText(delivery.reply as Reply) : null;
}

/** The message that is meant by the one that the speaker answers: itself, or what the bot answered with it. */
export async function quotedMessage(ctx: Context): Promise<string | null> {
  const { quoted } = ctx.message;
  if (!quoted?.messageId) return null;
  const delivery = await findDeliveryOfMessage(ctx.tx, ctx.workspace, quoted.messageId);
  return delivery ? messageOfReply(delivery.key, ctx.message) : quoted.messageId;
}
