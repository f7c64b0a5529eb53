import yauzl, { type Entry, type ZipFile } from 'yauzl';

import { DocumentRefusal } from '../document-refusal.js';
import { bounds } from './bounds.js';

/** The parts of an Office file by name. Nothing is unpacked before it is asked for, and never more than the bounds. */
export class Zip {
  readonly #file: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  #unpacked = 0;

  private constructor(file: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  static async open(bytes: Uint8Array): Promise<Zip> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entries = new Map<string, Entry>();
    try {
      const file = await yauzl.fromBufferPromise(buffer, { lazyEntries: true });
      if (file.entryCount > bounds.zipEntries) throw new DocumentRefusal('too-large', '压缩的部分过多');
      for await (const entry of file.eachEntry()) entries.set(entry.fileName, entry);
      return new Zip(file, entries);
    } catch (cause) {
      throw cause instanceof DocumentRefusal ? cause : new DocumentRefusal('corrupt', '', { cause });
    }
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The text of a part, piece by piece; nothing where there is no such part. */
  async *read(name: string): AsyncGenerator<string> {
    const entry = this.#entries.get(name);
    if (!entry) return;
    this.#refuseBomb(entry);
    const decoder = new TextDecoder();
    try {
      // yauzl ends the stream with an error once it is longer than its entry says.
      const stream = await this.#file.openReadStreamPromise(entry);
      for await (const chunk of stream) yield decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new DocumentRefusal('corrupt', '', { cause });
    }
    yield decoder.decode();
  }

  #refuseBomb({ uncompressedSize, compressedSize }: Entry): void {
    this.#unpacked += uncompressedSize;
    const ratio = uncompressedSize / Math.max(1, compressedSize);
    const dense = uncompressedSize > bounds.ratioMattersFrom && ratio > bounds.unpackedRatio;
    if (dense || this.#unpacked > bounds.unpackedBytes) throw new DocumentRefusal('too-large', '解压后过大');
  }
}
