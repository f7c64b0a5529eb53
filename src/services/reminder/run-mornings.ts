import type { Reply } from '../../chat/message.js';
import { currentPlans } from '../../domain/current-plans.js';
import { wholeOf } from '../../domain/ledger.js';
import { addDays, dayName, type LocalDate, momentOf, wallClock } from '../../domain/local-date.js';
import type { PersonId } from '../../domain/person.js';
import { type Mornings, remindersByUnit } from '../../domain/reminder.js';
import { goesIntoGroup } from '../../domain/schedule.js';
import type { Slot } from '../../domain/slot.js';
import { closeOfDay, inWorkingHours } from '../../domain/working-hours.js';
import { enqueueDelivery } from '../../store/deliveries.js';
import { findGroup, type GroupRow } from '../../store/groups.js';
import type { Tx } from '../../store/queries.js';
import type { RoundRow } from '../../store/rounds.js';
import { claimSlot, finishSlot } from '../../store/schedules.js';
import { listWorkspaces, type WorkspaceRow } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { taskNotice } from '../notice/task-notice.js';
import { peopleWith } from '../notice/tell.js';
import { hearersOf } from '../person/hearers-of.js';
import { readAskedExtensions } from '../request/waiting-requests.js';
import { type MorningPart, roundReminders, roundsToRemind } from '../round/run-rounds.js';
import { type Scheduling, scheduleContext } from '../schedule/schedule-context.js';
import { type DueSlots, punctualMs } from '../schedule/slot-watch.js';
import { taskButtons } from '../task/task-buttons.js';
import { tasksToRemind } from '../task/tasks-in-view.js';
import { readWorklist } from '../worklist/read-worklist.js';
import { worklistCounts } from '../worklist/worklist-counts.js';
import { reminderLines } from './write-reminder.js';

/** Older mornings are not made up for. */
const morningsMadeUp = 10;

/**
 * What single people are told on a working morning, one message for each: what their unit owes soon, what a round that ends
 * today still asks, and once a week how much waits for a supervisor. Mornings on which nobody ran the program are made up
 * for by the next one. Each schedule's slot is claimed in the transaction that writes the messages.
 */
export async function runMornings(deps: Scheduling, now: Date): Promise<void> {
  if (!inWorkingHours(now, deps.timeZone)) return;
  const { date: today } = wallClock(now, deps.timeZone);
  for (const workspace of await listWorkspaces(deps.store.read)) {
    const found = await deps.slots.due(deps, workspace.id, (kind) => !goesIntoGroup(kind), now);
    // Before this morning's own moment the ones that were missed wait for it.
    const due = found.filter(({ schedule, slots }) => schedule.kind !== 'reminder' || slots.at(-1)?.day === today);
    const rounds = await roundsToRemind(deps, workspace.id, now);
    if (due.length === 0 && rounds.length === 0) continue;
    await deps.store.transaction((tx) => tellMorning(deps, tx, workspace, due, rounds, now));
  }
}

async function tellMorning(
  deps: Scheduling,
  tx: Tx,
  workspace: WorkspaceRow,
  due: DueSlots[],
  rounds: RoundRow[],
  now: Date,
): Promise<void> {
  const { date: today } = wallClock(now, deps.timeZone);
  const claimed: { group: GroupRow; after: LocalDate }[] = [];
  const lists: GroupRow[] = [];
  for (const { schedule, slots } of due) {
    const group = await findGroup(tx, workspace.id, schedule.groupId);
    const [first] = slots.slice(-morningsMadeUp);
    const taken = await claimMornings(tx, workspace, schedule.id, slots, now);
    if (!taken || !group) continue;
    if (schedule.kind === 'worklist') lists.push(group);
    else if (first) claimed.push({ group, after: addDays(first.day, -1) });
  }
  const said = new Map<PersonId, MorningPart[]>();
  const add = (parts: ReadonlyMap<PersonId, MorningPart>) => {
    for (const [person, part] of parts) said.set(person, [...(said.get(person) ?? []), part]);
  };
  const [first] = claimed;
  if (first) {
    const ctx = await contextOfGroups(
      deps,
      tx,
      workspace,
      claimed.map(({ group }) => group),
      now,
    );
    const after = claimed.map((one) => one.after).reduce((a, b) => (a < b ? a : b));
    add(await dueReminders(ctx, { after, today }));
  }
  let place = first?.group ?? lists[0] ?? null;
  for (const round of rounds) {
    const group = await findGroup(tx, workspace.id, round.groupId);
    if (!group) continue;
    place ??= group;
    add(await roundReminders(await scheduleContext(deps, tx, workspace, group, now), round));
  }
  if (lists.length > 0) add(await worklists(await contextOfGroups(deps, tx, workspace, lists, now)));
  if (!place) return;
  const ctx = await scheduleContext(deps, tx, workspace, place, now);
  // Each of these is claimed once, so no two messages of a morning have one name.
  const what = [first?.group.id, lists[0]?.id, ...rounds.map(({ number }) => number)].map((one) => one ?? '').join(' ');
  for (const [person, parts] of said) {
    await enqueueDelivery(tx, workspace.id, {
      key: `morning ${today} ${person} ${what}`,
      groupId: place.id,
      personId: person,
      kind: 'reminder',
      target: null,
      reply: await written(ctx, parts),
      notBefore: now,
      // It speaks of today.
      usefulUntil: momentOf(today, closeOfDay, deps.timeZone),
      createdAt: now,
    });
  }
}

/** With what the reader may press, where it is about one task alone. */
async function written(ctx: Context, parts: MorningPart[]): Promise<Reply> {
  const lines = parts.flatMap((part) => part.lines);
  const [title = '', ...others] = lines;
  const works = new Set(parts.flatMap((part) => part.works.map((work) => wholeOf(ctx.ledger, work))));
  const [only] = works;
  const unit = parts.find((part) => part.unit !== null)?.unit ?? null;
  const aboutOne = only && works.size === 1 && parts.every((part) => part.unit !== null);
  return taskNotice(title, others, aboutOne ? await taskButtons(ctx, only, unit) : []);
}

/** Whether the last of the slots is ours: those before it, which were missed, are said by it. */
async function claimMornings(
  tx: Tx,
  { id }: WorkspaceRow,
  scheduleId: string,
  slots: Slot[],
  now: Date,
): Promise<boolean> {
  let taken = false;
  const last = slots.at(-1);
  for (const [index, slot] of slots.entries()) {
    const key = { scheduleId, slot: slot.name };
    if (!(await claimSlot(tx, id, { ...key, plannedFor: slot.at }))) continue;
    const outcome = { coversUntil: slot.day, preparedAt: null, deliveryKey: null };
    if (slot.merged) {
      const why = '上一期因假期顺延，两期合为一期';
      await finishSlot(tx, id, key, { ...outcome, state: 'merged', why });
    } else if (slot === last) {
      taken = true;
      const late = now.getTime() - slot.at.getTime() > punctualMs;
      await finishSlot(tx, id, key, { ...outcome, state: late ? 'late' : 'sent', preparedAt: now, why: null });
    } else if (index >= slots.length - morningsMadeUp) {
      const why = `停机，并入${dayName(last?.day ?? slot.day, slot.day)}早上的提醒`;
      await finishSlot(tx, id, key, { ...outcome, state: 'merged', why });
    } else {
      await finishSlot(tx, id, key, { ...outcome, state: 'missed', why: '停机超过补发期限' });
    }
  }
  return taken;
}

/** All groups at once, so that whoever is in several gets one message: what is current in any of them. */
async function contextOfGroups(
  deps: Scheduling,
  tx: Tx,
  workspace: WorkspaceRow,
  groups: GroupRow[],
  now: Date,
): Promise<Context> {
  const [first] = groups;
  if (!first) throw new RangeError('no group');
  const ctx = await scheduleContext(deps, tx, workspace, first, now);
  const plans = new Set(groups.flatMap((group) => currentPlans(ctx.ledger.plans, group.plans, ctx.today)));
  return { ...ctx, plans: [...plans] };
}

/** How much waits for each supervisor, in one line. */
async function worklists(ctx: Context): Promise<Map<PersonId, MorningPart>> {
  const said = new Map<PersonId, MorningPart>();
  for (const { id, name, unitId, roles, scope } of await peopleWith(ctx, 'supervisor')) {
    const actor = { person: id, name, unit: unitId, roles, scope };
    const counts = worklistCounts(await readWorklist({ ...ctx, actor }));
    if (counts !== '') said.set(id, { lines: [`等你处理：${counts}。看明细发“我的”。`], unit: null, works: [] });
  }
  return said;
}

/** For each liaison what they have not muted. */
async function dueReminders(ctx: Context, mornings: Mornings): Promise<Map<PersonId, MorningPart>> {
  const { ledger, startOn, today } = ctx;
  const tasks = tasksToRemind(ctx, {});
  const book = await readDutyBook(ctx, tasks, await readAskedExtensions(ctx));
  const said = new Map<PersonId, MorningPart>();
  for (const [unit, reminders] of remindersByUnit({ ledger, tasks, book, startOn, ...mornings })) {
    for (const { person, hears } of await hearersOf(ctx, unit)) {
      const heard = reminders
        .map((one) => ({ ...one, limits: one.limits.filter(({ task }) => hears(wholeOf(ledger, task))) }))
        .filter(({ limits }) => limits.length > 0);
      if (heard.length === 0) continue;
      const works = heard.flatMap(({ limits }) => limits.map(({ task }) => task));
      said.set(person, { lines: reminderLines(ledger, heard, today), unit, works });
    }
  }
  return said;
}
