import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { CompoundFile } from '../../../src/plan-parser/formats/doc/compound-file.js';
import { refusalOf } from './read-file.js';

const notice = readFileSync(new URL('../../fixtures/documents/notice.doc', import.meta.url));
const changed = (change: (bytes: Buffer) => void) => {
  const bytes = Buffer.from(notice);
  change(bytes);
  return bytes;
};

describe('a compound file', () => {
  it('gives the streams at its root', () => {
    const file = new CompoundFile(notice);
    expect(['WordDocument', '1Table', 'Workbook'].map((name) => file.has(name))).toEqual([true, true, false]);
  });

  it('whose chain of sectors runs in a ring is corrupt', async () => {
    const fat = (notice.readUInt32LE(0x4c) + 1) * 512;
    const ring = changed((bytes) => {
      for (let at = 0; at < 128; at += 1) bytes.writeUInt32LE(at === 0 ? 1 : 0, fat + at * 4);
    });
    expect(await refusalOf(ring)).toBe('corrupt');
  });
});

it('a workbook of old Excel, or a text of old WPS, is refused with advice', async () => {
  const named = (from: string, to: string) =>
    changed((bytes) => {
      const at = bytes.indexOf(Buffer.from(from, 'utf16le'));
      bytes.fill(0, at, at + from.length * 2);
      bytes.write(to, at, 'utf16le');
      bytes.writeUInt16LE((to.length + 1) * 2, at + 64);
    });
  expect(await refusalOf(named('WordDocument', 'Workbook'))).toBe('unsupported');
  expect(await refusalOf(notice, '通知.wps')).toBe('unsupported');
});
