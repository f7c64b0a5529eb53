import { z } from 'zod';

const text = z.string().max(300_000);
const id = z.string().max(200);
const absent = <Form extends z.ZodType>(form: Form) => form.nullish().catch(null);

/** Events of version 2; version 1 has no `schema` and is not subscribed to. */
export const envelope = z.object({
  schema: z.literal('2.0'),
  header: z.object({
    event_id: id.min(1),
    event_type: id,
    app_id: id,
    token: absent(id),
    tenant_key: absent(id),
  }),
  event: z.unknown(),
});
export type Envelope = z.infer<typeof envelope>;

const openId = z
  .object({ open_id: absent(id) })
  .nullish()
  .catch(null);

export const mention = z.object({ key: id, id: openId, name: absent(text) });
export type EventMention = z.infer<typeof mention>;

/** im.message.receive_v1. */
export const messageEvent = z.object({
  sender: z.object({ sender_id: openId, sender_type: absent(id), tenant_key: absent(id) }),
  message: z.object({
    message_id: id.min(1),
    parent_id: absent(id),
    chat_id: id.min(1),
    chat_type: id,
    message_type: id,
    content: absent(text),
    mentions: absent(z.array(mention)),
  }),
});

/** card.action.trigger. Who pressed comes from `operator`, what from the value that we put into the card. */
export const clickEvent = z.object({
  operator: z.object({ open_id: id.min(1), tenant_key: absent(id) }),
  action: z.object({ value: z.object({ send: z.string().min(1).max(20_000), private: z.boolean().optional() }) }),
  context: z.object({ open_message_id: id.min(1), open_chat_id: id.min(1) }),
});

/** im.chat.member.bot.added_v1, …deleted_v1, im.chat.disbanded_v1. */
export const chatEvent = z.object({ chat_id: id.min(1), name: absent(text), external: absent(z.boolean()) });
