import { rm } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { FileReply } from '../../src/chat/message.js';
import { type TestBot, testBot } from '../support/test-bot.js';
import { aSecondCounty } from './a-second-county.js';
import { importTable, openTable } from './open-xlsx.js';

const headings = [
  '序号',
  '计划',
  '编号',
  '重点任务',
  '具体措施（原文）',
  '牵头单位',
  '配合（负责）单位',
  '完成时限（原文）',
  '时限日期',
  '办理情况',
  '最近进展',
  '备注',
];
/** What would stop an import, or lose a row. */
const grave = new Set(['table-unread', 'row-width', 'row-inherits', 'header-assumed', 'not-a-unit', 'units-glued']);

describe('the ledger of 芮城 as a workbook', () => {
  let bot: TestBot;
  let said: FileReply;
  let table: Awaited<ReturnType<typeof openTable>>;
  let imported: Awaited<ReturnType<typeof importTable>>;
  const row = (code: string) => table.rows.find((one) => one.编号 === code);

  beforeAll(async () => {
    bot = await testBot();
    await bot.say('/done 水-7 五个建制镇污水处理设施已投运，联系电话13812345678', '县住建局联络员');
    await bot.say('/progress 水-2 60% 管网建成一半', '县住建局联络员');
    await bot.say('/done 气附-3 大阳建材已验收', '市生态环境局芮城分局联络员');
    await bot.at('2023-10-25T09:00:00+08:00');
    const file = await bot.file('/export');
    said = file.said;
    table = await openTable(file.bytes);
    imported = await importTable(file.bytes, said.name);
  });
  afterAll(() => bot.stop());

  it('has a row for each task and each annex row, in the documents’ order', () => {
    expect(said.text).toBe(
      '《督办台账 2023-10-25.xlsx》：66项（79条），截至2023年10月25日09:00。\n办理情况是台账收到的报告，不代表实际进度。',
    );
    expect(table.headings).toEqual(headings);
    expect(table.rows.map((one) => one.序号)).toEqual(Array.from({ length: 79 }, (_, at) => at + 1));
    const codes = table.rows.map((one) => one.编号);
    expect(codes.slice(0, 2)).toEqual(['水-1', '水-2']);
    expect(codes.slice(11, 14)).toEqual(['水-12', '气-1', '气-2']);
    expect(codes.slice(35, 38)).toEqual(['气-24', '气附-1', '气附-2']);
    expect(codes.at(-1)).toBe('地-15');
  });

  it('says of when it is, and what it is not', () => {
    expect(table.title).toBe('芮城县督办台账');
    expect(table.note).toBe(
      '截至2023年10月25日09:00，共66项（79条）。办理情况是台账收到的报告，不代表工作的实际进度。',
    );
  });

  it('holds the words of the document, who answers, and what was reported', () => {
    expect(row('水-7')).toEqual({
      序号: 7,
      计划: '芮城县水环境质量再提升2023年行动计划',
      编号: '水-7',
      重点任务: '完善城镇生活污水处理设施及管网建设',
      '具体措施（原文）': expect.stringMatching(/^加快城中村.*（县住建局牵头）$/su),
      牵头单位: '县住建局',
      '配合（负责）单位': null,
      '完成时限（原文）': null,
      时限日期: null,
      办理情况: '已报办结（待核查）',
      最近进展: '9月25日 县住建局报办结：五个建制镇污水处理设施已投运，联系电话138****5678',
      备注: '文件未写时限',
    });
  });

  it('tells joint leads apart, and shows dates as dates', () => {
    expect(row('水-2')).toMatchObject({
      牵头单位: '风陵渡经济开发区、县水利局、市生态环境局芮城分局、县住建局',
      '完成时限（原文）': '年内',
      时限日期: new Date('2023-12-31T00:00:00Z'),
      办理情况: '正在推进\n风陵渡经济开发区、县水利局、市生态环境局芮城分局：未报\n县住建局：正在推进',
      最近进展: '9月25日 县住建局报进展60%：管网建成一半',
    });
  });

  it('keeps limits, units without a lead and units named for the whole plan as the document says them', () => {
    expect(row('气-17')).toMatchObject({
      牵头单位: null,
      '配合（负责）单位': expect.stringMatching(/^责任单位：.*\n落实单位：风陵渡经济开发区$/u),
      '完成时限（原文）': '气-17.1 7月底前：完成一轮活性炭更换\n气-17.2 5—9月：组织开展挥发性有机物执法专项行动',
      备注: '文件没有写牵头，按职责分工负责\n时限已到、未收到办结报告\n待补报（启用前到期，不计超期）',
    });
    expect(row('地-1')?.['配合（负责）单位']).toBe(
      '配合单位：县财政局、县自然资源局、市住建局、县发改局等\n责任单位：各乡镇人民政府',
    );
  });

  it('shows an annex row beside its task: what is part of what, and what was reported on which', () => {
    expect(row('气附-3')).toMatchObject({
      办理情况: '已报办结（待核查）',
      最近进展: '9月25日 市生态环境局芮城分局报办结：大阳建材已验收',
      备注: '是气-3的分项',
    });
    expect(row('气-3')).toMatchObject({
      最近进展: '9月25日 市生态环境局芮城分局报办结（气附-3）：大阳建材已验收',
      备注: expect.stringContaining('分项：气附-3、气附-6'),
    });
    expect(row('气-1')?.['完成时限（原文）']).toBe('2023年12月底前（附表气附-1）');
  });

  it('names nobody and holds no phone number', () => {
    const words = JSON.stringify(table.rows);
    expect(words).not.toMatch(/1[3-9]\d{9}/u);
    expect(words).not.toContain('联络员');
  });

  it('judges nobody: what is not reported is not reported', () => {
    const standing = table.rows.map((one) => `${one.办理情况}${one.备注 ?? ''}`).join('\n');
    expect(standing).not.toMatch(/未完成|未开展|滞后|不力|逾期未/u);
  });

  it('is ready to read and to print', () => {
    const { sheet } = table;
    expect(sheet.merges).toEqual([0, 1].map((at) => ({ startRow: at, startCol: 0, endRow: at, endCol: 11 })));
    expect(sheet.freezePane).toMatchObject({ rows: 3 });
    expect(sheet.autoFilter).toMatchObject({ range: 'A3:L82' });
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 'a4',
      orientation: 'landscape',
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '$3:$3',
    });
    expect(sheet.cells?.get('6,4')?.style).toMatchObject({ alignment: { wrapText: true } });
    for (const { width } of sheet.columns ?? []) expect(width).toBeGreaterThan(4);
  });

  it('comes back by our own importer with every row', () => {
    const { plan, issues } = imported;
    expect(plan).toMatchObject({ title: '芮城县督办台账', year: 2023 });
    expect(plan.tasks.map(({ title, text }) => [title, text.replaceAll('\n', '')])).toEqual(
      table.rows.map((one) => [one.重点任务, String(one['具体措施（原文）']).replaceAll('\n', '')]),
    );
    expect(issues.filter(({ code }) => grave.has(code))).toEqual([]);
    const task = (code: string) => plan.tasks[table.rows.findIndex((one) => one.编号 === code)];
    expect(task('水-2')).toMatchObject({
      responsibility: [{ role: 'lead', units: ['风陵渡经济开发区', '县水利局', '市生态环境局芮城分局', '县住建局'] }],
      milestones: [{ phrase: '年内', due: '2023-12-31' }],
    });
    expect(task('地-1')?.responsibility.map(({ role, open }) => [role, open])).toEqual([
      ['lead', false],
      ['support', true],
      ['implement', false],
    ]);
  });
});

describe('the ledger of another county', () => {
  let bot: TestBot;
  let folder: string;
  let table: Awaited<ReturnType<typeof openTable>>;
  let imported: Awaited<ReturnType<typeof importTable>>;

  beforeAll(async () => {
    folder = await aSecondCounty();
    bot = await testBot({ now: '2024-04-22T10:00:00+08:00', dataFolder: folder });
    await bot.say('/done 旅-1.1 游客中心已开工', '县文旅局联络员');
    await bot.say('/progress 旅-3 40% =1+1户已入户', '东山镇人民政府联络员');
    await bot.say('/progress 旅-3 50% 记错了', '东山镇人民政府联络员');
    await bot.say('/undo', '东山镇人民政府联络员');
    const { bytes, said } = await bot.file('/export');
    table = await openTable(bytes);
    imported = await importTable(bytes, said.name);
  });
  afterAll(async () => {
    await bot.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('knows limit by limit what was reported', () => {
    expect(table.title).toBe('云溪县督办台账');
    expect(table.rows[0]).toMatchObject({
      '完成时限（原文）': '旅-1.1 3月底前：开工\n旅-1.2 10月底前：完成主体工程',
      时限日期: new Date('2024-10-31T00:00:00Z'),
      办理情况: '正在推进\n旅-1.1 已报办结（待核查）；旅-1.2 未报',
      备注: null,
    });
  });

  it('says of what recurs where the running period stands, and how many lack a report', () => {
    expect(table.rows[1]).toMatchObject({
      办理情况: '未报\n旅-2.1 二季度未报，此前1期未收到办结报告；旅-2.2 4月22日当周未报，此前15期未收到办结报告',
      备注: '时限已到、未收到办结报告',
    });
  });

  it('counts the members of a group noun one by one, and leaves out what was taken back', () => {
    expect(table.rows[2]).toMatchObject({
      重点任务: '=2+5项惠民措施',
      '配合（负责）单位': '责任单位：各乡镇人民政府',
      办理情况: '正在推进 1/2\n东山镇人民政府：正在推进\n西河乡人民政府：未报',
      最近进展: '4月22日 东山镇人民政府报进展40%：=1+1户已入户',
    });
  });

  it('comes back by our own importer', () => {
    expect(imported.plan.tasks.map(({ title }) => title)).toEqual([
      '建设游客中心',
      '整治景区环境',
      '=2+5项惠民措施',
      '@所有景区开放日',
    ]);
    expect(imported.plan.tasks.map(({ milestones }) => milestones[0]?.phrase)).toEqual([
      '3月底前',
      '每季度',
      '长期坚持',
      '5—9月',
    ]);
    expect(imported.issues.filter(({ code }) => grave.has(code))).toEqual([]);
  });
});
