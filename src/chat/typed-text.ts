import { type Folded, foldWithMap, originalOf } from '../language/fold.js';

/** What a person typed, folded for reading, from which parts are taken away as they are understood. */
export class TypedText {
  readonly #original: string;
  readonly #folded: Folded;
  /** Folded text in which what was taken is blank, so that positions stay. */
  #left: string;

  constructor(original: string) {
    this.#original = original;
    this.#folded = foldWithMap(original);
    this.#left = this.#folded.text;
  }

  get folded(): string {
    return this.#folded.text;
  }

  get left(): string {
    return this.#left;
  }

  take({ start, end }: { start: number; end: number }): void {
    this.#left = this.#left.slice(0, start) + ' '.repeat(end - start) + this.#left.slice(end);
  }

  /** Word for word as typed, without the blanks and marks that join it to what stands before. */
  words(start: number, end?: number): string {
    return originalOf(this.#original, this.#folded, start, end)
      .replace(/^[\s，,、：:；;。]+/u, '')
      .trimEnd();
  }
}
