import { type FileReply, type FileWay, type IncomingMessage, type Reply, reply } from '../../chat/message.js';

export interface Settled {
  /** What is said in answer. */
  answered: Reply[];
  /** Files that come by another channel. */
  apart: FileReply[];
}

/** How replies go out where some are files: what they are is said first, and where none can come what to do instead. */
export function settleFiles(replies: Reply[], answeredBy: IncomingMessage['answeredBy'], way: () => FileWay): Settled {
  const settled: Settled = { answered: [], apart: [] };
  for (const one of replies) {
    if (one.kind !== 'file') {
      settled.answered.push(one);
      continue;
    }
    const how = way();
    switch (how.kind) {
      case 'with-answer':
        if (answeredBy === 'delivery') settled.answered.push(reply.text(one.text));
        settled.answered.push(one);
        break;
      case 'apart':
        settled.answered.push(reply.text(one.text, how.say));
        settled.apart.push(one);
        break;
      case 'none':
        settled.answered.push(reply.text(one.text, how.say));
    }
  }
  return settled;
}
