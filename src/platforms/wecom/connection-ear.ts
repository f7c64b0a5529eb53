import type { Logger } from 'pino';

import type { IncomingMessage } from '../../chat/message.js';
import type { Ears } from '../adapter.js';
import type { Http } from '../http.js';
import { isRepeatable } from '../typed-buttons.js';
import { type BotCall, isForeign, type Media, messageOf, readBotCall, type Whose } from './bot-call.js';
import { usedCard, usedKey } from './card.js';
import type { Hear } from './connection.js';
import { decryptFile } from './crypto.js';
import { PeopleFile } from './people-file.js';
import { connectionRoute } from './route.js';

export interface ConnectionEarDeps {
  http: Http;
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
      const message = heard(call, whose, media ? '' : text, media ? null : quoted);
      message.route = connectionRoute(requestId, deps.now());
      await ears.hear(media ? { ...message, file: fileOf(media, deps.http) } : message);
    }
    if (what.kind === 'clicked' && what.send !== usedKey) {
      // An event's request takes no message, so what the click says is answered like something unasked.
      await ears.hear(heard(call, whose, what.send, null));
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

function heard(call: BotCall, whose: Whose, text: string, quoted: string | null): IncomingMessage {
  return messageOf(call, whose, { text, quoted, answeredBy: 'delivery', route: null });
}

function fileOf({ kind, url, key }: Media, http: Http): PeopleFile {
  const name = kind === 'image' ? '图片' : '文件';
  return new PeopleFile(
    http,
    name,
    async () => url,
    (content) => (key === null ? null : decryptFile(content, key)),
  );
}
