import { deflateSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { readDocument } from '../../../src/plan-parser/read-document.js';
import { aPdf, lines, type Placed, pdfOf } from './pdf-file.js';
import { issueCodesOf, linesOf, refusalOf } from './read-file.js';

/** As many characters as fill a line. */
const full = '为了治理扬尘改善空气质量结合我县实际制定本方案请各单位遵照';

describe('a text layer', () => {
  it('is read though its font is not embedded', async () => {
    expect(await linesOf(aPdf([lines(['一、县水利局牵头负责本项工作。'])]))).toEqual([
      '一、县水利局牵头负责本项工作。',
    ]);
    const gbk = () => 'cfd8cbaecbe0bed6c7a3cdb7b8bad4f0b1becfeeb9a4d7f7';
    expect(await linesOf(aPdf([lines(['x'])], 'GBK-EUC-H', gbk))).toEqual(['县水肃局牵头负责本项工作']);
  });

  it('has lines that go on, over a page too, and paragraphs that are indented', async () => {
    const first = [{ text: full.slice(2), x: 104, y: 100 }];
    const second = [...lines([full, '执行。']), { text: '1．夜间施工应当公示，由县住建局牵头。', x: 104, y: 700 }];
    expect(await linesOf(aPdf([first, second]))).toEqual([
      `${full.slice(2)}${full}执行。`,
      '1．夜间施工应当公示，由县住建局牵头。',
    ]);
  });

  it('keeps a number that would not fit on the line above in its paragraph', async () => {
    const texts = [full.slice(0, 27), '2024年9月底前完成，由县住建局牵头负责落实。'];
    expect(await linesOf(aPdf([lines([full, ...texts, full])]))).toEqual([`${full}${texts.join('')}`, full]);
  });

  it('is without page numbers and the head that every page repeats', async () => {
    const pages = [1, 2, 3].map((page): Placed[] => [
      { text: '云溪县人民政府文件', x: 200, y: 810 },
      ...lines([full, `第${page}条。`], 72, 700),
      { text: `— ${page} —`, x: 280, y: 40 },
    ]);
    expect(await linesOf(aPdf(pages))).toEqual([1, 2, 3].map((page) => `${full}第${page}条。`));
  });

  it('in two columns is read column by column, and flagged', async () => {
    const left = Array.from({ length: 12 }, (_, at) => `左栏第${at + 1}行由县住建局牵头。`);
    const right = Array.from({ length: 12 }, (_, at) => `右栏第${at + 1}行由县城管局负责。`);
    const reading = await readDocument(aPdf([[...lines(left, 60), ...lines(right, 330)]]));
    expect(reading.text.replaceAll('\n', '')).toBe([...left, ...right].join(''));
    expect(issueCodesOf(reading)).toContain('columns-interleaved');
  });

  it('set in columns without rulings is no table, and flagged', async () => {
    const rows = ['1', '2', '3', '4'].flatMap((number, at) => [
      { text: number, x: 72, y: 700 - at * 24 },
      { text: '夜间施工', x: 150, y: 700 - at * 24 },
      { text: '县住建局', x: 330, y: 700 - at * 24 },
    ]);
    expect(issueCodesOf(await readDocument(aPdf([[...lines([full]), ...rows]])))).toContain('table-unsplit');
  });
});

describe('a file that would unpack to more than memory holds', () => {
  const bomb = deflateSync(Buffer.alloc(200 * 1024 * 1024, 32), { level: 1 });

  it('is refused before it is unpacked', async () => {
    expect(await refusalOf(pdfOf([{ dictionary: '/Filter/FlateDecode', content: bomb }]))).toBe('too-large');
  });

  it('is refused when it is packed twice', async () => {
    const twice = { dictionary: '/Filter[/FlateDecode /FlateDecode]', content: deflateSync(bomb) };
    expect(await refusalOf(pdfOf([twice]))).toBe('too-large');
  });
});
