import { dayName, wallClock } from '../domain/local-date.js';
import { graceEnd, slotsBetween, weeklyRule } from '../domain/slot.js';
import { type Check, type Finding, ok, warn } from '../platforms/check/check.js';
import { type GroupRow, listGroups } from '../store/groups.js';
import type { Queries } from '../store/queries.js';
import { listSchedulesOfGroup, listSlots, type ScheduleRow } from '../store/schedules.js';
import type { WorkspaceRow } from '../store/workspaces.js';
import type { LedgerLook } from './ledger-look.js';
import { ledgerTime, timeZoneOf, type Visit } from './visit.js';

const monthMs = 30 * 86_400_000;
/** The timer ticks by the minute. */
const punctualMs = 5 * 60_000;
/** More than the weeks looked back on. */
const slotsRead = 10;

/** The digests that a group was owed in the last 30 days and did not get. */
export function digestCheck(visit: Visit, look: LedgerLook): Check {
  return look.ofEach('digests', '周报', async (q, workspace) => {
    const findings: Finding[] = [];
    let schedules = 0;
    for (const group of await listGroups(q, workspace.id)) {
      for (const schedule of await listSchedulesOfGroup(q, workspace.id, group.id)) {
        if (schedule.active) schedules += 1;
        findings.push(...(await missedOf(visit, q, workspace, group, schedule)));
      }
    }
    if (findings.length > 0) return findings;
    return ok(schedules === 0 ? '没有群开着周报' : '30天内没有漏发');
  });
}

async function missedOf(
  visit: Visit,
  q: Queries,
  { id: workspace }: WorkspaceRow,
  { name }: GroupRow,
  { id, rule, active }: ScheduleRow,
): Promise<Finding[]> {
  const now = ledgerTime(visit);
  const zone = timeZoneOf(visit);
  const today = wallClock(now, zone).date;
  const since = new Date(now.getTime() - monthMs);
  const day = (moment: Date) => dayName(wallClock(moment, zone).date, today);
  const recorded = await listSlots(q, workspace, id, slotsRead);
  const missed = recorded
    .filter(({ state, plannedFor }) => (state === 'missed' || state === 'failed') && plannedFor >= since)
    .map(({ plannedFor, why }) =>
      warn(`“${name}”${day(plannedFor)}的没有发：${why ?? '没有记原因'}`, '要看那一期，在群里发“/digest 预览”'),
    );
  const { data } = weeklyRule.safeParse(rule);
  if (!active || !data) return missed;
  const known = new Set(recorded.map(({ slot }) => slot));
  const from = new Date(Math.max(since.getTime(), Date.parse(data.since) - 1));
  const open = slotsBetween(data, from, new Date(now.getTime() - punctualMs), zone).filter(
    (slot) => !slot.merged && !known.has(slot.name),
  );
  if (open.length === 0) return missed;
  const inTime = open.some((slot) => now <= graceEnd(slot, zone));
  const todo = inTime ? '请启动服务，期限内的会补发' : '请启动服务，补发的期限已过，会记为漏发';
  return [...missed, warn(`“${name}”${open.map(({ at }) => day(at)).join('、')}的到点没有处理`, todo)];
}
