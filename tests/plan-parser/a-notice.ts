import { localDate } from '../../src/domain/local-date.js';
import type { PlanDraft, TaskDraft } from '../../src/domain/plan-draft.js';
import { readNotice } from '../../src/plan-parser/read-notice.js';

/** A plan of a county that does not exist, with the paragraphs given as its tasks. */
export function aNotice(...paragraphs: string[]): string {
  return [
    '云溪县人民政府办公室',
    '关于印发云溪县噪声污染防治2024年行动计划的通知',
    '各乡镇人民政府，县直各有关单位：',
    '《云溪县噪声污染防治2024年行动计划》已经县政府同意，现印发给你们，请认真贯彻执行。',
    '云溪县人民政府办公室',
    '2024年3月5日',
    '',
    '云溪县噪声污染防治2024年行动计划',
    '一、重点任务',
    ...paragraphs,
  ].join('\n');
}

export function readPlanOf(...paragraphs: string[]): PlanDraft {
  const [plan] = readNotice(aNotice(...paragraphs)).plans;
  if (!plan) throw new Error('no plan was read');
  return plan;
}

export function readTask(...paragraphs: string[]): TaskDraft {
  const [task] = readPlanOf(...paragraphs).tasks;
  if (!task) throw new Error('no task was read');
  return task;
}

/** One role to a line: lead 县水利局、县住建局等 */
export function rolesOf(task: TaskDraft): string[] {
  return task.responsibility.map(
    ({ role, units, open, inherited }) =>
      `${role} ${units.join('、')}${open ? '等' : ''}${inherited ? '（以下均需）' : ''}`,
  );
}

export function issueCodes(text: string): string[] {
  return readNotice(text).issues.map((issue) => issue.code);
}

export const day = (date: string) => localDate.parse(date);
