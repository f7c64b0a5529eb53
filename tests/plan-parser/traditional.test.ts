import { expect, it } from 'vitest';

import { readNotice } from '../../src/plan-parser/read-notice.js';
import { rolesOf } from './a-notice.js';

const page = [
  '雲溪縣2024年廣場噪聲治理工作要點',
  '一、重點任務',
  '1.規範夜間施工。2024年10月底前,公示全部工地。(縣住建局牽頭,縣公安局、各鄉鎮人民政府配合)',
  '2.劃定練習時段。建設隔聲屏障。(責任單位:縣文化廣電旅遊局、縣財政局)',
].join('\n');

it('reads a page in traditional characters as the one in simplified characters, and says so', () => {
  const { plans, issues } = readNotice(page);
  expect(plans[0]).toMatchObject({ title: '云溪县2024年广场噪声治理工作要点', year: 2024 });
  expect(plans[0]?.tasks.map(({ title }) => title)).toEqual(['规范夜间施工', '划定练习时段']);
  expect(plans[0]?.tasks.map(rolesOf)).toEqual([
    ['lead 县住建局', 'support 县公安局、各乡镇人民政府'],
    ['implement 县文化广电旅游局、县财政局'],
  ]);
  expect(plans[0]?.tasks[0]?.milestones).toMatchObject([{ phrase: '2024年10月底前', due: '2024-10-31' }]);
  expect(issues.map(({ code }) => code)).toContain('script-traditional');
});

it('leaves an old form of a character in a name as it stands', () => {
  const { plans, issues } = readNotice(
    '云溪县2024年噪声污染防治工作方案\n一、重点任务\n1．整修陳家祠。设置隔声屏障。（县文化旅游局牵头）',
  );
  expect(plans[0]?.tasks[0]?.title).toBe('整修陳家祠');
  expect(issues.map(({ code }) => code)).not.toContain('script-traditional');
});
