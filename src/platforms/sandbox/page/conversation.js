import { recall, remember } from './storage.js';

const most = 200;

/**
 * What was said, kept on this device. An entry is either
 *   { kind: 'said', id, chat, user, text, at, status: 'sending' | 'sent' | 'failed', error, again, replies } or
 *   { kind: 'posted', id, chat, at, reply }, what the bot said of its own accord.
 * `chat` is null for the group, or the person who talks with the bot one to one.
 */
export class Conversation {
  #key;
  #entries;
  /** The last posted message seen: the server lists all of them again on every connection, this device may have dropped some. */
  #seen;

  constructor(ledger) {
    this.#key = `duban.sandbox.conversation.${ledger}`;
    const kept = recall(this.#key);
    this.#seen = kept?.seen ?? null;
    this.#entries = (kept?.entries ?? []).map((entry) =>
      entry.status === 'sending' ? { ...entry, status: 'failed', error: '没有发出', again: true } : entry,
    );
  }

  inChat(chat) {
    return this.#entries.filter((entry) => entry.chat === chat);
  }

  say(chat, user, text, at) {
    const id = crypto.randomUUID();
    const entry = { kind: 'said', id, chat, user, text, at, status: 'sending', replies: [] };
    this.#add(entry);
    return entry;
  }

  /** Returns the entry as it is now, or undefined where it was cleared in the meantime. */
  change(id, changes) {
    const entry = this.#entries.find((each) => each.id === id);
    if (entry) Object.assign(entry, changes);
    this.#save();
    return entry;
  }

  /** Takes posted messages, oldest first, and returns the entries that are new here. */
  take(messages) {
    const seenAt = messages.findIndex((message) => message.id === this.#seen);
    const known = new Set(this.#entries.map((entry) => entry.id));
    const fresh = messages
      .slice(seenAt + 1)
      .filter((message) => !known.has(message.id))
      .map(({ id, at, to, reply }) => ({ kind: 'posted', id, chat: to, at, reply }));
    this.#seen = messages.at(-1)?.id ?? this.#seen;
    for (const entry of fresh) this.#add(entry);
    return fresh;
  }

  clear() {
    this.#entries = [];
    this.#save();
  }

  #add(entry) {
    this.#entries = [...this.#entries, entry].slice(-most);
    this.#save();
  }

  #save() {
    remember(this.#key, { seen: this.#seen, entries: this.#entries });
  }
}
