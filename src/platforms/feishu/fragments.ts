import { type Frame, headerOf } from './frames.js';

const mostPieces = 100;
const mostBytes = 1024 * 1024;
const mostOpen = 1000;
const keptMs = 10_000;

/** Puts the payloads of an event that came in several frames together. */
export class Fragments {
  readonly #open = new Map<string, { pieces: (Uint8Array | undefined)[]; since: number }>();

  /** The whole payload once its last piece is here, else `null`. Throws when the pieces make no sense. */
  add(frame: Frame, now: number): Uint8Array | null {
    const id = headerOf(frame, 'message_id');
    const [sum, seq] = [Number(headerOf(frame, 'sum') || 1), Number(headerOf(frame, 'seq') || 0)];
    if (!Number.isInteger(sum) || sum < 1 || sum > mostPieces || !Number.isInteger(seq) || seq < 0 || seq >= sum) {
      throw new Error(`piece ${seq} of ${sum}`);
    }
    if (sum === 1) return frame.payload;
    for (const [other, { since }] of this.#open) if (since < now - keptMs) this.#open.delete(other);
    if (this.#open.size >= mostOpen) this.#open.clear();
    const held = this.#open.get(id) ?? { pieces: new Array<Uint8Array | undefined>(sum).fill(undefined), since: now };
    if (held.pieces.length !== sum) throw new Error(`${sum} pieces after ${held.pieces.length}`);
    held.pieces[seq] = frame.payload;
    this.#open.set(id, held);
    const pieces = held.pieces.filter((piece) => piece !== undefined);
    if (pieces.length < sum) return null;
    this.#open.delete(id);
    const whole = Buffer.concat(pieces);
    if (whole.byteLength > mostBytes) throw new Error(`event of ${whole.byteLength} bytes`);
    return whole;
  }
}
