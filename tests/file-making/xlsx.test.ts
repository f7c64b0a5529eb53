import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';

import { localDate } from '../../src/domain/local-date.js';
import { dateCell, numberCell, textCell } from '../../src/file-making/cell.js';
import { type Column, tableOf } from '../../src/file-making/table.js';
import { writeTable } from '../../src/file-making/xlsx.js';
import { Zip } from '../../src/plan-parser/formats/zip.js';

const moment = new Date('2023-09-25T01:00:00Z');
const columns: Column<string>[] = [
  { key: 'words', heading: '内容', width: 20, value: (text) => textCell(text) },
  { key: 'length', heading: '字数', width: 8, align: 'center', value: (text) => numberCell([...text].length) },
  { key: 'day', heading: '日期', width: 14, value: () => dateCell(localDate.parse('2023-09-30')) },
];
const write = (texts: string[]) =>
  writeTable(tableOf(columns, texts, { sheet: '台账', title: '标题', note: '截至今天', moment }));

async function partOf(bytes: Uint8Array, name: string): Promise<string> {
  let text = '';
  for await (const piece of (await Zip.open(bytes)).read(name)) text += piece;
  return text;
}

async function cellOf(text: string) {
  const { sheets } = await readXlsx(await write([text]), { readStyles: true });
  return sheets[0]?.cells?.get('3,0');
}

describe('people’s words in a workbook', () => {
  it.each(['=HYPERLINK("http://evil.example","点我")', '+86 138', '-1+2', "@SUM(1+1)*cmd|' /C calc'!A0", '＝1+1'])(
    '%s stay words, also when the cell is edited',
    async (text) => {
      const bytes = await write([text]);
      const sheet = await partOf(bytes, 'xl/worksheets/sheet1.xml');
      expect(sheet).not.toContain('<f>');
      expect(sheet).toMatch(/<c r="A4" t="s"/u);
      const cell = await cellOf(text);
      expect(cell).toMatchObject({ value: text, type: 'string', style: { numFmt: '@' } });
      expect(cell?.formula).toBeUndefined();
    },
  );

  it('have no special format where nothing calls for it', async () => {
    expect((await cellOf('五个建制镇=5'))?.style?.numFmt ?? 'General').toBe('General');
  });

  it.each([
    ['control characters', 'a\u0000\u0007\u000b\u001b[31mb\u0085c', 'a[31mb\nc'],
    ['line ends of any kind', '一\r\n二\r三\u2028四', '一\n二\n三\n四'],
    ['half a character', '坏\ud800了', '坏\ufffd了'],
    ['markup', '<b>&amp;</b> ]]> <!--', '<b>&amp;</b> ]]> <!--'],
    ['what looks like an escape', '_x000D_ _x0041_ _x00', '_x000D_ _x0041_ _x00'],
    ['signs beyond the first plane', '鐵👍𠮷', '鐵👍𠮷'],
    ['spaces around', '  前后  ', '前后'],
  ])('keep %s harmless', async (_what, text, shown) => {
    expect((await cellOf(text))?.value).toBe(shown);
  });

  it('are cut where no program takes more, at a whole character', async () => {
    const shown = String((await cellOf('👍'.repeat(30_000)))?.value);
    expect(shown.length).toBeLessThan(32_767);
    expect(shown).toMatch(/^(?:👍)+……$/u);
  });

  it('leave an empty cell empty', async () => {
    expect((await cellOf(' \u0007 '))?.value ?? null).toBeNull();
  });
});

describe('a table as a workbook', () => {
  it('has numbers that count and dates that sort', async () => {
    const { sheets } = await readXlsx(await write(['水环境']), { readStyles: true });
    expect(sheets[0]?.rows[3]).toEqual(['水环境', 3, new Date('2023-09-30T00:00:00Z')]);
    expect(sheets[0]?.cells?.get('3,2')?.style?.numFmt).toBe('yyyy"年"m"月"d"日"');
  });

  it('makes room for what is wrapped, up to what a row can be', async () => {
    const xml = await partOf(await write(['短', '长'.repeat(100), '很长'.repeat(2_000)]), 'xl/worksheets/sheet1.xml');
    const heights = [...xml.matchAll(/<row r="(\d+)"[^>]*\bht="([\d.]+)"/gu)].map(([, row, height]) => [
      Number(row),
      Number(height),
    ]);
    const height = new Map(heights as [number, number][]);
    expect(height.get(4)).toBeLessThan(30);
    expect(height.get(5)).toBeGreaterThan(100);
    expect(height.get(6)).toBe(409);
  });

  it('is the same bytes each time it is made', async () => {
    const [first, second] = [await write(['一', '二']), await write(['一', '二'])];
    expect(Buffer.from(first).equals(second)).toBe(true);
  });

  it('of thousands of rows is written whole', async () => {
    const texts = Array.from({ length: 5_000 }, (_, at) => `第${at}行 城区内涝点整治`);
    const { sheets } = await readXlsx(await write(texts));
    expect(sheets[0]?.rows).toHaveLength(5_003);
    expect(sheets[0]?.rows.at(-1)?.[0]).toBe('第4999行 城区内涝点整治');
  });
});
