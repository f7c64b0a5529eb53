import { describe, expect, it } from 'vitest';

import { readDocument } from '../../../src/plan-parser/read-document.js';
import { aDocx, w } from './office-file.js';
import { linesOf, rowsOf } from './read-file.js';

const read = (body: string, parts = {}) => linesOf(aDocx(body, parts));

describe('numbers that Word generates', () => {
  const numbering =
    w.list(1, w.level(0, 'chineseCounting', '（%1）'), w.level(1, 'decimal', '%2．')) + w.num(1, 1) + w.num(2, 1);

  it('stand before the text of their paragraph, level under level', async () => {
    const body =
      w.item('工地', 1) + w.item('公示', 1, 1) + w.item('降尘', 1, 1) + w.item('社区', 1) + w.item('巡查', 1, 1);
    expect(await read(body, { numbering })).toEqual(['（一）工地', '1．公示', '2．降尘', '（二）社区', '1．巡查']);
  });

  it('run on under the next heading where the list says so', async () => {
    const runsOn =
      w.list(1, w.level(0, 'chineseCounting', '（%1）'), w.level(1, 'decimal', '%2．', '<w:lvlRestart w:val="0"/>')) +
      w.num(1, 1);
    const body = w.item('工地', 1) + w.item('公示', 1, 1) + w.item('社区', 1) + w.item('巡查', 1, 1);
    expect(await read(body, { numbering: runsOn })).toEqual(['（一）工地', '1．公示', '（二）社区', '2．巡查']);
  });

  it('go on over other lists and begin anew where a list overrides its start', async () => {
    const anew = `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`;
    const lists = `${numbering}${w.num(3, 1, anew)}`;
    const body = w.item('甲', 1) + w.p('其他') + w.item('乙', 2) + w.item('丙', 3) + w.item('丁', 3);
    expect(await read(body, { numbering: lists })).toEqual(['（一）甲', '其他', '（二）乙', '（一）丙', '（二）丁']);
  });

  it('come from the style of a paragraph, and from the style that this one is based on', async () => {
    const list = w.list(1, w.level(0, 'chineseCountingThousand', '%1、', '<w:pStyle w:val="H1"/>')) + w.num(7, 1);
    const styles =
      '<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:styleId="Own"><w:name w:val="标题甲"/><w:basedOn w:val="H1"/></w:style>';
    const body = w.p('总则', '<w:pStyle w:val="H1"/>') + w.p('任务', '<w:pStyle w:val="Own"/>');
    expect(await read(body, { numbering: list, styles })).toEqual(['一、总则', '二、任务']);
  });

  it.each([
    ['chineseCounting', '第%1章', '第十二章'],
    ['ideographDigital', '%1、', '一二、'],
    ['chineseLegalSimplified', '%1、', '壹拾贰、'],
    ['decimal', '%1．', '12．'],
    ['decimalFullWidth', '%1．', '１２．'],
    ['decimalZero', '%1.', '12.'],
    ['decimalEnclosedCircle', '%1', '⑫'],
    ['upperRoman', '%1.', 'XII.'],
    ['lowerLetter', '%1)', 'l)'],
    ['ideographTraditional', '%1、', '乙、'],
    ['bullet', '●', ''],
    ['none', '', ''],
  ])('are written as %s', async (format, text, written) => {
    const numbering = w.list(1, w.level(0, format, text)) + w.num(1, 1);
    const lines = await read(w.item('条', 1).repeat(12), { numbering });
    expect(lines.at(-1)).toBe(`${written}条`);
  });

  it('may hold the numbers of the levels above, in figures where the level asks', async () => {
    const numbering =
      w.list(1, w.level(0, 'chineseCounting', '%1、'), w.level(1, 'decimal', '%1.%2 ', '<w:isLgl/>')) + w.num(1, 1);
    expect(await read(w.item('甲', 1) + w.item('乙', 1) + w.item('丙', 1, 1), { numbering })).toEqual([
      '一、甲',
      '二、乙',
      '2.1 丙',
    ]);
  });
});

describe('paragraphs', () => {
  it('hold what was inserted and not what was deleted', async () => {
    const body = `<w:p><w:ins>${w.r('新增')}</w:ins><w:del><w:r><w:delText>旧文</w:delText></w:r></w:del><w:moveFrom>${w.r('移走')}</w:moveFrom>${w.r('内容')}</w:p>`;
    expect(await read(body)).toEqual(['新增内容']);
  });

  it('run on into the next where the mark between them is deleted', async () => {
    const body = w.p('前半', '<w:rPr><w:del/></w:rPr>') + w.p('后半');
    expect(await read(body)).toEqual(['前半后半']);
  });

  it('show the result of a field and not its code', async () => {
    const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const body = `<w:p>${w.r('第')}${field('begin')}<w:r><w:instrText>PAGE</w:instrText><w:t>PAGE</w:t></w:r>${field('separate')}${w.r('3')}${field('end')}${w.r('页')}</w:p>`;
    expect(await read(body)).toEqual(['第3页']);
  });

  it('leave out hidden text, soft hyphens, notes and the table of contents', async () => {
    const styles = '<w:style w:styleId="T1"><w:name w:val="toc 1"/></w:style>';
    const body =
      `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>${w.r('软\u00ad连')}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>` +
      w.p('一、总则……1', '<w:pStyle w:val="T1"/>');
    expect(await read(body, { styles })).toEqual(['软连']);
  });

  it('end at a line break, but a title broken by hand is one', async () => {
    const broken = `${w.r('甲')}<w:r><w:br/></w:r>${w.r('乙')}`;
    const body = `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>${broken}</w:p><w:p>${broken}</w:p>`;
    expect(await read(body)).toEqual(['甲乙', '甲', '乙']);
  });

  it('of a text box come once, though an older Word is offered them again', async () => {
    const box = `<w:txbxContent>${w.p('框内')}</w:txbxContent>`;
    const body = `<w:p>${w.r('正文')}<w:r><mc:AlternateContent><mc:Choice>${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r></w:p>`;
    expect(await read(body)).toEqual(['正文', '框内']);
  });
});

describe('tables', () => {
  const header = w.row('序号', '类别', '主要任务', '牵头单位');

  it('fill a merged cell down and know it is one', async () => {
    const down = (value: string) => `<w:vMerge${value}/>`;
    const body = w.tbl(
      header,
      w.tr(w.tc('1'), w.tc('工地', down(' w:val="restart"')), w.tc('公示'), w.tc('县住建局')),
      w.tr(w.tc('2'), w.tc('', down('')), w.tc('降尘'), w.tc('县城管局')),
    );
    const { draft, text } = await readTable(body);
    expect(draft.plans[0]?.tasks.map((task) => task.section)).toEqual([['工地'], ['工地']]);
    expect(text.split('\t工地')).toHaveLength(2);
  });

  it('join the header where 责任单位 stands over 牵头 and 配合', async () => {
    const across = '<w:gridSpan w:val="2"/>';
    const top = '<w:vMerge w:val="restart"/>';
    const under = '<w:vMerge/>';
    const body = w.tbl(
      w.tr(w.tc('序号', top), w.tc('工作任务', top), w.tc('责任单位', across)),
      w.tr(w.tc('', under), w.tc('', under), w.tc('牵头'), w.tc('配合')),
      w.row('1', '公示', '县住建局', '县城管局'),
    );
    const { draft } = await readTable(body);
    expect(draft.plans[0]?.tasks[0]?.responsibility).toMatchObject([
      { role: 'lead', units: ['县住建局'] },
      { role: 'support', units: ['县城管局'] },
    ]);
  });

  it('leave out the header where it is repeated on the next page', async () => {
    expect(await rowsOf(aDocx(w.tbl(header, w.row('1', '工地', '公示', '县住建局'), header)))).toHaveLength(2);
  });

  it('take a heading that runs across as the group of the rows below it', async () => {
    const across = (text: string) => w.tr(w.tc(text, '<w:gridSpan w:val="3"/>'));
    const body = w.tbl(
      w.row('序号', '主要任务', '牵头单位'),
      across('一、工地'),
      w.row('1', '公示', '县住建局'),
      w.row('2', '降尘', '县城管局'),
      across('注：本表自印发之日起施行。'),
    );
    const { draft, text } = await readTable(body);
    expect(draft.plans[0]?.tasks.map((task) => task.section)).toEqual([['一、工地'], ['一、工地']]);
    expect(text).toContain('\t注：本表自印发之日起施行。');
  });

  it('join the broken lines of a cell, but keep units that stand one below another apart', async () => {
    const cell = (...lines: string[]) => `<w:tc>${lines.map((line) => w.p(line)).join('')}</w:tc>`;
    const body = w.tbl(
      header,
      w.tr(w.tc('1'), cell('扬尘', '治理'), cell('公示。', '降尘。'), cell('县住建局', '县城管局')),
      w.tr(w.tc('2'), w.tc('气'), w.tc('监测'), cell('市生态环境局', '云溪分局')),
    );
    const rows = await rowsOf(aDocx(body));
    expect(rows[1]).toEqual(['1', '扬尘治理', '公示。\n降尘。', '县住建局\n县城管局']);
    expect(rows[2]?.at(-1)).toBe('市生态环境局云溪分局');
  });

  it('hold the words of a table inside a cell', async () => {
    const inner = `<w:tc>${w.tbl(w.row('甲', '乙'))}<w:p/></w:tc>`;
    const rows = await rowsOf(aDocx(w.tbl(header, w.tr(w.tc('1'), w.tc('工地'), inner, w.tc('县住建局')))));
    expect(rows[1]?.[2]).toBe('甲乙');
  });

  it('that only lay out the page are paragraphs', async () => {
    const body = w.tbl(
      `<w:tr><w:tc>${w.p('一、总则')}${w.tbl(header, w.row('1', '工地', '公示', '县住建局'))}</w:tc></w:tr>`,
    );
    expect((await read(body))[0]).toBe('一、总则');
    expect(await rowsOf(aDocx(body))).toHaveLength(2);
  });

  it('say where each cell stands', async () => {
    const { text, places } = await readTable(w.tbl(header, w.row('1', '工地', '公示', '县住建局')));
    expect(places[text.split('\n').indexOf('\t公示')]).toBe('表1第2行第3列');
  });
});

const readTable = (body: string) => readDocument(aDocx(w.p('云溪县2024年扬尘治理工作方案') + body));
