import { addDays, type LocalDate, momentOf, startOfWeek, wallClock } from '../../domain/local-date.js';
import { goesIntoGroup, kindOfSchedule, type ScheduleKind } from '../../domain/schedule.js';
import { listGroupPosts } from '../../store/deliveries.js';
import { listSchedulesOfGroup, listSlotsSince, type SlotRow } from '../../store/schedules.js';
import type { Context } from '../context.js';
import { type DigestFate, fateOf } from './group-digest.js';

export interface PastSlot {
  kind: ScheduleKind;
  row: SlotRow;
  fate: DigestFate | null;
}

const historyMs = 92 * 86_400_000;

export interface SlotHistory {
  /** Newest first. */
  slots: PastSlot[];
  more: number;
  /** How many of those that go one to one came to what, by kind. */
  personal: Map<ScheduleKind, Map<SlotRow['state'], number>>;
}

/** What became of the group's slots of three months. */
export async function pastSlots(ctx: Context, most: number): Promise<SlotHistory> {
  const schedules = await listSchedulesOfGroup(ctx.tx, ctx.workspace, ctx.group);
  const kinds = new Map(schedules.map(({ id, kind }) => [id, kindOfSchedule(kind)]));
  const rows = await listSlotsSince(ctx.tx, ctx.workspace, [...kinds.keys()], new Date(ctx.now.getTime() - historyMs));
  const kindOf = ({ scheduleId }: SlotRow): ScheduleKind => kinds.get(scheduleId) ?? 'digest';
  const posted = rows.filter((row) => goesIntoGroup(kindOf(row)));
  const slots: PastSlot[] = [];
  for (const row of posted.slice(0, most)) {
    const fate = row.state === 'sent' || row.state === 'late' ? await fateOf(ctx, row) : null;
    slots.push({ kind: kindOf(row), row, fate });
  }
  const personal: SlotHistory['personal'] = new Map();
  for (const row of rows.filter((one) => !goesIntoGroup(kindOf(one)))) {
    const counts = personal.get(kindOf(row)) ?? new Map<SlotRow['state'], number>();
    personal.set(kindOf(row), counts.set(row.state, (counts.get(row.state) ?? 0) + 1));
  }
  return { slots, more: posted.length - slots.length, personal };
}

/** What a group heard in one week that answered nobody. */
export interface WeekBurden {
  week: LocalDate;
  /** Of the bot's own accord, by kind. */
  own: Map<ScheduleKind, number>;
  /** Of those one did not arrive, as far as is known. */
  unsent: number;
  /** 提示, 调度 and notices that a person caused. */
  asked: number;
}

/** This week and those before it, newest first. */
export async function burdenByWeek(ctx: Context, weeks: number): Promise<WeekBurden[]> {
  const first = addDays(startOfWeek(ctx.today), -7 * (weeks - 1));
  const posts = await listGroupPosts(ctx.tx, ctx.workspace, ctx.group, momentOf(first, '00:00', ctx.timeZone));
  const found = new Map<LocalDate, WeekBurden>();
  for (let week = startOfWeek(ctx.today); week >= first; week = addDays(week, -7)) {
    found.set(week, { week, own: new Map(), unsent: 0, asked: 0 });
  }
  for (const { kind, state, createdAt } of posts) {
    const burden = found.get(startOfWeek(wallClock(createdAt, ctx.timeZone).date));
    if (!burden) continue;
    if (state === 'refused' || state === 'expired') burden.unsent += 1;
    else if (goesIntoGroup(kind)) burden.own.set(kind, (burden.own.get(kind) ?? 0) + 1);
    else burden.asked += 1;
  }
  return [...found.values()];
}
