interface Named {
  platform: string;
  account: string;
}

const begin = ({ platform, account }: Named) => `reply ${platform} ${account} `;

/** Of the delivery that answers a message; a message may have several answers, counted from 1. */
export function replyKey(message: Named & { id: string }, number: number): string {
  return `${begin(message)}${message.id} ${number}`;
}

/** The message that such a delivery answers; `null` for what was said unasked. */
export function messageOfReply(key: string, of: Named): string | null {
  return key.startsWith(begin(of)) ? key.slice(begin(of).length).replace(/ \d+$/, '') : null;
}
