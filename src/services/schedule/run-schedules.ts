import type { Logger } from 'pino';

import { firstWorkingDayAfter } from '../../domain/calendar.js';
import { currentPlans } from '../../domain/current-plans.js';
import { addDays, momentOf, wallClock } from '../../domain/local-date.js';
import { botName } from '../../domain/person.js';
import type { RulePacks } from '../../domain/rule-pack.js';
import { graceEnd, type Slot, slotsBetween, weeklyRule } from '../../domain/slot.js';
import { closeOfDay, inWorkingHours } from '../../domain/working-hours.js';
import { workspaceSettings } from '../../domain/workspace.js';
import { enqueueDelivery } from '../../store/deliveries.js';
import { findGroup, type GroupRow } from '../../store/groups.js';
import type { Tx } from '../../store/queries.js';
import {
  claimSlot,
  finishSlot,
  listActiveSchedules,
  listSlots,
  type ScheduleRow,
  type SlotRow,
} from '../../store/schedules.js';
import type { Store } from '../../store/store.js';
import { listWorkspaces, type WorkspaceRow } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import { prepareDigest } from '../digest/prepare-digest.js';
import type { LedgerCache } from '../ledger/ledger-cache.js';

export interface Scheduling {
  store: Store;
  ledgers: LedgerCache;
  packs: RulePacks;
  timeZone: string;
  log: Logger;
}

/** A slot prepared this long after its moment was late because of a fault, not because the timer ticks by the minute. */
const punctualMs = 5 * 60_000;
/** Slots further back than this were missed with a process that nobody ran; they are not listed one by one. */
const lookBackMs = 92 * 86_400_000;
/** More than the weeks looked back on. */
const slotsRemembered = 60;

/**
 * Prepares every slot whose moment has come, each once whoever else runs this: the slot is claimed in the transaction
 * that writes its delivery. A missed one is caught up in working hours within its grace and marked 补发, else recorded
 * as missed. Returns how many digests were prepared.
 */
export async function runSchedules(deps: Scheduling, now: Date): Promise<number> {
  let prepared = 0;
  for (const workspace of await listWorkspaces(deps.store.read)) {
    for (const schedule of await listActiveSchedules(deps.store.read, workspace.id)) {
      const rule = weeklyRule.safeParse(schedule.rule);
      if (!rule.success) {
        deps.log.error({ schedule: schedule.id }, 'schedule has a rule that cannot be read');
        continue;
      }
      const since = new Date(Math.max(Date.parse(rule.data.since) - 1, now.getTime() - lookBackMs));
      const recorded = await listSlots(deps.store.read, workspace.id, schedule.id, slotsRemembered);
      const known = new Set(recorded.map((slot) => slot.slot));
      const slots = slotsBetween(rule.data, since, now, deps.timeZone).filter((slot) => !known.has(slot.name));
      for (const slot of slots) {
        const outcome = await deps.store.transaction((tx) => takeSlot(deps, tx, workspace, schedule, slot, now));
        if (outcome === 'sent' || outcome === 'late') prepared += 1;
      }
    }
  }
  return prepared;
}

/** The moments at which a slot comes between two times, for a clock that is moved. */
export async function slotMomentsBetween(deps: Scheduling, after: Date, until: Date): Promise<Date[]> {
  const moments: Date[] = [];
  for (const workspace of await listWorkspaces(deps.store.read)) {
    for (const schedule of await listActiveSchedules(deps.store.read, workspace.id)) {
      const rule = weeklyRule.safeParse(schedule.rule);
      if (!rule.success) continue;
      moments.push(...slotsBetween(rule.data, after, until, deps.timeZone).map((slot) => slot.at));
    }
  }
  return moments.sort((a, b) => a.getTime() - b.getTime());
}

async function takeSlot(
  deps: Scheduling,
  tx: Tx,
  workspace: WorkspaceRow,
  schedule: ScheduleRow,
  slot: Slot,
  now: Date,
): Promise<SlotRow['state'] | null> {
  const late = now.getTime() - slot.at.getTime() > punctualMs;
  const missed = late && now > graceEnd(slot, deps.timeZone);
  if (late && !missed && !slot.merged && !inWorkingHours(now, deps.timeZone)) return null;
  const key = { scheduleId: schedule.id, slot: slot.name };
  if (!(await claimSlot(tx, workspace.id, { ...key, plannedFor: slot.at }))) return null;
  const group = await findGroup(tx, workspace.id, schedule.groupId);
  const finish = async (state: SlotRow['state'], why: string | null, deliveryKey: string | null = null) => {
    const preparedAt = deliveryKey === null ? null : now;
    const outcome = { state, coversUntil: slot.covers.to, preparedAt, deliveryKey, why };
    await finishSlot(tx, workspace.id, key, outcome);
    return state;
  };
  if (slot.merged) return finish('merged', '上一期因假期顺延，两期合为一期');
  if (missed || !group) return finish('missed', group ? '停机超过补发期限' : '工作群已不存在');
  const ctx = await scheduleContext(deps, tx, workspace, group, now);
  const digest = await prepareDigest(ctx, {
    covers: slot.covers,
    lately: slot.lately,
    movedFrom: slot.moved ? slot.nominal : null,
    late,
    merges: slot.covers.to > addDays(slot.covers.from, 6) ? addDays(slot.nominal, 7) : null,
  });
  const deliveryKey = `digest ${schedule.id} ${slot.name}`;
  const { date } = wallClock(now, deps.timeZone);
  await enqueueDelivery(tx, workspace.id, {
    key: deliveryKey,
    groupId: group.id,
    personId: null,
    kind: 'digest',
    target: null,
    reply: digest,
    notBefore: now,
    usefulUntil: momentOf(firstWorkingDayAfter(date), closeOfDay, deps.timeZone),
    createdAt: now,
  });
  return finish(late ? 'late' : 'sent', slot.moved ? '因假期顺延' : null, deliveryKey);
}

/** The bot itself acts, in the group whose schedule it is. */
export async function scheduleContext(
  deps: Scheduling,
  tx: Tx,
  workspace: WorkspaceRow,
  group: Pick<GroupRow, 'id' | 'platform' | 'account' | 'chatId' | 'plans'>,
  now: Date,
): Promise<Context> {
  const { date: today } = wallClock(now, deps.timeZone);
  const ledger = await deps.ledgers.current(tx, workspace.id, workspace.ledgerVersion);
  return {
    workspace: workspace.id,
    settings: workspaceSettings.parse(workspace.settings),
    startOn: workspace.startOn ?? today,
    timeZone: deps.timeZone,
    now,
    today,
    actor: { person: null, name: botName, unit: null, roles: [], scope: null },
    group: group.id,
    chat: { id: group.chatId, private: false },
    message: { platform: group.platform, account: group.account, id: '', sender: '', quoted: null },
    ledger,
    plans: currentPlans(ledger.plans, group.plans, today),
    packs: deps.packs,
    tx,
    owes: { others: false },
    log: deps.log,
  };
}
