import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const plan = [
  '云溪县2024年文化旅游工作方案',
  '2024年1月8日',
  '一、主要任务',
  '1．建设游客中心。3月底前开工，10月底前完成主体工程。（县文旅局牵头，县住建局、县财政局配合）',
  '2．整治景区环境。每季度开展一次检查，每周通报一次情况。（县文旅局、县公安局按职责分工牵头）',
  '3．=2+5项惠民措施。长期坚持。（各乡镇人民政府负责）',
  '4．@所有景区开放日。5—9月每月举办活动。（县文旅局、县交通运输局负责）',
].join('\n');

const units = [
  { name: '县文旅局' },
  { name: '县住建局' },
  { name: '县财政局' },
  { name: '县公安局' },
  { name: '县交通运输局' },
  { name: '东山镇人民政府', aliases: ['东山镇'] },
  { name: '西河乡人民政府', aliases: ['西河乡'] },
  { name: '各乡镇人民政府', members: ['东山镇人民政府', '西河乡人民政府'] },
];
const people = [
  { name: '督查室', roles: ['supervisor'] },
  { name: '管理员', roles: ['administrator'] },
  { name: '成员', roles: [] },
  ...['县文旅局', '县公安局', '东山镇人民政府'].map((unit) => ({ name: `${unit}联络员`, unit, roles: ['liaison'] })),
];

/** The data folder of a county of which no test but these knows. */
export async function aSecondCounty(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-county-'));
  await mkdir(path.join(folder, 'plans'));
  const workspace = {
    id: 'yunxi',
    name: '云溪县',
    startOn: '2024-01-08',
    settings: { review: true },
    groups: [{ id: 'main', chat: 'sandbox', name: '云溪县工作群' }],
    documents: [{ file: 'plans/plan.txt', title: '云溪县2024年文化旅游工作方案' }],
  };
  await writeFile(path.join(folder, 'workspace.json'), JSON.stringify(workspace));
  await writeFile(path.join(folder, 'units.json'), JSON.stringify(units));
  await writeFile(path.join(folder, 'people.json'), JSON.stringify(people));
  await writeFile(path.join(folder, 'plans', 'plan.txt'), plan);
  return folder;
}
