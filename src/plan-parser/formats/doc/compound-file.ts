import { DocumentRefusal } from '../../document-refusal.js';

const headerBytes = 512;
const entryBytes = 128;
const endOfChain = 0xfffffffe;
const headFatSectors = 109;

const corrupt = () => new DocumentRefusal('corrupt');

/**
 * The streams at the root of a compound file ([MS-CFB]), the container of .doc. Every chain of sectors is followed at
 * most once around the file, so that one bent into a ring ends.
 */
export class CompoundFile {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #sectorBytes: number;
  readonly #fat: number[];
  readonly #miniFat: number[];
  readonly #miniStream: Uint8Array;
  readonly #miniCutoff: number;
  readonly #entries = new Map<string, { start: number; size: number }>();
  readonly #storages = new Set<string>();

  constructor(bytes: Uint8Array) {
    if (bytes.length < headerBytes) throw corrupt();
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const shift = this.#view.getUint16(0x1e, true);
    if (shift !== 9 && shift !== 12) throw corrupt();
    this.#sectorBytes = 1 << shift;
    this.#miniCutoff = this.#view.getUint32(0x38, true);
    this.#fat = this.#fatSectors().flatMap((sector) => this.#numbersIn(this.#sector(sector)));
    const directory = this.#chain(this.#view.getUint32(0x30, true));
    const root = this.#readDirectory(directory);
    this.#miniFat = this.#numbersIn(this.#chain(this.#view.getUint32(0x3c, true)));
    this.#miniStream = this.#chain(root.start);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Whether a folder of streams of that name lies at the root. */
  hasStorage(name: string): boolean {
    return this.#storages.has(name);
  }

  /** A stream by name, empty where there is none. */
  stream(name: string): Uint8Array {
    const entry = this.#entries.get(name);
    if (!entry) return new Uint8Array();
    const content = entry.size < this.#miniCutoff ? this.#miniChain(entry.start) : this.#chain(entry.start);
    return content.subarray(0, entry.size);
  }

  #sector(at: number): Uint8Array {
    const from = (at + 1) * this.#sectorBytes;
    return this.#bytes.subarray(from, from + this.#sectorBytes);
  }

  #numbersIn(bytes: Uint8Array): number[] {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.byteLength >> 2 }, (_, at) => view.getUint32(at * 4, true));
  }

  #sectorCount(): number {
    return Math.ceil(this.#bytes.length / this.#sectorBytes);
  }

  #fatSectors(): number[] {
    const count = Math.min(this.#view.getUint32(0x2c, true), this.#sectorCount());
    const sectors = Array.from({ length: headFatSectors }, (_, at) => this.#view.getUint32(0x4c + at * 4, true));
    let next = this.#view.getUint32(0x44, true);
    for (let turns = 0; next < endOfChain && sectors.length < count && turns < this.#sectorCount(); turns += 1) {
      const numbers = this.#numbersIn(this.#sector(next));
      next = numbers.pop() ?? endOfChain;
      sectors.push(...numbers);
    }
    return sectors.slice(0, count).filter((sector) => sector < this.#sectorCount());
  }

  #follow(start: number, table: number[], limit: number, take: (sector: number) => Uint8Array): Uint8Array {
    const pieces: Uint8Array[] = [];
    for (let at = start; at < endOfChain; at = table[at] ?? endOfChain) {
      if (pieces.length > limit) throw corrupt();
      pieces.push(take(at));
    }
    return Buffer.concat(pieces);
  }

  #chain(start: number): Uint8Array {
    return this.#follow(start, this.#fat, this.#sectorCount(), (at) => this.#sector(at));
  }

  #miniChain(start: number): Uint8Array {
    const limit = this.#miniStream.length >> 6;
    return this.#follow(start, this.#miniFat, limit, (at) => this.#miniStream.subarray(at * 64, at * 64 + 64));
  }

  /** Names of the streams at the root; those of embedded objects, which may be documents too, are not looked at. */
  #readDirectory(bytes: Uint8Array): { start: number } {
    if (bytes.length < entryBytes) throw corrupt();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = Math.floor(bytes.length / entryBytes);
    const seen = new Set<number>();
    const waiting = [view.getUint32(0x4c, true)];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (at >= count || seen.has(at)) continue;
      seen.add(at);
      const from = at * entryBytes;
      const nameBytes = Math.max(0, Math.min(64, view.getUint16(from + 0x40, true)) - 2);
      const name = new TextDecoder('utf-16le').decode(bytes.subarray(from, from + nameBytes));
      const kind = view.getUint8(from + 0x42);
      if (kind === 1) this.#storages.add(name);
      const start = view.getUint32(from + 0x74, true);
      if (kind === 2) this.#entries.set(name, { start, size: view.getUint32(from + 0x78, true) });
      waiting.push(view.getUint32(from + 0x44, true), view.getUint32(from + 0x48, true));
    }
    return { start: view.getUint32(0x74, true) };
  }
}
