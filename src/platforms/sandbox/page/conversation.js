import { recall, recallHere, remember, rememberHere } from './storage.js';

const most = 400;
const mostCleared = 1_000;

/**
 * What was said. The server keeps it and tells it; this device keeps only what it has not been able to send, and which
 * messages were cleared from its screen. An entry is either
 *   { kind: 'said', id, chat, user, text, files, at, status: 'sending' | 'sent' | 'failed', error, again, replies } or
 *   { kind: 'posted', id, chat, at, reply }, what the bot said of its own accord.
 * `chat` is null for the group, or the person who talks with the bot one to one.
 */
export class Conversation {
  #unsentKey;
  #clearedKey;
  #cleared;
  #entries = [];

  constructor(ledger) {
    this.#unsentKey = `duban.sandbox.unsent.${ledger}`;
    this.#clearedKey = `duban.sandbox.cleared.${ledger}`;
    this.#cleared = new Set(recall(this.#clearedKey) ?? []);
  }

  inChat(chat) {
    return this.#entries.filter((entry) => entry.chat === chat);
  }

  lastIn(chat) {
    return this.#entries.findLast((entry) => entry.chat === chat);
  }

  statusOf(id) {
    return this.#find(id)?.status;
  }

  say({ chat, user, text, files = [], at }) {
    const id = crypto.randomUUID();
    const entry = { kind: 'said', id, chat, user, text, files, at, status: 'sending', replies: [] };
    this.#add(entry);
    this.#saveUnsent();
    return entry;
  }

  /** Returns the entry as it is now, or undefined where it was cleared in the meantime. */
  change(id, changes) {
    const entry = this.#find(id);
    if (entry) Object.assign(entry, changes);
    this.#saveUnsent();
    return entry;
  }

  /** Takes what the server tells, oldest first, and returns the entries that are new here and those that changed. */
  take(messages) {
    const [added, changed] = [[], []];
    for (const { kind, id, at, to: chat, ...rest } of messages) {
      const known = this.#find(id);
      // The answer to the request may have come first; that its words are not kept is told here only.
      const isNews = known?.kind === 'said' && (known.status !== 'sent' || (rest.text === null && known.text !== null));
      if (isNews) {
        const text = rest.text === null ? null : known.text;
        changed.push(this.change(id, { text, replies: rest.replies, status: 'sent' }));
      } else if (!known && !this.#cleared.has(id)) {
        const entry = { kind, id, chat, at, ...rest, ...(kind === 'said' ? { status: 'sent' } : {}) };
        this.#add(entry);
        added.push(entry);
      }
    }
    return { added, changed };
  }

  /** What this tab had not sent when it was closed. The server may have it all the same: sent again, it is the same message. */
  takeUnsent() {
    for (const entry of recallHere(this.#unsentKey) ?? []) {
      if (this.#find(entry.id)) continue;
      this.#add({ files: [], ...entry, status: 'failed', error: entry.error ?? '没有发出', again: true });
    }
  }

  clear() {
    const cleared = [...this.#cleared, ...this.#entries.map(({ id }) => id)].slice(-mostCleared);
    this.#cleared = new Set(cleared);
    this.#entries = [];
    remember(this.#clearedKey, cleared);
    this.#saveUnsent();
  }

  #find(id) {
    return this.#entries.find((entry) => entry.id === id);
  }

  #add(entry) {
    this.#entries = [...this.#entries, entry].slice(-most);
  }

  #saveUnsent() {
    rememberHere(
      this.#unsentKey,
      this.#entries.filter(({ kind, status, files }) => kind === 'said' && status !== 'sent' && files.length === 0),
    );
  }
}
