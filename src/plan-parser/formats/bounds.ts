import { DocumentRefusal } from '../document-refusal.js';

const megabyte = 1024 * 1024;

/**
 * What a document may be at most. The largest plans met have 300 pages, 300 000 characters and, with their pictures,
 * 15 MB; a ledger of a whole province may have 20 000 rows. Beyond these bounds it is another kind of file, or one made
 * to exhaust the machine.
 */
export const bounds = {
  fileBytes: 20 * megabyte,
  characters: 5_000_000,
  lines: 300_000,
  pages: 500,
  /** Parts of an Office file that are read; pictures are never unpacked. */
  zipEntries: 5000,
  unpackedBytes: 48 * megabyte,
  /** The text of Office files packs down to a tenth or, in empty styled rows, a hundredth. */
  unpackedRatio: 200,
  ratioMattersFrom: 4 * megabyte,
  cellsInTable: 100_000,
  columnsInTable: 60,
  nestedElements: 256,
  nestedTags: 1000,
};

export function refuseLargeFile(bytes: number): void {
  if (bytes <= bounds.fileBytes) return;
  throw new DocumentRefusal('too-large', `${Math.ceil(bytes / megabyte)} MB，最多 ${bounds.fileBytes / megabyte} MB`);
}

export function refuseManyLines(lines: number): void {
  if (lines > bounds.lines) throw new DocumentRefusal('too-large', `超过${bounds.lines / 10_000}万行`);
}

export function refuseManyCharacters(characters: number): void {
  if (characters > bounds.characters) {
    throw new DocumentRefusal('too-large', `文字超过${bounds.characters / 10_000}万字`);
  }
}
