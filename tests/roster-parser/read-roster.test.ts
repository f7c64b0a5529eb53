import { describe, expect, it } from 'vitest';

import { readRosterFile } from '../../src/roster-parser/read-roster-file.js';
import { anXlsx, aRow } from '../plan-parser/formats/office-file.js';

const csv = (text: string, name = '名单.csv') => readRosterFile(Buffer.from(text), name);
const sheetOf = async (text: string) => {
  const reading = await csv(text);
  if (reading?.kind !== 'roster') throw new Error('no roster');
  return reading.sheet;
};
const header = '姓名,单位,角色';

describe('a roster in .csv', () => {
  it('is told by its header, wherever its columns stand', async () => {
    const sheet = await sheetOf(
      '序号,单 位,姓名（必填）,角色,备注\n1,县水利局,张三,联络员,老张\n2,县政府办,李四,督查室、领导,\n',
    );
    expect(sheet.doubts).toEqual([]);
    expect(sheet.rows).toEqual([
      { row: 2, name: '张三', unit: '县水利局', roles: ['liaison'], leaves: false, accounts: [], scope: '' },
      {
        row: 3,
        name: '李四',
        unit: '县政府办',
        roles: ['supervisor', 'leader'],
        leaves: false,
        accounts: [],
        scope: '',
      },
    ]);
  });

  it('has accounts by platform, and what is in charge', async () => {
    const sheet = await sheetOf(
      `${header},企业微信,钉钉员工号,飞书,平台账号,分管\n张三,,领导,zhangsan,0420,ou_1,"feishu:ou_2，lisi","县水利局、气"\n`,
    );
    expect(sheet.rows[0]?.accounts).toEqual([
      { platform: 'wecom', userId: 'zhangsan' },
      { platform: 'dingtalk', userId: '0420' },
      { platform: 'feishu', userId: 'ou_1' },
      { platform: 'feishu', userId: 'ou_2' },
      { platform: null, userId: 'lisi' },
    ]);
    expect(sheet.rows[0]?.scope).toBe('县水利局、气');
  });

  it.each([
    ['tabs', `姓名\t单位\t角色\r\n张三\t县水利局\t联络员\r\n`],
    ['semicolons', '姓名;单位;角色\n张三;县水利局;联络员'],
    ['quotes, line breaks and a byte order mark', '\uFEFF"姓名","单位","角色"\n"张　三","县水\n利局","联络员"\n'],
    ['lines above the header', '县级联络员名单\n2023年9月\n姓名,单位,角色\n张三,县水利局,联络员\n'],
    ['another encoding', null],
  ])('is read with %s', async (_what, text) => {
    // 姓名,单位,角色 / 张三,县水利局,联络员 in GB18030, as older office programs write.
    const gb18030 = 'd0d5c3fb2cb5a5cebb2cbdc7c9ab0ad5c5c8fd2ccfd8cbaec0fbbed62cc1aac2e7d4b10a';
    const bytes = text === null ? Buffer.from(gb18030, 'hex') : Buffer.from(text);
    const reading = await readRosterFile(bytes, '名单.csv');
    expect(reading).toMatchObject({
      kind: 'roster',
      sheet: { doubts: [], rows: [{ name: '张三', unit: '县水利局', roles: ['liaison'] }] },
    });
  });

  it('tells rows that it cannot read by their number', async () => {
    const sheet = await sheetOf(
      [
        header,
        ',县水利局,联络员',
        '张三,县水利局,',
        '李四,县水利局,局长',
        '=HYPERLINK("http://x"),县水利局,联络员',
        '王五,县水利局,离任',
        '赵六,县水利局,联络员、离任',
        '',
      ].join('\n'),
    );
    expect(sheet.doubts).toEqual([
      { row: 2, why: '没有写姓名' },
      { row: 3, why: '没有写角色' },
      { row: 4, why: '没看懂角色“局长”' },
      { row: 5, why: '“=HYPERLINK("http://x”不像姓名' },
      { row: 7, why: '又写角色又写离任' },
    ]);
    expect(sheet.rows).toMatchObject([{ row: 6, name: '王五', roles: [], leaves: true }]);
  });

  it('leaves phone and identity numbers where they are', async () => {
    const sheet = await sheetOf(
      [
        `${header},电话,身份证号,企业微信`,
        '张三,县水利局,联络员,13812345678,142725198001011234,13812345678',
        '李四13912345678,县水利局,联络员,,,lisi',
        '王五,县水利局13712345678,联络员,,,142725198001011234',
      ].join('\n'),
    );
    expect(JSON.stringify(sheet)).not.toMatch(/1381234|1391234|1371234|142725/);
    expect(sheet.rows.map(({ name, accounts }) => [name, accounts])).toEqual([
      ['张三', []],
      ['王五', []],
    ]);
    expect(sheet.doubts.map(({ row, why }) => `${row} ${why}`)).toEqual([
      '2 账号像手机号或身份证号，没有读',
      '3 “李四139****5678”不像姓名',
      '4 账号像手机号或身份证号，没有读',
    ]);
  });

  it('takes five thousand rows and no more', async () => {
    const rows = (count: number) => `${header}\n${'张三,县水利局,联络员\n'.repeat(count)}`;
    expect((await sheetOf(rows(5000))).rows).toHaveLength(5000);
    expect(await csv(rows(5001))).toEqual({ kind: 'refused', say: '名单最多5000行，这份有5001行。请分几份发。' });
  });

  it('is refused when it is marked', async () => {
    expect(await csv(`内部资料\n${header}\n张三,县水利局,联络员`)).toMatchObject({
      kind: 'refused',
      say: expect.stringContaining('内部资料'),
    });
  });
});

describe('a roster in .xlsx', () => {
  it('is numbered as the sheet is, with merged cells', async () => {
    const rows = [
      aRow(1, ['县级联络员名单', null, null]),
      aRow(3, ['单位', '姓名', '角色']),
      aRow(4, ['县水利局', '张三', '联络员']),
      aRow(5, [null, '李四', '联络员']),
      aRow(7, ['县能源局', '王五', '科员']),
    ];
    const merged = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A4:A5"/></mergeCells>';
    const bytes = anXlsx([{ xml: `<sheetData>${rows.join('')}</sheetData>${merged}` }]);
    expect(await readRosterFile(bytes, '名单.xlsx')).toMatchObject({
      kind: 'roster',
      sheet: {
        rows: [
          { row: 4, name: '张三', unit: '县水利局' },
          { row: 5, name: '李四', unit: '县水利局' },
        ],
        doubts: [{ row: 7, why: '没看懂角色“科员”' }],
      },
    });
  });

  it('has formulas as the text that they show', async () => {
    const formula =
      '<row r="2"><c r="A2" t="str"><f>CONCATENATE("张","三")</f><v>张三</v></c><c r="B2" t="inlineStr"><is><t>县水利局</t></is></c><c r="C2" t="inlineStr"><is><t>联络员</t></is></c></row>';
    const bytes = anXlsx([{ xml: `<sheetData>${aRow(1, ['姓名', '单位', '角色'])}${formula}</sheetData>` }]);
    expect(await readRosterFile(bytes, '名单.xlsx')).toMatchObject({ sheet: { rows: [{ name: '张三' }], doubts: [] } });
  });

  it('is the first sheet with such a header that is not hidden', async () => {
    const named = (name: string) =>
      `<sheetData>${aRow(1, ['姓名', '单位', '角色'])}${aRow(2, [name, '县水利局', '联络员'])}</sheetData>`;
    const bytes = anXlsx([
      { xml: `<sheetData>${aRow(1, ['填表说明'])}</sheetData>` },
      { xml: named('藏着'), state: 'hidden' },
      { xml: named('张三') },
    ]);
    expect(await readRosterFile(bytes, '名单.xlsx')).toMatchObject({ sheet: { rows: [{ name: '张三' }] } });
  });
});

describe('no roster', () => {
  it.each([
    ['a table of tasks', '序号,任务,责任单位,责任人\n1,整治高层建筑,县住建局,张三\n'],
    ['a notice', '芮城县2024年消防安全工作方案\n一、主要任务\n1．整治高层建筑。（县住建局牵头）'],
    ['a header without roles', '姓名,单位,电话\n张三,县水利局,1\n'],
  ])('is %s', async (_what, text) => {
    expect(await csv(text)).toBeNull();
  });

  it('is a file that cannot be read, which is left to whoever says what is wrong with it', async () => {
    expect(await readRosterFile(Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3]), '名单.xlsx')).toBeNull();
  });
});
