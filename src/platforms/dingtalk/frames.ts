import { z } from 'zod';
import { jsonOrNull } from '../json-or-null.js';

/** open-dingtalk/developerpedia docs/learn/stream/protocol.md. `data` is JSON in a string, both ways. */
const frame = z.object({
  type: z.string(),
  headers: z.object({ topic: z.string(), messageId: z.string().catch('') }),
  data: z.string().catch(''),
});
export type Frame = z.infer<typeof frame>;

export const topics = { messages: '/v1.0/im/bot/messages/get', cards: '/v1.0/card/instances/callback' } as const;

export interface Ack {
  code: 200 | 400 | 404;
  data: unknown;
}

export function readFrame(text: string): Frame | null {
  return frame.safeParse(jsonOrNull(text)).data ?? null;
}

export function dataOf({ data }: Frame): unknown {
  return jsonOrNull(data);
}

const messages: Record<Ack['code'], string> = { 200: 'OK', 400: 'bad request', 404: 'not found' };

/** `data` as a string goes back as it is. */
export function ackFrame({ headers }: Frame, { code, data }: Ack): string {
  return JSON.stringify({
    code,
    message: messages[code],
    headers: { messageId: headers.messageId, contentType: 'application/json' },
    data: typeof data === 'string' ? data : JSON.stringify(data),
  });
}
