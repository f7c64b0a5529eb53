import type { Logger } from 'pino';

import { nextMoment, type ScheduleRule, type Slot, scheduleRule, slotsBetween } from '../../domain/slot.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { listActiveSchedules, listRecordedSlots, type ScheduleRow } from '../../store/schedules.js';
import type { Store } from '../../store/store.js';

export interface DueSlots {
  schedule: ScheduleRow;
  rule: ScheduleRule;
  /** Come and not recorded, oldest first. */
  slots: Slot[];
}

/** Punctual is within the minute of the timer; later than this was a fault. */
export const punctualMs = 5 * 60_000;
/** Slots further back than this were missed with a process that nobody ran; they are not listed one by one. */
export const lookBackMs = 92 * 86_400_000;
/** More than the working days looked back on. */
export const slotsRemembered = 100;

interface Look {
  rule: string;
  at: number;
  /** Nothing comes before this moment. */
  until: number;
}

/**
 * Finds the slots that have come. It remembers until when a schedule has nothing, so that a pass over thousands asks the
 * database only about those whose moment it is; what is recorded is decided there, by the claim.
 */
export class SlotWatch {
  readonly #looks = new Map<string, Look>();

  /** Of the workspace's active schedules of these kinds. */
  async due(
    { store, timeZone, log }: { store: Store; timeZone: string; log: Logger },
    workspace: WorkspaceId,
    isWanted: (kind: string) => boolean,
    now: Date,
  ): Promise<DueSlots[]> {
    const found: DueSlots[] = [];
    for (const schedule of await listActiveSchedules(store.read, workspace)) {
      if (!isWanted(schedule.kind)) continue;
      const key = `${workspace} ${schedule.id}`;
      const text = JSON.stringify(schedule.rule);
      const look = this.#looks.get(key);
      const seen = look?.rule === text && look.at <= now.getTime() ? look : null;
      if (seen && now.getTime() < seen.until) continue;
      const rule = scheduleRule.safeParse(schedule.rule);
      if (!rule.success) {
        log.error({ schedule: schedule.id }, 'schedule has a rule that cannot be read');
        continue;
      }
      const since = new Date(Math.max(Date.parse(rule.data.since) - 1, now.getTime() - lookBackMs, seen?.at ?? 0));
      const come = slotsBetween(rule.data, since, now, timeZone);
      const names = come.map((slot) => slot.name);
      const known = await listRecordedSlots(store.read, workspace, schedule.id, names);
      const slots = come.filter((slot) => !known.has(slot.name));
      if (slots.length > 0) found.push({ schedule, rule: rule.data, slots });
      else {
        const until = nextMoment(rule.data, now, timeZone).getTime();
        this.#looks.set(key, { rule: text, at: now.getTime(), until });
      }
    }
    return found;
  }
}
