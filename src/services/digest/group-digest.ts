import type { Reply } from '../../chat/message.js';
import { addDays, momentOf, startOfWeek } from '../../domain/local-date.js';
import { holds } from '../../domain/person.js';
import { nextSlot, type ScheduleRule, type Slot, scheduleRule, slotsBetween } from '../../domain/slot.js';
import { isWorkingTime } from '../../domain/working-hours.js';
import { BotError } from '../../errors.js';
import { findDelivery } from '../../store/deliveries.js';
import {
  listSchedulesOfGroup,
  listSlots,
  type ScheduleRow,
  type SlotRow,
  setScheduleActive,
  setScheduleRule,
} from '../../store/schedules.js';
import type { Context } from '../context.js';
import { prepareDigest } from './prepare-digest.js';

export interface GroupDigest {
  schedule: ScheduleRow;
  rule: ScheduleRule;
  /** `null` while it is off. */
  next: Slot | null;
  /** What became of this week's digest; `null` before its time. */
  thisWeek: DigestFate | null;
}

/** `unknown`: it may have arrived, and is not sent again. */
export type DigestFate = 'sent' | 'waiting' | 'unknown' | 'unsent';

const slotsRemembered = 10;

/** This group's digest: when it comes, and whether it is on. */
export async function groupDigest(ctx: Context): Promise<GroupDigest> {
  const schedules = await listSchedulesOfGroup(ctx.tx, ctx.workspace, ctx.group);
  const schedule = schedules.find((one) => one.kind === 'digest');
  if (!schedule) throw new BotError('not-found', '这个群没有周报。请管理员重新绑定这个群。');
  const rule = scheduleRule.parse(schedule.rule);
  const slots = await listSlots(ctx.tx, ctx.workspace, schedule.id, slotsRemembered);
  const next = schedule.active ? nextSlot(rule, ctx.now, ctx.timeZone, new Set(slots.map(({ slot }) => slot))) : null;
  const ofWeek = slots.find(({ slot }) => slot === startOfWeek(ctx.today));
  return { schedule, rule, next, thisWeek: ofWeek ? await fateOf(ctx, ofWeek) : null };
}

async function fateOf(ctx: Context, { state, deliveryKey }: SlotRow): Promise<DigestFate | null> {
  if (deliveryKey === null) return state === 'missed' ? 'unsent' : null;
  const delivery = await findDelivery(ctx.tx, ctx.workspace, deliveryKey);
  switch (delivery?.state) {
    case 'sent':
    case 'unknown':
      return delivery.state;
    case 'pending':
      return 'waiting';
    default:
      return 'unsent';
  }
}

/** Exactly what the digest would say if it came now. */
export async function previewDigest(ctx: Context): Promise<Reply> {
  const { rule } = await groupDigest(ctx);
  const from = startOfWeek(ctx.today);
  const monday = momentOf(from, '00:00', ctx.timeZone);
  const [slot] = slotsBetween(rule, monday, momentOf(addDays(from, 7), '00:00', ctx.timeZone), ctx.timeZone);
  const week = { covers: { from, to: addDays(from, 6) }, lately: { from: addDays(from, -7), to: addDays(from, -1) } };
  const { covers, lately } = slot && !slot.merged ? slot : week;
  return prepareDigest(ctx, { covers, lately, movedFrom: null, late: false, merges: null });
}

export async function switchDigest(ctx: Context, active: boolean): Promise<GroupDigest> {
  const changedBy = managerOf(ctx);
  const { schedule, rule } = await groupDigest(ctx);
  const since = ctx.now.toISOString();
  if (active) await setScheduleRule(ctx.tx, ctx.workspace, schedule.id, { rule: { ...rule, since }, changedBy });
  await setScheduleActive(ctx.tx, ctx.workspace, schedule.id, { active, changedBy });
  return groupDigest(ctx);
}

type DayOf<Rule> = Rule extends { kind: 'weekly' | 'workday' | 'monthly' } ? Omit<Rule, 'time' | 'since'> : never;

/** On which days and when; what is not given stays as it is. */
export interface DigestTime {
  on?: DayOf<ScheduleRule>;
  time?: string;
}

export async function changeDigestTime(ctx: Context, change: DigestTime): Promise<GroupDigest> {
  const changedBy = managerOf(ctx);
  refuseQuietTime(change);
  const { schedule, rule } = await groupDigest(ctx);
  const changed = changedRule(rule, change, ctx.now);
  await setScheduleRule(ctx.tx, ctx.workspace, schedule.id, { rule: changed, changedBy });
  return groupDigest(ctx);
}

export function changedRule(rule: ScheduleRule, { on, time = rule.time }: DigestTime, now: Date): ScheduleRule {
  return scheduleRule.parse({ ...(on ?? rule), time, since: now.toISOString() });
}

export function refuseQuietTime({ time }: DigestTime): void {
  if (time === undefined || isWorkingTime(time)) return;
  throw new BotError(
    'invalid',
    `${time}不发周报：午间（12:00—14:30）和下班后（18:00—次日8:30）不打扰。请换一个时间，如“/digest 周一 9:00”。`,
  );
}

/** Supervisors and administrators set the digest. */
export function managerOf(ctx: Context): string {
  if (ctx.actor.person === null || !holds(ctx.actor, 'supervisor', 'administrator')) {
    throw new BotError('forbidden', '周报由督查室或管理员设置。发“/digest”看什么时候发，发“/digest 预览”看内容。');
  }
  return ctx.actor.person;
}
