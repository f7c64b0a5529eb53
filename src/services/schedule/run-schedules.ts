import type { Reply } from '../../chat/message.js';
import { firstWorkingDayAfter, holidaySpan } from '../../domain/calendar.js';
import { addDays, momentOf, startOfWeek, wallClock } from '../../domain/local-date.js';
import { goesIntoGroup } from '../../domain/schedule.js';
import { graceEnd, nextMoment, type ScheduleRule, type Slot, scheduleRule } from '../../domain/slot.js';
import { closeOfDay, inWorkingHours } from '../../domain/working-hours.js';
import { enqueueDelivery } from '../../store/deliveries.js';
import { findGroup } from '../../store/groups.js';
import type { Tx } from '../../store/queries.js';
import {
  claimSlot,
  finishSlot,
  listActiveSchedules,
  type ScheduleRow,
  type SlotRow,
  setSlotDelivery,
} from '../../store/schedules.js';
import { listWorkspaces, type WorkspaceRow } from '../../store/workspaces.js';
import { burdenOf } from '../digest/burden.js';
import { prepareSlot } from '../digest/prepare-slot.js';
import { type Scheduling, scheduleContext } from './schedule-context.js';
import { type DueSlots, punctualMs } from './slot-watch.js';

/**
 * Prepares every slot whose moment has come, each once whoever else runs this: the slot is claimed in the transaction
 * that writes its delivery. A missed one is caught up in working hours within its grace and marked 补发, else recorded
 * as missed. Returns how many digests were prepared.
 */
export async function runSchedules(deps: Scheduling, now: Date): Promise<number> {
  let prepared = 0;
  for (const workspace of await listWorkspaces(deps.store.read)) {
    const due = await deps.slots.due(deps, workspace.id, goesIntoGroup, now);
    const said: Said = new Map();
    const byGroup = [...Map.groupBy(due, ({ schedule }) => schedule.groupId).values()];
    for (let first = 0; first < byGroup.length; first += atOnce) {
      const some = byGroup.slice(first, first + atOnce);
      const counts = await Promise.all(some.map((ofGroup) => takeSlots(deps, workspace, ofGroup, now, said)));
      prepared += counts.reduce((a, b) => a + b, 0);
    }
  }
  return prepared;
}

/** So many groups share a commit; a message that arrives meanwhile waits no longer than they take. */
const atOnce = 16;

/** What was written in this pass: groups that are bound to the same plans hear the same. */
type Said = Map<string, Reply | null>;

/** Those of one group one after another: how much it has heard this week decides about the next. */
async function takeSlots(
  deps: Scheduling,
  workspace: WorkspaceRow,
  due: DueSlots[],
  now: Date,
  said: Said,
): Promise<number> {
  let prepared = 0;
  for (const { schedule, rule, slots } of due) {
    for (const slot of slots) {
      const outcome = await deps.store.transaction((tx) =>
        takeSlot(deps, tx, workspace, { schedule, rule, slot }, now, said),
      );
      if (outcome === 'sent' || outcome === 'late') prepared += 1;
    }
  }
  return prepared;
}

/** When the next slot of each schedule comes after `after`, for a clock that is moved. */
export async function nextSlotMoments(deps: Scheduling, after: Date): Promise<Date[]> {
  const moments: Date[] = [];
  for (const workspace of await listWorkspaces(deps.store.read)) {
    for (const schedule of await listActiveSchedules(deps.store.read, workspace.id)) {
      const rule = scheduleRule.safeParse(schedule.rule);
      if (!rule.success) continue;
      const since = new Date(Math.max(after.getTime(), Date.parse(rule.data.since) - 1));
      moments.push(nextMoment(rule.data, since, deps.timeZone));
    }
  }
  return moments;
}

async function takeSlot(
  deps: Scheduling,
  tx: Tx,
  workspace: WorkspaceRow,
  { schedule, rule, slot }: { schedule: ScheduleRow; rule: ScheduleRule; slot: Slot },
  now: Date,
  written: Said,
): Promise<SlotRow['state'] | null> {
  const late = now.getTime() - slot.at.getTime() > punctualMs;
  const missed = late && now > graceEnd(rule, slot, deps.timeZone);
  if (late && !missed && !slot.merged && !inWorkingHours(now, deps.timeZone)) return null;
  const key = { scheduleId: schedule.id, slot: slot.name };
  if (!(await claimSlot(tx, workspace.id, { ...key, plannedFor: slot.at }))) return null;
  const group = await findGroup(tx, workspace.id, schedule.groupId);
  const finish = async (state: SlotRow['state'], why: string | null, deliveryKey: string | null = null) => {
    const preparedAt = state === 'sent' || state === 'late' ? now : null;
    const outcome = { state, coversUntil: slot.covers.to, preparedAt, deliveryKey, why };
    await finishSlot(tx, workspace.id, key, outcome);
    return state;
  };
  const keyOf = (name: string) => `${schedule.kind} ${schedule.id} ${name}`;
  if (slot.merged)
    return finish('merged', '上一期因假期顺延，两期合为一期', keyOf(startOfWeek(addDays(slot.nominal, -7))));
  if (!group) return finish('failed', '工作群已不存在');
  if (missed) return finish('missed', '停机超过补发期限');
  const ctx = await scheduleContext(deps, tx, workspace, group, now);
  const { sent, limit, waiting, today } = await burdenOf(ctx, group.id);
  const other = today.find(({ scheduleId }) => scheduleId === schedule.id);
  if (other) return finish('merged', '当天已发过一期', other.deliveryKey);
  if (sent >= limit) return finish('merged', `本周已发${sent}条，并入下一期`);
  const carried = schedule.kind === 'digest' ? waiting : [];
  const { since, time, ...meant } = rule;
  const name = JSON.stringify([schedule.kind, meant, slot, late, ctx.plans.map(({ prefix, year }) => [prefix, year])]);
  let said = carried.length === 0 ? written.get(name) : undefined;
  if (said === undefined) {
    said = await prepareSlot(ctx, schedule.kind, { rule, slot, late, waiting: carried });
    if (carried.length === 0) written.set(name, said);
  }
  if (said === null) return finish('empty', '没有要说的');
  const deliveryKey = keyOf(slot.name);
  for (const { row } of carried) await setSlotDelivery(tx, workspace.id, row, deliveryKey);
  const { date } = wallClock(now, deps.timeZone);
  await enqueueDelivery(tx, workspace.id, {
    key: deliveryKey,
    groupId: group.id,
    personId: null,
    kind: schedule.kind,
    target: null,
    reply: said,
    notBefore: now,
    usefulUntil: momentOf(firstWorkingDayAfter(date), closeOfDay, deps.timeZone),
    createdAt: now,
  });
  return finish(late ? 'late' : 'sent', slot.moved ? `${movedWhy(slot)}顺延` : null, deliveryKey);
}

const movedWhy = ({ nominal }: Slot) => (holidaySpan(nominal) ? '因假期' : '因周末');
