import { momentOf, startOfWeek } from '../../domain/local-date.js';
import { goesIntoGroup } from '../../domain/schedule.js';
import { scheduleRule } from '../../domain/slot.js';
import type { GroupId } from '../../domain/workspace.js';
import { BotError } from '../../errors.js';
import { findGroup, setGroupWeeklyMessages } from '../../store/groups.js';
import { listSchedulesOfGroup, listSlotsSince, type SlotRow } from '../../store/schedules.js';
import type { Context } from '../context.js';
import { managerOf } from './manager.js';
import type { Waiting } from './prepare-slot.js';

export const mostWeekly = 50;
const waitsForMs = 35 * 86_400_000;

export interface Burden {
  /** What the bot has sent the group of its own accord this week, Monday to Sunday. */
  sent: number;
  /** Of it those of today. */
  today: SlotRow[];
  limit: number;
  /** Messages that were held back and that no later one has taken along yet, the oldest first. */
  waiting: Waiting[];
}

/** How many messages a week of the bot's own accord the group hears: its own number, else the workspace's. */
export async function weeklyLimit(ctx: Context, group: GroupId): Promise<number> {
  return (await findGroup(ctx.tx, ctx.workspace, group))?.weeklyMessages ?? ctx.settings.weeklyMessages;
}

/** `null` as the workspace says. */
export async function setWeeklyLimit(ctx: Context, limit: number | null): Promise<number> {
  managerOf(ctx);
  if (limit !== null && (!Number.isInteger(limit) || limit < 1 || limit > mostWeekly)) {
    throw new BotError('invalid', `上限是每周1到${mostWeekly}条，如“/digest 上限 3”。一条都不要发“/digest 关”。`);
  }
  await setGroupWeeklyMessages(ctx.tx, ctx.workspace, ctx.group, limit);
  return weeklyLimit(ctx, ctx.group);
}

/** Replies, confirmations and what a person has sent (提示, 调度) are no burden of the bot's making. */
export async function burdenOf(ctx: Context, group: GroupId): Promise<Burden> {
  const limit = await weeklyLimit(ctx, group);
  const schedules = (await listSchedulesOfGroup(ctx.tx, ctx.workspace, group)).filter(({ kind }) =>
    goesIntoGroup(kind),
  );
  const byId = new Map(schedules.map((schedule) => [schedule.id, schedule]));
  const since = new Date(ctx.now.getTime() - waitsForMs);
  const slots = await listSlotsSince(ctx.tx, ctx.workspace, [...byId.keys()], since);
  const monday = momentOf(startOfWeek(ctx.today), '00:00', ctx.timeZone);
  const midnight = momentOf(ctx.today, '00:00', ctx.timeZone);
  const preparedFrom = (from: Date) => slots.filter(({ preparedAt }) => preparedAt !== null && preparedAt >= from);
  return {
    sent: preparedFrom(monday).length,
    today: preparedFrom(midnight),
    limit,
    waiting: slots
      .filter(({ state, deliveryKey }) => state === 'merged' && deliveryKey === null)
      .flatMap((row) => {
        const schedule = byId.get(row.scheduleId);
        const rule = scheduleRule.safeParse(schedule?.rule);
        return schedule && rule.success ? [{ schedule, rule: rule.data, row }] : [];
      })
      .reverse(),
  };
}
