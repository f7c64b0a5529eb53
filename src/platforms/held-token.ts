/** Asking again at once would be told the same; many wrong secrets have an address blocked for an hour. */
const afterRefusalMs = 60_000;

/** `isFinal` where asking again mends nothing. */
export type Given<No> =
  | { kind: 'given'; token: string; lifeMs: number }
  | { kind: 'refused'; no: No; isFinal: boolean };

/** An app's token: asked for once however many want it, kept until shortly before its end. */
export class HeldToken<No extends object> {
  readonly #ask: () => Promise<Given<No>>;
  readonly #now: () => Date;
  readonly #earlyMs: number;
  #held: { answer: string | No; until: number } | null = null;
  #asking: Promise<string | No> | null = null;

  /** `earlyMs` before its end a token is asked for anew. */
  constructor(ask: () => Promise<Given<No>>, now: () => Date, earlyMs: number) {
    this.#ask = ask;
    this.#now = now;
    this.#earlyMs = earlyMs;
  }

  /** The token, or what the platform said instead. */
  async get(): Promise<string | No> {
    if (this.#held && this.#now().getTime() < this.#held.until) return this.#held.answer;
    this.#asking ??= this.#answer().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** The platform does not take this one any more; whoever came later may have got another already. */
  drop(token: string): void {
    if (this.#held?.answer === token) this.#held = null;
  }

  async #answer(): Promise<string | No> {
    const given = await this.#ask();
    const at = this.#now().getTime();
    if (given.kind === 'refused') {
      this.#held = given.isFinal ? { answer: given.no, until: at + afterRefusalMs } : null;
      return given.no;
    }
    const { token, lifeMs } = given;
    this.#held = { answer: token, until: at + Math.max(lifeMs - this.#earlyMs, lifeMs / 2) };
    return token;
  }
}
