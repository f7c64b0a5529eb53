import { type Button, type Reply, reply } from '../../chat/message.js';

/** What is told about one task, with what the reader may press. Short enough, it is one card on every platform that has them. */
export function taskNotice(title: string, lines: (string | null)[], buttons: Button[]): Reply {
  const blocks = lines.flatMap((text) => (text ? [{ kind: 'line' as const, text }] : []));
  return reply.card(title, { blocks, buttons });
}
