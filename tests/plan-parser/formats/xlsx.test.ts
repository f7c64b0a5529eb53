import { describe, expect, it } from 'vitest';

import { readDocument } from '../../../src/plan-parser/read-document.js';
import { anXlsx, aRow } from './office-file.js';
import { issueCodesOf, rowsOf } from './read-file.js';

const header = ['序号', '类别', '主要任务', '完成时限', '牵头单位'];
const data = (...rows: string[]) => `<sheetData>${rows.join('')}</sheetData>`;

describe('a sheet', () => {
  it('has a title above its header; merged cells hold for every row', async () => {
    const xml = `${data(
      aRow(1, ['云溪县2024年扬尘治理任务清单']),
      aRow(2, header),
      aRow(3, ['1', '工地', '公示', '2024年9月底前', '县住建局']),
      aRow(4, ['2', null, '降尘', '长期坚持', '县城管局']),
    )}<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="B3:B4"/></mergeCells>`;
    const { draft, text, places } = await readDocument(anXlsx([{ xml }]));
    expect(draft.plans[0]?.title).toBe('云溪县2024年扬尘治理任务清单');
    expect(draft.plans[0]?.tasks.map((task) => [task.title, task.section])).toEqual([
      ['公示', ['工地']],
      ['降尘', ['工地']],
    ]);
    expect(places[text.split('\n').indexOf('\t降尘')]).toBe('Sheet1!C4');
  });

  it.each([
    ['yyyy"年"m"月"d"日"', 45473, '2024年6月30日'],
    ['yyyy/m/d;@', 45473, '2024年6月30日'],
    ['[$-804]yyyy"年"m"月"', 45473, '2024年6月'],
    ['m"月"d"日"', 45473, '6月30日'],
    ['0%', 0.9, '90%'],
    ['0.00', 35, '35.00'],
    ['General', 0.30000000000000004, '0.3'],
    ['@', 12, '12'],
  ])('shows by the format %s the number %d as %s', async (format, value, shown) => {
    const xml = data(aRow(1, header), aRow(2, ['1', '工地', '公示', [value, 1], '县住建局']));
    expect((await rowsOf(anXlsx([{ xml }], [format])))[1]?.[3]).toBe(shown);
  });

  it('shows what formulas came to, and no errors', async () => {
    const xml = data(
      aRow(1, header),
      '<row r="2"><c r="A2"><f>1+0</f><v>1</v></c><c r="B2" t="str"><f>A9</f><v>工地</v></c><c r="C2" t="inlineStr"><is><r><t>公</t></r><rPh><t>gong</t></rPh><r><t>示</t></r></is></c><c r="D2" t="e"><v>#N/A</v></c><c r="E2" t="b"><v>1</v></c></row>',
    );
    expect((await rowsOf(anXlsx([{ xml }])))[1]).toEqual(['1', '工地', '公示', '', '是']);
  });

  it('is read though it is hidden, and said to be', async () => {
    const row = aRow(2, ['1', '工地', '公示', '长期坚持', '县住建局'], ' hidden="1"');
    const sheet = { xml: data(aRow(1, header), row), state: 'hidden', name: '旧台账' };
    const reading = await readDocument(anXlsx([{ xml: data(aRow(1, ['云溪县扬尘治理工作方案'])) }, sheet]));
    expect(issueCodesOf(reading)).toEqual(expect.arrayContaining(['sheet-hidden', 'rows-hidden']));
    expect(reading.draft.plans[0]?.tasks).toHaveLength(1);
  });

  it('is not blown up by merged cells that reach to its end', async () => {
    const xml = data(aRow(1, header), aRow(2, ['1', '工地', '公示', '长期坚持', '县住建局']));
    const merged = '<mergeCells><mergeCell ref="A3:XFD1048576"/><mergeCell ref="B2:B1048576"/></mergeCells>';
    expect(await rowsOf(anXlsx([{ xml: xml + merged }]))).toHaveLength(2);
  });

  it('may hold one table below another, each with its own header', async () => {
    const second = ['序号', '工作任务', '责任单位'];
    const xml = data(
      aRow(1, header),
      aRow(2, ['1', '工地', '公示', '长期坚持', '县住建局']),
      aRow(3, second),
      aRow(4, ['1', '降尘', '县城管局']),
    );
    const { draft } = await readDocument(anXlsx([{ xml: data(aRow(1, ['云溪县工作方案'])) }, { xml }]));
    expect(draft.plans[0]?.tasks.map((task) => task.title)).toEqual(['公示', '降尘']);
  });

  it('of one column is text', async () => {
    const xml = data(aRow(1, ['云溪县扬尘治理2024年工作方案']), aRow(2, ['1．降尘。洒水。（县城管局负责）']));
    const { draft } = await readDocument(anXlsx([{ xml }]));
    expect(draft.plans[0]?.tasks[0]).toMatchObject({ title: '降尘', text: '洒水。（县城管局负责）' });
  });
});
