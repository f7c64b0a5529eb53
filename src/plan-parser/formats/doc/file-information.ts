import { DocumentRefusal } from '../../document-refusal.js';
import type { CompoundFile } from './compound-file.js';

/** Where the parts of a document stand in its table stream. */
export interface Place {
  at: number;
  bytes: number;
}

export interface WordFile {
  /** The stream of text and formatting pages. */
  main: DataView;
  table: DataView;
  data: DataView;
  characters: { body: number; notes: number; headers: number };
  places: Record<'styles' | 'characterPages' | 'paragraphPages' | 'pieces' | 'lists' | 'listUses', Place>;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const wordMark = 0xa5ec;
/** Word 97; earlier versions laid everything out in another way. */
const firstVersion = 0x00c1;
const flags = { encrypted: 0x0100, secondTable: 0x0200 };

/** The information block at the head of a .doc ([MS-DOC] 2.5.1). */
export function openWordFile(file: CompoundFile): WordFile {
  const main = viewOf(file.stream('WordDocument'));
  if (main.byteLength < 0x2f2 || main.getUint16(0, true) !== wordMark) throw new DocumentRefusal('corrupt');
  if (main.getUint16(2, true) < firstVersion) throw new DocumentRefusal('unsupported', ' Word 95 及更早的 .doc 文件');
  const set = main.getUint16(0x0a, true);
  if (set & flags.encrypted) throw new DocumentRefusal('encrypted');
  const place = (at: number): Place => ({ at: main.getUint32(at, true), bytes: main.getUint32(at + 4, true) });
  return {
    main,
    table: viewOf(file.stream(set & flags.secondTable ? '1Table' : '0Table')),
    data: viewOf(file.stream('Data')),
    characters: {
      body: main.getUint32(0x4c, true),
      notes: main.getUint32(0x50, true),
      headers: main.getUint32(0x54, true),
    },
    places: {
      styles: place(0xa2),
      characterPages: place(0xfa),
      paragraphPages: place(0x102),
      pieces: place(0x1a2),
      lists: place(0x2e2),
      listUses: place(0x2ea),
    },
  };
}
