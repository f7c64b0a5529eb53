import { describe, expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';

const head = ['云溪县2024年噪声污染防治工作方案', '一、总体要求', '2024年底前，投诉下降10%。'];
const read = (...paragraphs: string[]) => readNotice([...head, ...paragraphs].join('\n'));
const tasksOf = (...paragraphs: string[]) =>
  read(...paragraphs).plans[0]?.tasks.map((task) => `${task.code} ${task.title}`) ?? [];
const issuesOf = (...paragraphs: string[]) =>
  read(...paragraphs).issues.map(({ code, line }) => `${code} ${line - head.length}`);

describe('tasks', () => {
  it('stand at （N） and run on over 一、, with lists under them', () => {
    const paragraphs = [
      '二、工地',
      '（一）规范施工。公示。责任单位：县住建局',
      '（二）备足设备。按以下标准：',
      '①县级20套；',
      '②乡镇10套。',
      '责任单位：县应急管理局',
      '三、社区',
      '（三）管好广场。划定时段。责任单位：县公安局',
    ];
    expect(tasksOf(...paragraphs)).toEqual(['声-1 规范施工', '声-2 备足设备', '声-3 管好广场']);
    expect(read(...paragraphs).plans[0]?.tasks[1]?.text).toBe(
      '按以下标准：\n①县级20套；\n②乡镇10套。\n责任单位：县应急管理局',
    );
  });

  it('stand at （N） even where every one has a list and its units below it', () => {
    const item = (mark: string, title: string) => [
      `（${mark}）${title}`,
      '①排查。',
      '②整改。',
      '责任单位：县住建局、县公安局',
    ];
    expect(tasksOf('二、工地', ...item('一', '规范施工'), ...item('二', '管好广场'))).toEqual([
      '声-1 规范施工',
      '声-2 管好广场',
    ]);
  });

  it('stand at 一、 where the units do', () => {
    const paragraphs = [
      '二、规范施工',
      '（一）公示；（二）围挡。',
      '牵头单位：县住建局',
      '三、管好广场',
      '划定时段。',
      '牵头单位：县公安局',
      '四、加强巡查',
      '上路巡查，及时处置。',
      '五、保障措施',
      '各单位要加强领导。',
    ];
    expect(tasksOf(...paragraphs)).toEqual(['声-2 规范施工', '声-3 管好广场', '声-4 加强巡查']);
    expect(issuesOf(...paragraphs)).toContain('no-responsibility 7');
  });

  it('stand at （1） under 1． that only heads them', () => {
    const paragraphs = [
      '二、任务',
      '1．工地',
      '（1）规范施工。公示。（县住建局牵头）',
      '（2）限制时段。夜间停工。（县住建局牵头）',
      '2．社区',
      '（3）管好广场。划定时段。（县公安局牵头）',
    ];
    expect(tasksOf(...paragraphs)).toEqual(['声-1 规范施工', '声-2 限制时段', '声-3 管好广场']);
  });

  it('are the children of a parent that names units too, and a section without children is one itself', () => {
    const paragraphs = [
      '（一）治理工地。统筹推进。（县住建局牵头）具体措施：',
      '1．规范施工。公示。（县住建局负责）',
      '2．限制时段。夜间停工。',
      '（二）治理社区。（县公安局牵头）',
      '具体措施：',
      '1．管好广场。划定时段。（县文旅局负责）',
      '2．管好犬只。',
      '（三）治理道路。禁鸣。（县交通局负责）',
    ];
    expect(tasksOf('二、主要任务', ...paragraphs)).toEqual([
      '声-1 规范施工',
      '声-2 限制时段',
      '声-3 管好广场',
      '声-4 管好犬只',
      '声-5 治理道路',
    ]);
  });

  it('stand one level down in a section whose numbers all name units', () => {
    const paragraphs = [
      '二、工地',
      '（一）规范施工。公示。（县住建局牵头）',
      '（二）限制时段。停工。（县住建局牵头）',
      '三、社区',
      '（一）广场',
      '1．划定时段。公示。（县公安局牵头）',
      '2．控制音量。巡查。（县公安局牵头）',
      '（二）犬只。办证。（县公安局牵头）',
      '（三）装修。限时。（县住建局牵头）',
    ];
    expect(tasksOf(...paragraphs).map((task) => task.slice(4))).toEqual([
      '规范施工',
      '限制时段',
      '划定时段',
      '控制音量',
      '犬只',
      '装修',
    ]);
  });

  it('are found without any units by the level that has the most numbers', () => {
    const paragraphs = ['（一）规范施工。公示。', '（二）管好广场。', '1．时段。', '2．音量。', '（三）巡查。上路。'];
    expect(tasksOf('二、任务', ...paragraphs)).toEqual(['声-1 规范施工', '声-2 管好广场', '声-3 巡查']);
  });

  it('stand in chapters and sections', () => {
    const paragraphs = [
      '第一章 主要任务',
      '第一节 工地',
      '一、规范施工。公示。（县住建局牵头）',
      '二、限时。停工。（县住建局牵头）',
    ];
    const tasks = read(...paragraphs).plans[0]?.tasks;
    expect(tasks?.map((task) => task.section)).toEqual([
      ['第一章主要任务', '第一节工地'],
      ['第一章主要任务', '第一节工地'],
    ]);
  });

  it.each([
    ['full and half width', ['1．规范施工。公示。', '2.管好广场。巡查。', '３、加强巡查。上路。']],
    ['doubled', ['1 1..规范施工。公示。', '2 2..管好广场。巡查。', '3 3..加强巡查。上路。']],
    ['with a space', ['1 ．规范施工。公示。', '2． 管好广场。巡查。', '3 、 加强巡查。上路。']],
    ['with a closing bracket', ['1）规范施工。公示。', '2)管好广场。巡查。', '（3）加强巡查。上路。']],
    ['of crossed width', ['（一)规范施工。公示。', '(二）管好广场。巡查。', '( 三 )加强巡查。上路。']],
  ])('may have numbers %s', (_, paragraphs) => {
    expect(tasksOf('二、任务', ...paragraphs)).toEqual(['声-1 规范施工', '声-2 管好广场', '声-3 加强巡查']);
  });

  it('may begin with figures that are no part of the number', () => {
    const paragraphs = ['1.2024年9月底前，完成排查。', '2.9月底前，完成整改。', '3.12345热线专席。受理。'];
    expect(tasksOf('二、任务', ...paragraphs, '3.5公里以上的，另行安排。')).toEqual([
      '声-1 完成排查',
      '声-2 完成整改',
      '声-3 12345热线专席',
    ]);
  });

  it('keep 一是 and dashes in their text', () => {
    const paragraphs = ['1．规范施工。做好以下工作。', '一是公示。', '——二是围挡。'];
    expect(read('二、任务', ...paragraphs).plans[0]?.tasks[0]?.text).toBe('做好以下工作。\n一是公示。\n——二是围挡。');
  });
});

describe('the numbers of tasks', () => {
  it('keep gaps, which are flagged', () => {
    const paragraphs = ['（一）规范施工。公示。', '（二）管好广场。', '（四）巡查。上路。'];
    expect(tasksOf('二、任务', ...paragraphs)).toEqual(['声-1 规范施工', '声-2 管好广场', '声-4 巡查']);
    expect(issuesOf('二、任务', ...paragraphs)).toContain('number-gap 4');
  });

  it('are flagged where a section that starts anew leaves one out', () => {
    const paragraphs = ['（一）工地', '1．公示。甲。', '2．围挡。乙。', '（二）社区', '1．广场。丙。', '3．犬只。丁。'];
    expect(tasksOf('二、任务', ...paragraphs)).toEqual(['声-1 公示', '声-2 围挡', '声-3 广场', '声-4 犬只']);
    expect(issuesOf('二、任务', ...paragraphs).filter((each) => each.startsWith('number'))).toEqual([
      'numbers-restart 3',
      'number-gap 7',
    ]);
  });

  it('are not disturbed by safeguards that count from one and name units', () => {
    const paragraphs = [
      '1．公示。甲。（县住建局牵头）',
      '3．围挡。乙。（县住建局牵头）',
      '三、保障措施',
      '1．宣传。丙。（县融媒体中心牵头）',
    ];
    expect(tasksOf('二、任务', ...paragraphs)).toEqual(['声-1 公示', '声-3 围挡', '声-4 宣传']);
    expect(issuesOf('二、任务', ...paragraphs)).toContain('number-given 5');
  });
});

describe('what is numbered and is no task', () => {
  it.each([
    ['保障措施', '（一）加强组织领导。压实责任。'],
    ['工作要求', '（一）提高认识。各单位要重视。'],
    ['组织领导和保障措施', '（一）成立专班。县政府分管领导任组长。'],
    ['实施步骤', '（一）动员部署阶段（3月1日至3月31日）。制定方案。'],
    ['主要目标', '（一）约束性目标。2024年底前投诉下降10%。'],
    ['领导小组组成人员', '（一）组长：张× 副县长'],
    ['联系方式', '（一）联系人：李×，电话：0×××-1234×××'],
  ])('%s without units', (heading, paragraph) => {
    const tasks = ['（一）规范施工。公示。（县住建局牵头）', '（二）管好广场。公示。（县公安局牵头）'];
    expect(tasksOf('二、任务', ...tasks, `三、${heading}`, paragraph)).toHaveLength(2);
  });

  it('duties by unit, which are named instead', () => {
    const paragraphs = [
      '1．县住建局。负责工地。',
      '2．县公安局、县城管局。负责广场。',
      '3．各乡镇人民政府。负责巡查。',
    ];
    const tasks = ['1．规范施工。公示。（县住建局牵头）', '2．管好广场。公示。（县公安局牵头）'];
    expect(tasksOf('二、任务', ...tasks, '三、部门职责', ...paragraphs)).toHaveLength(2);
    expect(issuesOf('二、任务', ...tasks, '三、部门职责', ...paragraphs)).toContain('duties-unread 4');
  });

  it('but a section whose name only sounds alike holds tasks', () => {
    const paragraphs = ['（一）用地。提速。（县自然资源局牵头）', '（二）物流。降本。'];
    expect(tasksOf('二、着力强化要素保障', ...paragraphs)).toEqual(['声-1 用地', '声-2 物流']);
    expect(tasksOf('二、目标任务', ...paragraphs)).toEqual(['声-1 用地', '声-2 物流']);
  });

  it('but the same words among tasks are the title of one', () => {
    const paragraphs = [
      '（一）加强组织领导。各乡镇要重视。',
      '（二）搞好苗木供应。组织调运。',
      '（三）严格考核。通报。',
    ];
    expect(tasksOf('二、主要措施', ...paragraphs)).toHaveLength(3);
    expect(tasksOf('二、整治工地。公示。', '三、整治广场。巡查。', '四、加强组织领导。各单位要重视。')).toHaveLength(2);
  });

  it('prose under a heading of tasks is flagged', () => {
    const paragraphs = [
      '（一）工地',
      '1．公示。甲。（县住建局牵头）',
      '（二）社区',
      '要坚持综合治理，统筹推进各类社区噪声问题整治，取得实效，群众满意。',
    ];
    expect(issuesOf('二、任务', ...paragraphs)).toContain('section-unread 4');
  });
});
