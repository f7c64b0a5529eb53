import { DocumentRefusal } from '../../document-refusal.js';
import { refuseManyCharacters } from '../bounds.js';
import type { WordFile } from './file-information.js';

/** A run of characters that stand together in the file, one or two bytes each. */
export interface Piece {
  text: string;
  /** Position of its first character in the document, and of its first byte in the stream. */
  first: number;
  byte: number;
  width: 1 | 2;
}

const compressed = 0x40000000;

/** The text of a document in its order, by the piece table ([MS-DOC] 2.4.1). */
export function readPieces({ main, table, places }: WordFile): Piece[] {
  let at = places.pieces.at;
  while (table.getUint8(at) === 1) at += 3 + table.getUint16(at + 1, true);
  if (table.getUint8(at) !== 2) throw new DocumentRefusal('corrupt');
  const count = Math.floor((table.getUint32(at + 1, true) - 4) / 12);
  const positions = at + 5;
  const descriptors = positions + (count + 1) * 4;
  const pieces: Piece[] = [];
  let characters = 0;
  for (let order = 0; order < count; order += 1) {
    const first = table.getUint32(positions + order * 4, true);
    const length = table.getUint32(positions + order * 4 + 4, true) - first;
    const address = table.getUint32(descriptors + order * 8 + 2, true);
    const width = address & compressed ? 1 : 2;
    const byte = width === 1 ? (address & ~compressed) / 2 : address;
    if (length < 0 || byte + length * width > main.byteLength) throw new DocumentRefusal('corrupt');
    characters += length;
    refuseManyCharacters(characters);
    const bytes = new Uint8Array(main.buffer, main.byteOffset + byte, length * width);
    const text = new TextDecoder(width === 1 ? 'windows-1252' : 'utf-16le', { ignoreBOM: true }).decode(bytes);
    pieces.push({ text, first, byte, width });
  }
  return pieces;
}
