import { momentOf, startOfWeek } from '../../domain/local-date.js';
import { goesIntoGroup } from '../../domain/schedule.js';
import { scheduleRule } from '../../domain/slot.js';
import type { GroupId } from '../../domain/workspace.js';
import { listSchedulesOfGroup, listSlotsSince, type SlotRow } from '../../store/schedules.js';
import type { Context } from '../context.js';
import type { Waiting } from './prepare-slot.js';

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

/** Replies, confirmations and what a person has sent (提示, 调度) are no burden of the bot's making. */
export async function burdenOf(ctx: Context, group: GroupId): Promise<Burden> {
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
    limit: ctx.settings.weeklyMessages,
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
