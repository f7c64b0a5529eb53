import type { Place, WordFile } from './file-information.js';

/** Single properties by their code, with the bytes of their operand. */
export type Properties = ReadonlyMap<number, DataView>;

/** Properties of the characters from one byte of the stream to another; `style` is that of a paragraph. */
export interface Stretch {
  from: number;
  to: number;
  style: number;
  properties: Properties;
}

const operandBytes = [1, 1, 2, 4, 2, 2, 0, 3];
const tableDefinition = 0xd608;
const hugeProperties = new Set([0x6645, 0x6646]);

function lengthOf(view: DataView, at: number, code: number): { skip: number; bytes: number } {
  const fixed = operandBytes[code >> 13] ?? 1;
  if (fixed > 0) return { skip: 0, bytes: fixed };
  return code === tableDefinition
    ? { skip: 2, bytes: view.getUint16(at, true) - 1 }
    : { skip: 1, bytes: view.getUint8(at) };
}

/** A list of single properties ([MS-DOC] 2.2.5). Long ones are kept in the data stream. */
export function readProperties(view: DataView, from: number, to: number, data?: DataView): Properties {
  const found = new Map<number, DataView>();
  let at = from;
  while (at + 2 < to) {
    const code = view.getUint16(at, true);
    const { skip, bytes } = lengthOf(view, at + 2, code);
    const start = at + 2 + skip;
    if (bytes < 0 || start + bytes > view.byteLength) break;
    const operand = new DataView(view.buffer, view.byteOffset + start, bytes);
    if (hugeProperties.has(code) && data && operand.byteLength === 4) {
      const there = operand.getUint32(0, true);
      if (there + 2 > data.byteLength) break;
      const end = Math.min(there + 2 + data.getUint16(there, true), data.byteLength);
      return new Map([...found, ...readProperties(data, there + 2, end)]);
    }
    found.set(code, operand);
    at = start + bytes;
  }
  return found;
}

const pageBytes = 512;

/** The formatting pages that a bin table names ([MS-DOC] 2.8.5, 2.8.6), in the order of the stream. */
function* pagesOf({ main, table }: WordFile, place: Place): Generator<{ page: DataView; runs: number }> {
  const count = Math.floor((place.bytes - 4) / 8);
  for (let order = 0; order < count; order += 1) {
    const number = table.getUint32(place.at + (count + 1) * 4 + order * 4, true) & 0x3fffff;
    if ((number + 1) * pageBytes > main.byteLength) continue;
    const page = new DataView(main.buffer, main.byteOffset + number * pageBytes, pageBytes);
    yield { page, runs: page.getUint8(pageBytes - 1) };
  }
}

export function readParagraphStretches(file: WordFile): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { page, runs } of pagesOf(file, file.places.paragraphPages)) {
    for (let run = 0; run < runs; run += 1) {
      let at = page.getUint8((runs + 1) * 4 + run * 13) * 2;
      const short = at === 0 ? 0 : page.getUint8(at);
      const bytes = short === 0 ? 2 * page.getUint8(at + 1) : 2 * short - 1;
      at += short === 0 ? 2 : 1;
      const end = Math.min(at + bytes, pageBytes);
      const plain = at + 2 > end || page.getUint8((runs + 1) * 4 + run * 13) === 0;
      stretches.push({
        from: page.getUint32(run * 4, true),
        to: page.getUint32(run * 4 + 4, true),
        style: plain ? 0 : page.getUint16(at, true),
        properties: plain ? new Map() : readProperties(page, at + 2, end, file.data),
      });
    }
  }
  return stretches.sort((a, b) => a.from - b.from);
}

const deleted = 0x0800;
const hidden = 0x083c;

/** Stretches of the stream whose characters are deleted (tracked) or hidden. */
export function readUnseenStretches(file: WordFile): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const { page, runs } of pagesOf(file, file.places.characterPages)) {
    for (let run = 0; run < runs; run += 1) {
      const at = page.getUint8((runs + 1) * 4 + run) * 2;
      if (at === 0) continue;
      const properties = readProperties(page, at + 1, Math.min(at + 1 + page.getUint8(at), pageBytes));
      const isSet = (code: number) => properties.get(code)?.getUint8(0) === 1;
      if (!isSet(deleted) && !isSet(hidden)) continue;
      stretches.push({ from: page.getUint32(run * 4, true), to: page.getUint32(run * 4 + 4, true) });
    }
  }
  return stretches.sort((a, b) => a.from - b.from);
}

/** The stretch that holds a byte. */
export function stretchAt<T extends { from: number; to: number }>(
  stretches: readonly T[],
  byte: number,
): T | undefined {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.from ?? 0) <= byte) low = middle + 1;
    else high = middle;
  }
  const found = stretches[low - 1];
  return found && byte < found.to ? found : undefined;
}
