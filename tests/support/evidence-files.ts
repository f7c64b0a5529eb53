import { aDocx, anXlsx, aRow, w } from '../plan-parser/formats/office-file.js';
import { aPdf, lines } from '../plan-parser/formats/pdf-file.js';

const latin = (text: string) => Buffer.from(text, 'latin1');

/** Files whose first bytes are those of their kind; `seed` tells one from another. */
export const aJpg = (seed = '') =>
  Buffer.concat([latin('\xff\xd8\xff\xe0\0\x10JFIF\0'), Buffer.from(seed), latin('\xff\xd9')]);
export const aPng = (seed = '') => Buffer.concat([latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), Buffer.from(seed)]);
export const aWebp = () => latin('RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0');
export const aHeic = () => latin('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
export const aScan = (text = '验收单') => aPdf([lines([text])]);
export const aReportDocx = (text = '现场核查情况') => aDocx(w.p(text));
export const aReportXlsx = (text = '设备清单') => anXlsx([{ xml: `<sheetData>${aRow(1, [text])}</sheetData>` }]);

const sectorBytes = 512;
const free = 0xffffffff;
const end = 0xfffffffe;

/** A compound file of empty streams and storages, as Excel and Word 97 to 2003 keep their documents. */
export function aCompound({ streams = [], storages = [] }: { streams?: string[]; storages?: string[] }): Uint8Array {
  const entries = [
    { name: 'Root Entry', kind: 5 },
    ...streams.map((name) => ({ name, kind: 2 })),
    ...storages.map((name) => ({ name, kind: 1 })),
  ];
  const directory = Buffer.alloc(Math.ceil(entries.length / 4) * sectorBytes);
  for (const [at, { name, kind }] of entries.entries()) {
    const from = at * 128;
    const written = directory.write(name, from, 'utf16le');
    directory.writeUInt16LE(written + 2, from + 0x40);
    directory.writeUInt8(kind, from + 0x42);
    // Each is the right neighbour of the one before; the root has the first as its child.
    const next = at > 0 && at + 1 < entries.length ? at + 1 : free;
    directory.writeUInt32LE(free, from + 0x44);
    directory.writeUInt32LE(next, from + 0x48);
    directory.writeUInt32LE(at === 0 && entries.length > 1 ? 1 : free, from + 0x4c);
    directory.writeUInt32LE(end, from + 0x74);
  }
  const sectors = directory.length / sectorBytes;
  const fat = Buffer.alloc(sectorBytes, 0xff);
  fat.writeUInt32LE(0xfffffffd, 0);
  for (let at = 1; at <= sectors; at += 1) fat.writeUInt32LE(at === sectors ? end : at + 1, at * 4);
  const header = Buffer.alloc(sectorBytes);
  latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1').copy(header);
  header.writeUInt16LE(9, 0x1e);
  header.writeUInt16LE(6, 0x20);
  header.writeUInt32LE(1, 0x2c);
  header.writeUInt32LE(1, 0x30);
  header.writeUInt32LE(4096, 0x38);
  header.writeUInt32LE(end, 0x3c);
  header.writeUInt32LE(end, 0x44);
  header.fill(0xff, 0x4c);
  header.writeUInt32LE(0, 0x4c);
  return new Uint8Array(Buffer.concat([header, fat, directory]));
}
