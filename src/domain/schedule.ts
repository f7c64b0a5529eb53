import type { ScheduleRule } from './slot.js';

/** What a group can be sent by itself: `digest` into the group, the others one to one. */
export const scheduleKinds = ['digest', 'reminder'] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];

export const scheduleNames: Record<ScheduleKind, string> = {
  digest: '周报',
  reminder: '到期提醒',
};

const weekdays = '一二三四五六日';

/** 每周一 9:00, 每工作日 8:30, 每月1日 9:00. */
export function whenText(rule: ScheduleRule): string {
  switch (rule.kind) {
    case 'weekly':
      return `每周${weekdays[rule.weekday - 1]} ${rule.time}`;
    case 'workday':
      return `每工作日 ${rule.time}`;
    case 'monthly':
      return `每月${rule.day}日 ${rule.time}`;
    case 'period-end': {
      const name = rule.period === 'month' ? '每月' : '每季度';
      return `${name}${rule.before === 0 ? '最后' : `倒数第${rule.before + 1}`}个工作日 ${rule.time}`;
    }
  }
}

/** Of a row: its kind is text there. */
export function kindOfSchedule(kind: string): ScheduleKind {
  return scheduleKinds.find((one) => one === kind) ?? 'digest';
}
