import { describe, expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';
import { issueCodes } from './a-notice.js';

const tasks = '一、重点任务\n1．规范施工。应当公示。（县住建局牵头）\n2．管好广场。划定时段。（县公安局牵头）';
const noticeOf = (...lines: string[]) => readNotice(lines.join('\n'));
const titleOf = (...lines: string[]) => noticeOf(...lines).plans[0]?.title;

describe('a title of its own', () => {
  it.each([
    [['云溪县人民政府关于加快治理', '广场和工地噪声的若干意见'], '云溪县人民政府关于加快治理广场和工地噪声的若干意见'],
    [['云溪县人民政府', '关于噪声治理的决定'], '云溪县人民政府关于噪声治理的决定'],
    [['县人民政府关于', '进一步降低噪声的若干措施'], '县人民政府关于进一步降低噪声的若干措施'],
    [['返回顶部', '当前位置：首页>政策', '云溪县2024年度噪声治理规划'], '云溪县2024年度噪声治理规划'],
  ])('%j is put together', (lines, title) => {
    expect(titleOf(...lines, '为了安静，提出以下意见。', tasks)).toBe(title);
  });

  it('is not taken from another paper that the preamble names', () => {
    const preamble = '根据《群星省噪声治理规划纲要（2021—2035年）》，制定本办法。';
    expect(titleOf('云溪县噪声治理办法', preamble, tasks)).toBe('云溪县噪声治理办法');
  });

  it.each(['2024年政府工作报告重点工作责任分解', '《政府工作报告》重点工作任务分解', '云溪县2024年目标任务'])(
    'may be %s',
    (title) => {
      const notice = ['云溪县人民政府办公室', `关于印发${title}的通知`, '各乡镇：', '现印发给你们。', '2024年3月5日'];
      expect(titleOf(...notice, title, tasks)).toBe(title);
      expect(issueCodes([...notice, title, tasks].join('\n'))).not.toContain('no-plan-title');
    },
  );
});

describe('a notice whose plan stands in another file', () => {
  const notice = [
    '关于印发《云溪县2024年噪声治理工作方案》的通知',
    '各乡镇人民政府：',
    '《云溪县2024年噪声治理工作方案》已经县政府同意，现印发给你们，并提出以下要求。',
    '一、提高认识。各单位要高度重视噪声治理。',
    '二、加强督查。县政府督查室要按月督查。',
    '云溪县人民政府办公室',
    '2024年3月5日',
  ];

  it('gives no tasks and asks for the plan', () => {
    const { plans, issues } = noticeOf(...notice);
    expect(plans[0]).toMatchObject({ title: '云溪县2024年噪声治理工作方案', tasks: [] });
    expect(issues.map(({ code }) => code)).toContain('plan-elsewhere');
  });

  it('is itself the plan where it says who does what', () => {
    const { plans, issues } = noticeOf(
      '关于印发2024年《政府工作报告》重点任务分工的通知',
      '各乡镇人民政府：',
      '2024年《政府工作报告》重点任务分工已经县政府同意，现印发给你们。',
      tasks,
      '云溪县人民政府办公室',
      '2024年3月5日',
    );
    expect(plans[0]?.tasks).toHaveLength(2);
    expect(issues.map(({ code }) => code)).not.toContain('plan-elsewhere');
  });

  it('is read as usual where the plan follows', () => {
    expect(noticeOf(...notice, '云溪县2024年噪声治理工作方案', tasks).plans[0]?.tasks).toHaveLength(2);
  });

  it('names the lists of tasks that are announced as annexes and are not there', () => {
    const { issues } = noticeOf(
      '关于做好2024年民生实事的通知',
      '一、压实责任。各单位要抓好落实。（县政府办公室牵头）',
      '附件：1.2024年民生实事任务分解表.docx',
      '2.联络员名单',
    );
    const missing = issues.filter(({ code }) => code === 'annex-missing');
    expect(missing.map(({ text }) => text)).toEqual(['2024年民生实事任务分解表']);
  });
});

describe('the day of issue where no signature is left', () => {
  const title = '云溪县噪声治理工作方案';
  it.each([
    ['发布日期：2024年06月29日　来源：县政府办公室', '2024-06-29'],
    ['2024-06-25 16:57 来源：县生态环境局', '2024-06-25'],
    ['2024327', '2024-03-27'],
    ['20241125', '2024-11-25'],
  ])('%s is taken for it, with a doubt', (line, day) => {
    const { plans, issues } = noticeOf('关于印发云溪县噪声治理工作方案的通知', line, title, tasks);
    expect(plans[0]).toMatchObject({ issuedOn: day, year: 2024 });
    expect(issues.map(({ code }) => code)).toContain('issue-date-assumed');
  });

  it('is not guessed where the digits may be two days', () => {
    expect(noticeOf(title, '2024111', tasks).plans[0]?.issuedOn).toBeNull();
  });

  it('leaves the year to the number of the paper', () => {
    const { plans, issues } = noticeOf('云政发〔2024〕6号', title, tasks);
    expect(plans[0]).toMatchObject({ issuedOn: null, year: 2024 });
    expect(issues.map(({ code }) => code)).toContain('year-of-number');
  });
});

it('takes 11.121个 after 10. for the eleventh item', () => {
  const items = ['10.规范施工。（县住建局牵头）', '11.121处工地安装监测设备。（县生态环境局牵头）'];
  expect(
    noticeOf('云溪县2024年噪声治理工作方案', '一、任务', ...items).plans[0]?.tasks.map((task) => task.code),
  ).toEqual(['声-10', '声-11']);
});

it.each(['2024年是“十四五”规划收官之年，规范施工。', '按照“年初公布、年底兑现”的办法规范施工。'])(
  'finds no limit in %s',
  (words) => {
    const { plans } = noticeOf('云溪县2024年噪声治理工作方案', '一、任务', `1．${words}（县住建局牵头）`);
    expect(plans[0]?.tasks[0]?.milestones).toEqual([]);
  },
);

it("says of a day set outside the tasks that it is no task's limit", () => {
  const { issues } = noticeOf(
    '云溪县2024年噪声治理工作方案',
    tasks,
    '三、工作要求',
    '（一）落实责任。各乡镇要于2024年4月底前制定方案。',
  );
  const found = issues.filter(({ code }) => code === 'limit-unassigned');
  expect(found.map(({ text }) => text)).toEqual(['2024年4月底前']);
});

it('sees no gap between figures that lead up to the tasks and the tasks', () => {
  const codes = issueCodes(
    [
      '云溪县2024年重点工作任务分解',
      '一、预期目标',
      '1.安静小区达到20个。（县住建局牵头）',
      '二、主要任务',
      '2.谋划亿元以上项目5个。（县发改局牵头）',
      '3.管好广场。（县文旅局牵头）',
    ].join('\n'),
  );
  expect(codes).not.toContain('number-gap');
  expect(codes).not.toContain('number-missing');
});
