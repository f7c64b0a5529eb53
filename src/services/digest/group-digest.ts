import type { Reply } from '../../chat/message.js';
import { addDays, momentOf, startOfWeek } from '../../domain/local-date.js';
import type { Scope } from '../../domain/person.js';
import { digestName, goesIntoGroup, kindOfSchedule, type ScheduleKind, scheduleNames } from '../../domain/schedule.js';
import { nextSlot, type ScheduleRule, type Slot, scheduleRule, slotsBetween } from '../../domain/slot.js';
import { isWorkingTime } from '../../domain/working-hours.js';
import { BotError } from '../../errors.js';
import { findDelivery } from '../../store/deliveries.js';
import {
  claimSlot,
  finishSlot,
  listSchedulesOfGroup,
  listSlots,
  type ScheduleRow,
  type SlotRow,
  setScheduleActive,
  setScheduleRule,
} from '../../store/schedules.js';
import type { Context } from '../context.js';
import { lookBackMs } from '../schedule/slot-watch.js';
import { burdenOf } from './burden.js';
import { managerOf } from './manager.js';
import { prepareDigest } from './prepare-digest.js';
import { prepareSlot } from './prepare-slot.js';

export interface GroupSchedule {
  schedule: ScheduleRow;
  kind: ScheduleKind;
  rule: ScheduleRule;
  /** `null` while it is off. */
  next: Slot | null;
  /** What became of this week's; `null` before its time. */
  thisWeek: DigestFate | null;
}

/** `unknown`: it may have arrived, and is not sent again. */
export type DigestFate = 'sent' | 'waiting' | 'unknown' | 'unsent';

const slotsRemembered = 120;

/** One of the group's schedules: when it comes, and whether it is on. */
export async function groupSchedule(ctx: Context, kind: ScheduleKind): Promise<GroupSchedule> {
  const schedule = await rowOf(ctx, kind);
  const rule = scheduleRule.parse(schedule.rule);
  const slots = await listSlots(ctx.tx, ctx.workspace, schedule.id, slotsRemembered);
  const next = schedule.active ? nextSlot(rule, ctx.now, ctx.timeZone, new Set(slots.map(({ slot }) => slot))) : null;
  const ofWeek = slots.find(({ slot }) => slot === startOfWeek(ctx.today));
  return { schedule, kind, rule, next, thisWeek: ofWeek ? await fateOf(ctx, ofWeek) : null };
}

/** All of them, in the order in which people ask. */
export async function groupSchedules(ctx: Context): Promise<GroupSchedule[]> {
  const kinds = new Set(
    (await listSchedulesOfGroup(ctx.tx, ctx.workspace, ctx.group)).map(({ kind }) => kindOfSchedule(kind)),
  );
  const order = Object.keys(scheduleNames) as ScheduleKind[];
  return Promise.all(order.filter((kind) => kinds.has(kind)).map((kind) => groupSchedule(ctx, kind)));
}

async function rowOf(ctx: Context, kind: ScheduleKind): Promise<ScheduleRow> {
  const schedules = await listSchedulesOfGroup(ctx.tx, ctx.workspace, ctx.group);
  const schedule = schedules.find((one) => one.kind === kind);
  if (!schedule) throw new BotError('not-found', `这个群没有${scheduleNames[kind]}。请管理员重新绑定这个群。`);
  return schedule;
}

/** What became of a slot that was prepared; `null` where nothing was to be sent. */
export async function fateOf(
  ctx: Context,
  { state, deliveryKey }: Pick<SlotRow, 'state' | 'deliveryKey'>,
): Promise<DigestFate | null> {
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

/** Exactly what would be sent if its time were now. */
export async function previewSchedule(ctx: Context, kind: ScheduleKind): Promise<Reply> {
  if (!goesIntoGroup(kind)) throw new BotError('invalid', `${scheduleNames[kind]}一对一发给本人，群里不预览。`);
  const { rule } = await groupSchedule(ctx, kind);
  const { waiting } = await burdenOf(ctx, ctx.group);
  const slot = slotOfNow(ctx, rule);
  if (slot && !slot.merged) {
    const held = kind === 'digest' ? waiting : [];
    // Until its day has come nothing was put off.
    const moved = slot.moved && slot.day <= ctx.today;
    const said = await prepareSlot(ctx, kind, { rule, slot: { ...slot, moved }, late: false, waiting: held });
    if (said) return said;
    throw new BotError('not-found', `${scheduleNames[kind]}现在没有要说的，不会发。`);
  }
  const from = startOfWeek(ctx.today);
  return prepareDigest(ctx, {
    name: digestName(rule),
    scope: rule.scope,
    covers: { from, to: addDays(from, 6) },
    lately: { from: addDays(from, -7), to: addDays(from, -1) },
    movedFrom: null,
    late: false,
    merges: null,
    beside: [],
  });
}

/** The slot of this week or period, whether it has come or not. */
function slotOfNow(ctx: Context, rule: ScheduleRule): Slot | undefined {
  const from = rule.kind === 'weekly' ? startOfWeek(ctx.today) : ctx.today;
  const after = momentOf(from, '00:00', ctx.timeZone);
  const until = momentOf(addDays(from, rule.kind === 'weekly' ? 7 : 130), '00:00', ctx.timeZone);
  return slotsBetween(rule, after, until, ctx.timeZone)[0];
}

export async function switchSchedule(ctx: Context, kind: ScheduleKind, active: boolean): Promise<GroupSchedule> {
  const changedBy = managerOf(ctx);
  const { schedule, rule } = await groupSchedule(ctx, kind);
  if (active === schedule.active) return groupSchedule(ctx, kind);
  await endSlots(ctx, schedule, rule, '已关');
  const since = ctx.now.toISOString();
  if (active) await setScheduleRule(ctx.tx, ctx.workspace, schedule.id, { rule: { ...rule, since }, changedBy });
  await setScheduleActive(ctx.tx, ctx.workspace, schedule.id, { active, changedBy });
  return groupSchedule(ctx, kind);
}

/** What came by the rule that ends now and was not sent yet is written down: the new rule owes nothing of the time before it. */
async function endSlots(ctx: Context, schedule: ScheduleRow, rule: ScheduleRule, why: string): Promise<void> {
  if (!schedule.active) return;
  const since = new Date(Math.max(Date.parse(rule.since) - 1, ctx.now.getTime() - lookBackMs));
  for (const slot of slotsBetween(rule, since, ctx.now, ctx.timeZone)) {
    const key = { scheduleId: schedule.id, slot: slot.name };
    if (!(await claimSlot(ctx.tx, ctx.workspace, { ...key, plannedFor: slot.at }))) continue;
    const outcome = { coversUntil: slot.covers.to, preparedAt: null, deliveryKey: null, why };
    await finishSlot(ctx.tx, ctx.workspace, key, { ...outcome, state: slot.merged ? 'merged' : 'missed' });
  }
}

type DayOf<Rule> = Rule extends { kind: 'weekly' | 'workday' | 'monthly' }
  ? Omit<Rule, 'time' | 'since' | 'scope'>
  : never;

/** On which days, when, and about what; what is not given stays as it is. */
export interface ScheduleChange {
  on?: DayOf<ScheduleRule>;
  time?: string;
  /** `null` is everything. */
  scope?: Scope | null;
}

export async function changeSchedule(ctx: Context, kind: ScheduleKind, change: ScheduleChange): Promise<GroupSchedule> {
  const changedBy = managerOf(ctx);
  const { schedule, rule } = await groupSchedule(ctx, kind);
  const changed = changedRule(ctx, kind, rule, change);
  await endSlots(ctx, schedule, rule, '时间已改');
  await setScheduleRule(ctx.tx, ctx.workspace, schedule.id, { rule: changed, changedBy });
  return groupSchedule(ctx, kind);
}

/** The rule as it would be. Refuses what cannot be. */
export function changedRule(
  ctx: Context,
  kind: ScheduleKind,
  rule: ScheduleRule,
  { on, time = rule.time, scope }: ScheduleChange,
): ScheduleRule {
  refuseQuietTime(time);
  if (on && rule.kind === 'period-end') {
    throw new BotError('invalid', `${scheduleNames[kind]}的日子是定好的，只能改时间，如“/digest 月末 15:00”。`);
  }
  if (!goesIntoGroup(kind) && (on || scope)) {
    throw new BotError('invalid', `${scheduleNames[kind]}一对一发，日子和范围不改，可以开、关或改时间。`);
  }
  const { scope: before, ...plain } = rule;
  const meant = scope === undefined ? before : (scope ?? undefined);
  const when = on ? { ...on, time } : { ...plain, time };
  return scheduleRule.parse({ ...when, since: ctx.now.toISOString(), ...(meant ? { scope: meant } : {}) });
}

function refuseQuietTime(time: string): void {
  if (isWorkingTime(time)) return;
  throw new BotError(
    'invalid',
    `${time}不发周报：午间（12:00—14:30）和下班后（18:00—次日8:30）不打扰。请换一个时间，如“/digest 周一 9:00”。`,
  );
}
