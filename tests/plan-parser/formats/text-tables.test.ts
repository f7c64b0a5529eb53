import { describe, expect, it } from 'vitest';

import { blocksOfText } from '../../../src/plan-parser/formats/text-blocks.js';
import { readNotice } from '../../../src/plan-parser/read-notice.js';

const rowsOf = (text: string) =>
  blocksOfText(text).flatMap((block) =>
    block.kind === 'table' ? block.rows.map((row) => row.map((cell) => cell.text)) : [],
  );
const codesOf = (text: string) => readNotice(text).issues.map((issue) => issue.code);

describe('a table with one cell to a line and no tabs', () => {
  const text = [
    ...['序号', '民生实事', '责任单位', '完成时限'],
    ...['1', '新建公厕10座。', '县住建局', '县城管局', '2024年9月底前'],
    ...['2', '改造老旧小区', '5个。', '县住建局', '12月底前', '加装电梯20部。'],
    ...['序号', '民生实事', '责任单位', '完成时限'],
    ...['3', '建设健身步道8公里。', '县体育局', '2024年10月底前'],
    ...['', '二、保障措施', '加强领导。'],
  ].join('\n');

  it('is cut by the numbers of its rows and by what the cells hold', () => {
    expect(rowsOf(text)).toEqual([
      ['序号', '民生实事', '责任单位', '完成时限'],
      ['1', '新建公厕10座。', '县住建局\n县城管局', '2024年9月底前'],
      ['2', '改造老旧小区5个。', '县住建局', '12月底前'],
      ['2', '加装电梯20部。', '县住建局', '12月底前'],
      ['3', '建设健身步道8公里。', '县体育局', '2024年10月底前'],
    ]);
  });

  it('ends where a heading begins, and is said to be doubtful', () => {
    expect(blocksOfText(text).at(-2)).toMatchObject({ kind: 'paragraph', text: '二、保障措施', line: 25 });
    expect(codesOf(`云溪县2024年民生实事实施方案\n${text}`)).toContain('rows-doubtful');
  });

  it('knows the line of each cell', () => {
    const [table] = blocksOfText(text);
    expect(table?.kind === 'table' && table.rows[2]?.map((cell) => cell.line)).toEqual([10, 11, 13, 14]);
  });
});

it('headings that run across a table are its groups; numbers may be skipped', () => {
  const text = [
    ...['序号', '重点任务', '工作措施', '责任领导', '牵头单位', '配合单位', '完成时限'],
    '一、养老服务',
    ...['1', '公布清单', '制定清单并公布。', '张×', '县民政局', '县财政局', '县残联会', '6月底前'],
    ...['2', '配建设施', '①同步验收；', '②清查。', '王×', '县财政局、', '县民政局', '无', '采暖季前'],
    '二、医养结合',
    ...['4', '签约', '签约率达到100%。', '李×、张×', '县卫健局', '—', '6月30日、9月30日前分别完成30%、70%'],
  ].join('\n');
  expect(rowsOf(text)).toEqual([
    ['序号', '重点任务', '工作措施', '责任领导', '牵头单位', '配合单位', '完成时限'],
    Array(7).fill('一、养老服务'),
    ['1', '公布清单', '制定清单并公布。', '张×', '县民政局', '县财政局\n县残联会', '6月底前'],
    ['2', '配建设施', '①同步验收；\n②清查。', '王×', '县财政局、县民政局', '无', '采暖季前'],
    Array(7).fill('二、医养结合'),
    ['4', '签约', '签约率达到100%。', '李×、张×', '县卫健局', '—', '6月30日、9月30日前分别完成30%、70%'],
  ]);
});

describe('a table with one row to a line and blanks between the cells', () => {
  it('is cut by what the cells hold; several blanks leave cells out', () => {
    const text = [
      '序号 类别 主要任务 细化措施 牵头单位 参与单位',
      '1 水资源 加强水资源保 护 划定保护区，设立界碑。 县水利局 县自然资源局',
      '2  推进节水 改造管网。 县水利局 县住建局、县农业农村局',
      '3 水环境 治理黑臭水体 清淤疏浚，2024年9月底前完成。 县住建局 各乡镇',
      '附：联系人名单',
    ].join('\n');
    expect(rowsOf(text)).toEqual([
      ['序号', '类别', '主要任务', '细化措施', '牵头单位', '参与单位'],
      ['1', '水资源', '加强水资源保护', '划定保护区，设立界碑。', '县水利局', '县自然资源局'],
      ['2', '水资源', '推进节水', '改造管网。', '县水利局', '县住建局、县农业农村局'],
      ['3', '水环境', '治理黑臭水体', '清淤疏浚，2024年9月底前完成。', '县住建局', '各乡镇'],
    ]);
  });

  it('goes on over a page; a heading may be set wide, and a blank may be lost', () => {
    const text = [
      '序号 重点方向 任务名称 具 体 举 措 完成时限 牵头单位',
      '1 数字底座 云平台升级 新增算力1200核。 8月底前 市数据局',
      '',
      '- 9 -',
      '序号 重点方向 任务名称 具 体 举 措 完成时限 牵头单位',
      '2  电子文件归档 完成归档试点并验收。 12月底前市档案局',
    ].join('\n');
    expect(rowsOf(text)).toEqual([
      ['序号', '重点方向', '任务名称', '具体举措', '完成时限', '牵头单位'],
      ['1', '数字底座', '云平台升级', '新增算力1200核。', '8月底前', '市数据局'],
      ['2', '数字底座', '电子文件归档', '完成归档试点并验收。', '12月底前', '市档案局'],
    ]);
  });

  it('takes the blanks of its header as the measure', () => {
    const text =
      '序号  主要任务  完成时限  牵头单位\n1  残垣 断壁处置  5月底前  县住建局\n3  转运站改造  持续推进  县城管局';
    expect(rowsOf(text).slice(1)).toEqual([
      ['1', '残垣断壁处置', '5月底前', '县住建局'],
      ['3', '转运站改造', '持续推进', '县城管局'],
    ]);
  });

  it('is not seen in prose', () => {
    expect(rowsOf('序号 说明\n1 这是一段话\n2 这是又一段话')).toEqual([]);
  });
});

it('a table whose cells run together is flagged, not guessed', () => {
  expect(
    codesOf('云溪县工作方案\n一、任务\n序号工作任务牵头单位配合单位1降尘县住建局县城管局2治水县水利局无'),
  ).toContain('table-unsplit');
});

describe('a text that lost its line breaks', () => {
  const notice = (glue: string) =>
    [
      '云溪县人民政府办公室',
      '关于印发云溪县噪声污染防治2024年行动计划的通知',
      '各乡镇人民政府，县直各有关单位：',
      '《云溪县噪声污染防治2024年行动计划》已经县政府同意，现印发给你们，请认真贯彻执行。',
      '云溪县人民政府办公室',
      '2024年3月5日',
      '（此件公开发布）',
      '云溪县噪声污染防治2024年行动计划',
      '一、总体要求',
      '按照上级要求，全面落实第（一）项和本条第（二）项规定，推进一、二、三产业协调发展。'.repeat(20),
      '二、重点任务',
      '（一）工地',
      `1．规范施工。夜间噪声不得超过昼间的1.5倍（含（一）类、2.类区）。${'应当公示。'.repeat(80)}（县住建局牵头）`,
      '另行组织巡查，每季度一次。（县城管局牵头）',
      `2.2024年9月底前完成排查。${'逐户登记。'.repeat(80)}（县公安局牵头）`,
      '（二）社区',
      `3．管好广场。${'划定时段。'.repeat(80)}（各乡镇负责）`,
    ].join(glue);

  it.each(['', ' ', '　　'])('is cut where its parts and numbers begin (%j)', (glue) => {
    const lines = (text: string) =>
      blocksOfText(text).map((block) => (block.kind === 'paragraph' ? block.text.replace(/\s/g, '') : ''));
    expect(lines(notice(glue))).toEqual(lines(notice('\n')));
    expect(codesOf(notice(glue))).toContain('lines-recut');
  });

  it('keeps the line of the file', () => {
    expect(new Set(blocksOfText(`第一行\n${notice('')}`).map((block) => block.line))).toEqual(new Set([1, 2]));
  });
});
