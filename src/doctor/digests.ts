import { dayName, wallClock } from '../domain/local-date.js';
import { goesIntoGroup, kindOfSchedule, scheduleNames } from '../domain/schedule.js';
import { graceEnd, type ScheduleRule, type Slot, scheduleRule, slotsBetween } from '../domain/slot.js';
import { type Check, type Finding, ok, warn } from '../platforms/check/check.js';
import { punctualMs, slotsRemembered } from '../services/schedule/slot-watch.js';
import { type GroupRow, listGroups } from '../store/groups.js';
import type { Queries } from '../store/queries.js';
import { listSchedulesOfGroup, listSlots, type ScheduleRow, type SlotRow } from '../store/schedules.js';
import type { WorkspaceRow } from '../store/workspaces.js';
import type { LedgerLook } from './ledger-look.js';
import { ledgerTime, timeZoneOf, type Visit } from './visit.js';

const monthMs = 30 * 86_400_000;
const daysNamed = 3;
const reasonsNamed = 8;

/** What a group was owed by its schedules in the last 30 days and did not get. */
export function digestCheck(visit: Visit, look: LedgerLook): Check {
  return look.ofEach('digests', '周报', async (q, workspace) => {
    const findings: Finding[] = [];
    const counts = new Map<SlotRow['state'], number>();
    const reasons: string[] = [];
    let schedules = 0;
    for (const group of await listGroups(q, workspace.id)) {
      for (const schedule of await listSchedulesOfGroup(q, workspace.id, group.id)) {
        if (schedule.active && schedule.kind === 'digest') schedules += 1;
        const { recorded, missed } = await lookAt(visit, q, workspace, group, schedule);
        findings.push(...missed);
        if (!goesIntoGroup(schedule.kind)) continue;
        reasons.push(...reasonsOf(visit, group, schedule, recorded));
        if (schedule.kind !== 'digest') continue;
        for (const { state } of recorded) counts.set(state, (counts.get(state) ?? 0) + 1);
      }
    }
    if (reasons.length > 0) findings.push(ok(`不是照常发的：${firstOf(reasons)}`));
    if (findings.some(({ state }) => state !== 'ok')) return findings;
    return [ok(schedules === 0 ? '没有群开着周报' : `30天内没有漏发${countsText(counts)}`), ...findings];
  });
}

const names: Partial<Record<SlotRow['state'], string>> = { late: '补发', merged: '合并', empty: '没有发' };

/** Each slot that was not sent as planned, and why: “工作群”10月9日合并（上一期因假期顺延，两期合为一期）. */
function reasonsOf(visit: Visit, { name }: GroupRow, { kind }: ScheduleRow, slots: SlotRow[]): string[] {
  const zone = timeZoneOf(visit);
  const today = wallClock(ledgerTime(visit), zone).date;
  const which = `“${name}”${kind === 'digest' ? '' : scheduleNames[kindOfSchedule(kind)]}`;
  return slots.flatMap(({ state, why, plannedFor }) => {
    const what = names[state] ?? (state === 'sent' && why !== null ? '已发' : null);
    if (what === null) return [];
    return [`${which}${dayName(wallClock(plannedFor, zone).date, today)}${what}${why === null ? '' : `（${why}）`}`];
  });
}

function firstOf(reasons: string[]): string {
  const more = reasons.length > reasonsNamed ? `；等${reasons.length}期，每一期在群里发“/digest 历史”看` : '';
  return `${reasons.slice(0, reasonsNamed).join('；')}${more}`;
}

/** ：按时2期，补发1期，合并1期 */
function countsText(counts: ReadonlyMap<SlotRow['state'], number>): string {
  const names: [SlotRow['state'], string][] = [
    ['sent', '按时'],
    ['late', '补发'],
    ['merged', '合并'],
  ];
  const texts = names.flatMap(([state, name]) => (counts.has(state) ? [`${name}${counts.get(state)}期`] : []));
  return texts.length > 0 ? `：${texts.join('，')}` : '';
}

async function lookAt(
  visit: Visit,
  q: Queries,
  { id: workspace }: WorkspaceRow,
  { name }: GroupRow,
  { id, kind, rule, active }: ScheduleRow,
): Promise<{ recorded: SlotRow[]; missed: Finding[] }> {
  const now = ledgerTime(visit);
  const zone = timeZoneOf(visit);
  const today = wallClock(now, zone).date;
  const since = new Date(now.getTime() - monthMs);
  const day = (moment: Date) => dayName(wallClock(moment, zone).date, today);
  const which = `“${name}”${kind === 'digest' ? '' : `的${scheduleNames[kindOfSchedule(kind)]}`}`;
  const known = await listSlots(q, workspace, id, slotsRemembered);
  const recorded = known.filter(({ plannedFor }) => plannedFor >= since);
  const missed = recorded
    .filter(({ state }) => state === 'missed' || state === 'failed')
    .map(({ plannedFor, why }) =>
      warn(`${which}${day(plannedFor)}的没有发：${why ?? '没有记原因'}`, '要看每一期，在群里发“/digest 历史”'),
    );
  const { data } = scheduleRule.safeParse(rule);
  if (!active || !data) return { recorded, missed };
  const from = new Date(Math.max(since.getTime(), Date.parse(data.since) - 1));
  const open = slotsBetween(data, from, new Date(now.getTime() - punctualMs), zone).filter(
    (slot) => !slot.merged && !known.some((one) => one.slot === slot.name),
  );
  if (open.length === 0) return { recorded, missed };
  const days = open.slice(-daysNamed).map(({ at }) => day(at));
  const more = open.length > daysNamed ? `等${open.length}期` : '';
  return {
    recorded,
    missed: [...missed, warn(`${which}${days.join('、')}${more}的到点没有处理`, nextStep(kind, data, open, now, zone))],
  };
}

function nextStep(kind: string, rule: ScheduleRule, open: Slot[], now: Date, zone: string): string {
  if (!goesIntoGroup(kind)) return '请启动服务，会并入下一次早上的提醒';
  const inTime = open.some((slot) => now <= graceEnd(rule, slot, zone));
  return inTime ? '请启动服务，期限内的会补发' : '请启动服务，补发的期限已过，会记为漏发';
}
