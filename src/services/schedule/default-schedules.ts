import type { ScheduleKind } from '../../domain/schedule.js';
import type { ScheduleRule } from '../../domain/slot.js';
import type { GroupId, WorkspaceId } from '../../domain/workspace.js';
import type { Tx } from '../../store/queries.js';
import { insertSchedule } from '../../store/schedules.js';

type Unstarted<Rule> = Rule extends unknown ? Omit<Rule, 'since'> : never;

const defaults: Record<ScheduleKind, { rule: Unstarted<ScheduleRule>; active: boolean }> = {
  digest: { rule: { kind: 'weekly', weekday: 1, time: '09:00' }, active: true },
  'month-end': { rule: { kind: 'period-end', period: 'month', before: 0, time: '16:00' }, active: false },
  quarter: { rule: { kind: 'period-end', period: 'quarter', before: 5, time: '09:00' }, active: false },
  reminder: { rule: { kind: 'workday', time: '08:35' }, active: true },
  worklist: { rule: { kind: 'weekly', weekday: 1, time: '08:35' }, active: true },
};

/** What a group gets with nothing configured: one message a week, and what concerns single people one to one. */
export async function insertDefaultSchedules(
  tx: Tx,
  workspace: WorkspaceId,
  groupId: GroupId,
  { changedBy, now }: { changedBy: string; now: Date },
): Promise<void> {
  for (const [kind, { rule, active }] of Object.entries(defaults)) {
    await insertSchedule(tx, workspace, {
      id: `${kind}-${groupId}`,
      groupId,
      kind,
      rule: { ...rule, since: now.toISOString() },
      active,
      createdAt: now,
      changedBy,
    });
  }
}
