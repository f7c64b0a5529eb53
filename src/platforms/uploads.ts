import type { Sent } from './adapter.js';

export type Upload<As> = { kind: 'uploaded'; as: As } | Sent;

/** What became of a message with an uploaded file; `stale` when the platform does not know the upload. */
export interface FilePosting {
  sent: Sent;
  stale: boolean;
}

const mostHeld = 1_000;

/** Files that were uploaded and wait for their message: as the platform calls them, by the key of the delivery. */
export class Uploads<As> {
  readonly #held = new Map<string, As>();

  /** Uploads a file once for all attempts to send it, and anew where the platform has forgotten it in the meantime. */
  async send(
    key: string,
    upload: () => Promise<Upload<As>>,
    post: (uploaded: As) => Promise<FilePosting>,
  ): Promise<Sent> {
    const held = this.#held.get(key);
    if (held !== undefined) {
      const { sent, stale } = await post(held);
      if (!stale) return this.#settled(key, sent);
    }
    const uploaded = await upload();
    if (uploaded.kind !== 'uploaded') return uploaded;
    if (this.#held.size >= mostHeld) this.#held.clear();
    this.#held.set(key, uploaded.as);
    return this.#settled(key, (await post(uploaded.as)).sent);
  }

  #settled(key: string, sent: Sent): Sent {
    if (sent.kind !== 'retry') this.#held.delete(key);
    return sent;
  }
}
