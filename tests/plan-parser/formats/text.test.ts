import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/plan-parser/formats/text.js';
import { blocksOfText } from '../../../src/plan-parser/formats/text-blocks.js';

const utf8 = new TextEncoder().encode('县水利局牵头');

describe('decoding a text file', () => {
  it.each([
    ['UTF-8', utf8],
    ['UTF-8 with a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8)],
    ['GB18030', Uint8Array.of(0xcf, 0xd8, 0xcb, 0xae, 0xc0, 0xfb, 0xbe, 0xd6, 0xc7, 0xa3, 0xcd, 0xb7)],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, ...Buffer.from('县水利局牵头', 'utf16le'))],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe('县水利局牵头');
  });
});

const cellsOf = (text: string) =>
  blocksOfText(text).flatMap((block) =>
    block.kind === 'table' ? [block.rows.map((row) => row.map((cell) => cell.text))] : [],
  );

describe('paragraphs', () => {
  it.each(['\n', '\r\n', '\r'])('count lines whatever ends them (%j)', (end) => {
    expect(blocksOfText(['一、总则', '', '　　正文 '].join(end))).toEqual([
      { kind: 'paragraph', text: '一、总则', line: 1 },
      { kind: 'paragraph', text: '正文', line: 3 },
    ]);
  });

  it('leave out what an exporter wrote', () => {
    expect(blocksOfText('[image: image7.png]')).toEqual([]);
  });

  it('set wide are closed up', () => {
    expect(blocksOfText('云 溪 县 2 0 2 4 年 工 作 方 案\n一、总 则')).toMatchObject([
      { text: '云溪县2024年工作方案' },
      { text: '一、总 则' },
    ]);
  });

  it.each([
    '当前位置：首页 > 政务公开',
    '【打印】 【关闭】',
    '浏览次数：12次',
    '来源：县政府办',
    '扫一扫在手机打开当前页',
    '通知.pdf',
  ])('leave out what a site adds: %s', (line) => {
    expect(blocksOfText(line)).toEqual([]);
  });

  it('are no table because they begin with a tab', () => {
    expect(blocksOfText('\t第一段。\n\t第二段。\n\n\t第三段。').map((block) => block.kind)).toEqual([
      'paragraph',
      'paragraph',
      'paragraph',
    ]);
  });
});

describe('tables in a text', () => {
  it('have a tab before each cell and a blank line between rows; broken cells are put together', () => {
    const text =
      '\t序号\n\t主要\n任务\n\t责任单位\n\n\t\n1\n\t夜间\n\n施工\n\t县住建局\n\n\t2\n\t\n\t县公安局\n\n\n后文';
    expect(cellsOf(text)).toEqual([
      [
        ['序号', '主要任务', '责任单位'],
        ['1', '夜间施工', '县住建局'],
        ['2', '', '县公安局'],
      ],
    ]);
    expect(blocksOfText(text).at(-1)).toEqual({ kind: 'paragraph', text: '后文', line: 18 });
  });

  it('may be pasted from a sheet, one row to a line', () => {
    expect(cellsOf('序号\t任务\t牵头单位\n1\t夜间施工\t县住建局\n2\t广场舞\t县公安局')).toEqual([
      [
        ['序号', '任务', '牵头单位'],
        ['1', '夜间施工', '县住建局'],
        ['2', '广场舞', '县公安局'],
      ],
    ]);
  });

  it('may have the number of a row without a tab, and a last cell that goes on below a blank line', () => {
    const rows = [
      '\t序号',
      '\t任务',
      '\t责任单位',
      '',
      '1',
      '\t施工',
      '\t县住建局',
      '',
      '县城管局',
      '',
      '\t2',
      '\t广场舞',
      '\t县公安局',
    ];
    expect(cellsOf(rows.join('\n'))).toEqual([
      [
        ['序号', '任务', '责任单位'],
        ['1', '施工', '县住建局\n县城管局'],
        ['2', '广场舞', '县公安局'],
      ],
    ]);
  });

  it('know the line of each cell', () => {
    const [, table] = blocksOfText('前文\n\t序号\n\t任务\n\n\t\n1\n\t施工');
    expect(table).toMatchObject({
      rows: [
        [{ line: 2 }, { line: 3 }],
        [{ line: 6 }, { line: 7 }],
      ],
    });
  });
});
