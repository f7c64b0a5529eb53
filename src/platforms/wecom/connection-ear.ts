import type { Logger } from 'pino';

import type { Ears } from '../adapter.js';
import { isRepeatable } from '../typed-buttons.js';
import { isForeign, messageOf, readBotCall, type Whose } from './bot-call.js';
import { usedCard, usedKey } from './card.js';
import type { Hear } from './connection.js';
import { mediaFile } from './people-file.js';
import { connectionRoute } from './route.js';

export interface ConnectionEarDeps {
  now: () => Date;
  log: Logger;
  /** Sends a frame that answers a request. */
  answer: (cmd: string, body: unknown, requestId: string) => Promise<unknown>;
}

/** Hears what comes over the long connection. Answers go by delivery, since the platform says nothing of resending here. */
export function connectionEar(whose: Whose, ears: Ears, deps: ConnectionEarDeps): Hear {
  return async ({ body, requestId }) => {
    const call = readBotCall(body, whose.botName);
    const foreign = call && isForeign(call, whose);
    if (!call || foreign) {
      deps.log.warn({ platform: 'wecom', why: foreign ? 'foreign' : 'malformed' }, 'message refused');
      return;
    }
    const { what } = call;
    if (what.kind === 'said') {
      const { text, quoted, media } = what;
      const files = media.map(({ kind, url, key, quoted }) => mediaFile(kind, { by: 'connection', url, key }, quoted));
      const route = connectionRoute(requestId, deps.now());
      await ears.hear(messageOf(call, whose, { text, quoted, files, answeredBy: 'delivery', route }));
    }
    if (what.kind === 'clicked' && what.send !== usedKey) {
      // An event's request takes no message, so what the click says is answered like something unasked.
      const clicked = { text: what.send, quoted: null, files: [] };
      await ears.hear(messageOf(call, whose, { ...clicked, answeredBy: 'delivery', route: null }));
      // The card of a command stays, to be read and pressed again.
      if (isRepeatable(what.send)) return;
      const card = {
        response_type: 'update_template_card',
        ...(call.chat.private ? {} : { userids: [call.sender] }),
        template_card: usedCard(what.send, what.taskId),
      };
      await deps.answer('aibot_respond_update_msg', card, requestId);
    }
  };
}
