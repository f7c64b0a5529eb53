import type { ScheduleRule } from './slot.js';

/** What a group can be sent by itself; `reminder` and `worklist` go one to one. */
export const scheduleKinds = ['digest', 'month-end', 'quarter', 'reminder', 'worklist'] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];

export const scheduleNames: Record<ScheduleKind, string> = {
  digest: '周报',
  'month-end': '月末小结',
  quarter: '季度调度清单',
  reminder: '到期提醒',
  worklist: '督查待办',
};

const intoGroup = ['digest', 'month-end', 'quarter'] as const satisfies ScheduleKind[];

/** Of a row: its kind is text there. */
export function kindOfSchedule(kind: string): ScheduleKind {
  return scheduleKinds.find((one) => one === kind) ?? 'digest';
}

/** One message into the group; else one to each person whom it concerns. */
export function goesIntoGroup(kind: string): kind is (typeof intoGroup)[number] {
  return intoGroup.some((one) => one === kind);
}

/** 周报, 日报, 月报: as often as the digest comes. */
export function digestName(rule: ScheduleRule): string {
  return { weekly: '周报', workday: '日报', monthly: '月报', 'period-end': '月报' }[rule.kind];
}

const weekdays = '一二三四五六日';

/** 每周一 09:00, 每工作日 08:30, 每月1日 09:00. */
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
      return `${name}${rule.before === 0 ? '最后一个' : `倒数第${rule.before + 1}个`}工作日 ${rule.time}`;
    }
  }
}
