import type { List, ListLevel } from '../lists/list-counters.js';
import type { WordFile } from './file-information.js';

/** The names of ST_NumberFormat in the order of MSONFC ([MS-OSHARED] 2.2.1.3). */
const formatNames = (
  'decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago ideographDigital ' +
  'japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal japaneseDigitalTenThousand ' +
  'decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero bullet ganada chosung ' +
  'decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese ideographEnclosedCircle ' +
  'ideographTraditional ideographZodiac ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional ' +
  'taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified chineseCountingThousand'
).split(' ');

/** Reads one level ([MS-DOC] 2.9.150) and says where the next begins. */
function readLevel(table: DataView, at: number): { level: ListLevel; next: number } {
  const flags = table.getUint8(at + 5);
  const textAt = at + 28 + table.getUint8(at + 24) + table.getUint8(at + 25);
  const length = table.getUint16(textAt, true);
  let text = '';
  for (let char = 0; char < length; char += 1) {
    const code = table.getUint16(textAt + 2 + char * 2, true);
    text += code < 9 ? `%${code + 1}` : String.fromCharCode(code);
  }
  const restarts = (flags & 0x08) === 0 ? null : table.getUint8(at + 26);
  return {
    level: {
      start: table.getUint32(at, true),
      format: table.getUint8(at + 4) === 0xff ? 'none' : (formatNames[table.getUint8(at + 4)] ?? 'decimal'),
      text,
      restart: restarts,
      legal: (flags & 0x04) !== 0,
    },
    next: textAt + 2 + length * 2,
  };
}

function readDefinitions({ table, places }: WordFile): Map<number, ListLevel[]> {
  const definitions = new Map<number, ListLevel[]>();
  const { at, bytes } = places.lists;
  if (bytes < 2) return definitions;
  const count = Math.min(table.getUint16(at, true), Math.floor((bytes - 2) / 28));
  let next = at + bytes;
  for (let order = 0; order < count; order += 1) {
    const from = at + 2 + order * 28;
    const levels: ListLevel[] = [];
    const isSimple = (table.getUint8(from + 26) & 1) === 1;
    for (let level = 0; level < (isSimple ? 1 : 9); level += 1) {
      const read = readLevel(table, next);
      levels.push(read.level);
      next = read.next;
    }
    definitions.set(table.getUint32(from, true), levels);
  }
  return definitions;
}

/** The lists that paragraphs name by their order from 1, with the changes each makes to its definition. */
export function readLists(file: WordFile): (List | undefined)[] {
  const { table, places } = file;
  const definitions = readDefinitions(file);
  const { at, bytes } = places.listUses;
  if (bytes < 4) return [];
  const count = Math.min(table.getUint32(at, true), Math.floor((bytes - 4) / 16));
  const lists: (List | undefined)[] = [undefined];
  let next = at + 4 + count * 16;
  for (let order = 0; order < count; order += 1) {
    const from = at + 4 + order * 16;
    const family = table.getUint32(from, true);
    const levels = [...(definitions.get(family) ?? [])];
    const starts = new Map<number, number>();
    next += 4;
    for (let change = table.getUint8(from + 12); change > 0; change -= 1) {
      const flags = table.getUint32(next + 4, true);
      const level = flags & 0x0f;
      if (flags & 0x10) starts.set(level, table.getUint32(next, true));
      next += 8;
      if ((flags & 0x20) === 0) continue;
      const read = readLevel(table, next);
      levels[level] = read.level;
      next = read.next;
    }
    lists.push({ id: String(order + 1), family: String(family), levels, starts });
  }
  return lists;
}
