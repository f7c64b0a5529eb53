import { describe, expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';
import { aNotice, issueCodes, readPlanOf, readTask } from './a-notice.js';

const entryOf = (words: string) => readTask(`1．规范夜间施工。应当公示。（${words}）`).responsibility;
const unitsOf = (words: string) => entryOf(words).flatMap((entry) => entry.units);
const issuesOf = (words: string) => issueCodes(aNotice(`1．规范夜间施工。应当公示。（${words}）`));

describe('a level said once', () => {
  it('is carried to the bare names after it, which stay as written beside', () => {
    expect(entryOf('区行政审批局、市场监督管理局负责')).toMatchObject([
      { units: ['区行政审批局', '区市场监督管理局'], written: ['区行政审批局', '市场监督管理局'] },
    ]);
  });

  it.each([
    ['县发展改革局牵头，工业和信息化局、财政局配合', ['县发展改革局', '县工业和信息化局', '县财政局']],
    ['省科技厅、工业和信息化厅，省高院负责', ['省科技厅', '省工业和信息化厅', '省高院']],
    ['州财政局、住房城乡建设局负责', ['州财政局', '州住房城乡建设局']],
    ['旗财政局、卫生健康委员会负责', ['旗财政局', '旗卫生健康委员会']],
    ['自治区财政厅、交通运输厅负责', ['自治区财政厅', '自治区交通运输厅']],
    ['市市场监管局、公安局，各区政府负责', ['市市场监管局', '市公安局', '各区政府']],
    ['县委组织部、宣传部，县教育局负责', ['县委组织部', '县委宣传部', '县教育局']],
    ['县委办公室、政府办公室负责', ['县委办公室', '县政府办公室']],
    ['县总工会、妇联、残联、团县委负责', ['县总工会', '县妇联', '县残联', '团县委']],
    ['县法院、检察院，公安局负责', ['县法院', '县检察院', '县公安局']],
    ['县财政局、税务局负责', ['县财政局', '县税务局']],
  ])('%s', (words, units) => {
    expect(unitsOf(words)).toEqual(units);
  });

  it.each([
    ['县财政局，税务局负责', '税务局'],
    ['县财政局、平潭海关负责', '平潭海关'],
    ['县财政局、平潭海事局负责', '平潭海事局'],
    ['县财政局、民航北岭监管局负责', '民航北岭监管局'],
    ['县财政局、人行云溪支行负责', '人行云溪支行'],
    ['县财政局、云溪农村商业银行负责', '云溪农村商业银行'],
    ['县财政局、供电公司负责', '供电公司'],
    ['县财政局、消防救援支队负责', '消防救援支队'],
    ['县财政局、黄河河务中心负责', '黄河河务中心'],
    ['县财政局、国家税务总局云溪县税务局负责', '国家税务总局云溪县税务局'],
    ['县财政局、竹湾镇人民政府负责', '竹湾镇人民政府'],
    ['市生态环境局云溪分局、水利局负责', '水利局'],
    ['各乡镇、水利局负责', '水利局'],
  ])('%s leaves %s as it stands', (words, last) => {
    expect(unitsOf(words).at(-1)).toBe(last);
  });

  it('is carried to a centre only where the document writes it so elsewhere', () => {
    const [first] = readPlanOf(
      '1．规范施工。应当公示。（县住建局、公共资源交易中心负责）',
      '2．规范鸣笛。设置标志。（县公共资源交易中心负责）',
    ).tasks;
    expect(first?.responsibility[0]?.units).toEqual(['县住建局', '县公共资源交易中心']);
    expect(issuesOf('县住建局、公共资源交易中心负责')).toContain('unit-bare');
  });

  it('is carried over label lines of one clause', () => {
    const task = readTask('1．规范施工。应当公示。', '牵头单位：县住建局', '配合单位：公安局、教育局');
    expect(task.responsibility.flatMap((entry) => entry.units)).toEqual(['县住建局', '县公安局', '县教育局']);
  });
});

describe('lists', () => {
  it.each([
    ['市数据局、市公安局及市直各有关单位负责', ['市数据局', '市公安局', '市直各有关单位']],
    ['市数据局等和各行业主管部门负责', ['市数据局', '各行业主管部门']],
    ['市数据局、市水利局等部门和各市（州）人民政府负责', ['市数据局', '市水利局', '各市（州）人民政府']],
    ['市教育和体育局与市自然资源和规划局负责', ['市教育和体育局', '市自然资源和规划局']],
    ['县委网信办、县环境与国土资源局负责', ['县委网信办', '县环境与国土资源局']],
    ['各有关部门和单位负责', ['各有关部门和单位']],
    [
      '各县（市、区）党委和人民政府、高新区党工委和管委会负责',
      ['各县（市、区）党委和人民政府', '高新区党工委和管委会'],
    ],
    ['各乡镇党委、政府负责', ['各乡镇党委、政府']],
    ['县农业农村中心（县供销社）、县住建局负责', ['县农业农村中心（县供销社）', '县住建局']],
    ['各“一件事”牵头部门、县住建局负责', ['各“一件事”牵头部门', '县住建局']],
    ['县住建局/县公安局负责', ['县住建局', '县公安局']],
    ['县住建局 县公安局负责', ['县住建局', '县公安局']],
    ['县住建 局、县公安局负责', ['县住建局', '县公安局']],
  ])('%s', (words, units) => {
    expect(unitsOf(words)).toEqual(units);
  });

  it.each([
    '县住建局等负责',
    '县住建局等单位负责',
    '县住建局等有关部门和单位负责',
    '县住建局等行政执法部门按职责分工负责',
    '县住建局等和各乡镇负责',
  ])('%s is open', (words) => {
    expect(entryOf(words)).toMatchObject([{ role: 'implement', open: true }]);
    expect(unitsOf(words)).not.toContain('等');
  });

  it('are closed where 等 is part of a name', () => {
    expect(entryOf('县住建局、各高等学校负责')).toMatchObject([{ units: ['县住建局', '各高等学校'], open: false }]);
  });
});

describe('cells', () => {
  const header = '序号\t主要任务\t牵头单位\t配合单位';
  const rowOf = (...rows: string[]) => {
    const table = ['附件', '措施表', header, ...rows].join('\n');
    return readPlanOf('1．规范施工。应当公示。（县住建局牵头）', table).tasks.at(-1)?.responsibility ?? [];
  };
  const roles = (...rows: string[]) => rowOf(...rows).map(({ role, units }) => `${role} ${units.join('、')}`);

  it.each([
    ['县住建局\t公安局、教育局', ['lead 县住建局', 'support 县公安局、县教育局']],
    ['县住建局\t无', ['lead 县住建局']],
    ['县住建局\t—', ['lead 县住建局']],
    ['县住建局（牵头）、县公安局\t无', ['lead 县住建局、县公安局']],
    ['县住建局牵头，县公安局配合\t无', ['lead 县住建局', 'support 县公安局']],
    ['牵头单位：县住建局 配合单位：县公安局\t', ['lead 县住建局', 'support 县公安局']],
    ['张×县长、县住建局\t', ['lead 县住建局']],
  ])('%s', (cells, expected) => {
    expect(roles(`1\t夜间施工\t${cells}`)).toEqual(expected);
  });

  it('leave the units to the text where the table has no column for them', () => {
    const table = ['附件', '措施表', '序号\t主要任务\t工作措施', '1\t夜间施工\t应当公示。（县住建局牵头，公安局配合）'];
    const [, row] = readPlanOf('1．规范施工。应当公示。（县住建局牵头）', table.join('\n')).tasks;
    expect(row?.responsibility.flatMap((entry) => entry.units)).toEqual(['县住建局', '县公安局']);
  });

  it('name offices of another body as they are', () => {
    expect(roles('1\t夜间施工\t县安委会各专业委员会办公室\t无')).toEqual(['lead 县安委会各专业委员会办公室']);
  });

  it('teach the names that other cells run together', () => {
    expect(roles('1\t夜间施工\t县公安局\t古城管理委员会', '2\t车辆\t县住建局\t县公安局古城管理委员会')).toEqual([
      'lead 县住建局',
      'support 县公安局、古城管理委员会',
    ]);
  });

  it('take 同上 from the row above', () => {
    expect(roles('1\t夜间施工\t县住建局\t县公安局', '2\t渣土车辆\t同上\t无')).toEqual(['lead 县住建局']);
  });
});

describe('levels that look like slips', () => {
  const text = (...units: string[]) =>
    aNotice(...units.map((unit, at) => `${at + 1}．规范施工。应当公示。（${unit}牵头）`));
  const county = ['县住建局', '县公安局', '县教育局', '县民政局', '县司法局', '县财政局', '县水利局'];
  const slips = (...units: string[]) =>
    readNotice(text(...county, ...units)).issues.flatMap(({ code, text }) => (code === 'unit-level' ? [text] : []));

  it('are asked about where nearly all units are of another level', () => {
    expect(slips('市交通局')).toEqual(['市交通局']);
  });

  it('are asked about in a document that is only a table', () => {
    const rows = [...county, '市交通局'].map((unit, at) => `${at + 1}\t规范施工\t${unit}`);
    const table = aNotice(['序号\t工作任务\t责任单位', ...rows].join('\n'));
    expect(issueCodes(table)).toContain('unit-level');
  });

  it('are right for branches and for names that only begin like a level', () => {
    expect(slips('市生态环境局云溪分局', '市场监管局')).toEqual([]);
  });
});

describe('places of several kinds named as one', () => {
  it.each([
    ['县住建局，各区、县级市负责', ['县住建局', '各区、县级市']],
    ['各市、州、县人民政府负责', ['各市、州、县人民政府']],
    ['各市（地）、县（市、区）政府（行署）负责', ['各市（地）、县（市、区）政府（行署）']],
    ['各县、区人民政府、各开发区管委会负责', ['各县、区人民政府', '各开发区管委会']],
    ['各乡镇（街道）、开发区负责', ['各乡镇（街道）', '开发区']],
    ['各乡镇人民政府、街道办事处负责', ['各乡镇人民政府', '街道办事处']],
    ['各区、镇、办事处负责', ['各区、镇、办事处']],
    ['县级相关部门和单位及各乡镇负责', ['县级相关部门和单位', '各乡镇']],
  ])('%s', (words, units) => {
    expect(unitsOf(words)).toEqual(units);
    expect(issuesOf(words)).not.toContain('not-a-unit');
  });
});

describe('words between the names and the verb', () => {
  it('says how and names nobody: 结合实际落实', () => {
    expect(entryOf('县住建局牵头，各乡镇人民政府结合实际落实')).toMatchObject([
      { role: 'lead', units: ['县住建局'] },
      { role: 'implement', units: ['各乡镇人民政府'] },
    ]);
  });

  it('says for which part a unit answers: 夜间巡查由县公安局负责', () => {
    const words = '县住建局牵头，其中夜间巡查由县公安局负责';
    expect(entryOf(words)).toMatchObject([{ units: ['县住建局'] }, { role: 'implement', units: ['县公安局'] }]);
    expect(issuesOf(words)).toContain('role-partial');
  });

  it('says where a measure holds, which is no unit', () => {
    expect(unitsOf('责任部门：县住建局；适用范围：城北片区，除另有标注外均为全县各园区')).toEqual(['县住建局']);
  });
});

it.each(['县委统战部、建设多元办学格局', '县住建局、一网通办'])(
  'does not take %s for two units in silence',
  (words) => {
    expect(issuesOf(`${words}负责`)).toContain('not-a-unit');
  },
);

it('takes 持续推进 among the units for the time', () => {
  const task = readTask('1．规范夜间施工。应当公示。（县住建局牵头，县公安局配合，持续推进）');
  expect(task.milestones).toMatchObject([{ phrase: '持续推进', kind: 'ongoing' }]);
});

describe('units that close a sentence', () => {
  const taskOf = (words: string) => readTask(`1．${words}`);

  it.each([
    ['管好练习广场（县文化旅游局、县公安局）。', '管好练习广场', ['县文化旅游局', '县公安局']],
    ['奖励安静小区〔县住建局〕', '奖励安静小区', ['县住建局']],
    ['优化夜间许可。责任单位为县住建局、各乡镇。', '优化夜间许可', ['县住建局', '各乡镇']],
  ])('%s', (words, title, units) => {
    const task = taskOf(words);
    expect(task.title).toBe(title);
    expect(task.responsibility.flatMap((entry) => entry.units)).toEqual(units);
  });

  it('each part of a list', () => {
    const task = taskOf('办好实事：①新建小学20所（县教育局）；②新增床位100张（县民政局）；③改造小区5个（县住建局）。');
    expect(task.responsibility.flatMap((entry) => entry.units)).toEqual(['县教育局', '县民政局', '县住建局']);
  });

  it.each(['改造老街（县城关镇）。', '移交县大数据局（县政务服务局）。', '责任单位是工作的主体。'])(
    '%s names nobody who is responsible',
    (words) => {
      expect(taskOf(words).responsibility).toEqual([]);
    },
  );
});

it('ends a title at the plain dot of a scan', () => {
  expect(readTask('1.规范夜间施工.公示工地,按月检查.(县住建局负责)').title).toBe('规范夜间施工');
});
