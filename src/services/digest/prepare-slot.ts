import { plainText, type Reply } from '../../chat/message.js';
import { addDays, type LocalDate, startOfWeek, wallClock } from '../../domain/local-date.js';
import { digestName, kindOfSchedule, scheduleNames } from '../../domain/schedule.js';
import type { ScheduleRule, Slot } from '../../domain/slot.js';
import type { ScheduleRow, SlotRow } from '../../store/schedules.js';
import type { Context } from '../context.js';
import { prepareDigest } from './prepare-digest.js';
import { prepareMonth, prepareQuarter } from './prepare-summary.js';

/** A slot of one of the group's other schedules whose message this one takes along. */
export interface Waiting {
  schedule: ScheduleRow;
  rule: ScheduleRule;
  row: SlotRow;
}

export interface Occasion {
  rule: ScheduleRule;
  slot: Slot;
  late: boolean;
  /** Not sent, since the group had heard enough that week. */
  waiting: Waiting[];
}

/** What a group is sent in this slot; `null` where there is nothing to say. */
export async function prepareSlot(ctx: Context, kind: string, occasion: Occasion): Promise<Reply | null> {
  const { rule, slot, late, waiting } = occasion;
  switch (kindOfSchedule(kind)) {
    case 'month-end':
      return prepareMonth(ctx, rule.scope, slot.covers);
    case 'quarter':
      return prepareQuarter(ctx, rule.scope, slot.covers);
    default: {
      const own = waiting.filter(({ schedule }) => schedule.kind === 'digest').map(({ row }) => sinceOf(ctx, row));
      const merges = rule.kind === 'weekly' && slot.covers.to > addDays(startOfWeek(slot.covers.from), 6);
      return prepareDigest(ctx, {
        name: digestName(rule),
        scope: rule.scope,
        covers: slot.covers,
        lately: { ...slot.lately, from: [slot.lately.from, ...own].reduce((a, b) => (a < b ? a : b)) },
        movedFrom: slot.moved ? slot.nominal : null,
        late,
        merges: merges ? addDays(slot.nominal, 7) : null,
        beside: await besideOf(ctx, waiting),
      });
    }
  }
}

/** The day from which that message would have told what was reported. */
function sinceOf(ctx: Context, { plannedFor }: SlotRow): LocalDate {
  return addDays(wallClock(plannedFor, ctx.timeZone).date, -1);
}

/** Each other message by the line that holds the whole of it. */
async function besideOf(ctx: Context, waiting: Waiting[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { schedule, rule, row } of waiting) {
    const kind = kindOfSchedule(schedule.kind);
    if (kind === 'digest' || row.coversUntil === null) continue;
    const covers = { from: row.coversUntil, to: row.coversUntil };
    const said =
      kind === 'quarter' ? await prepareQuarter(ctx, rule.scope, covers) : await prepareMonth(ctx, rule.scope, covers);
    const [, lead] = said ? plainText(said).split('\n') : [];
    if (lead) lines.push(`${scheduleNames[kind]}：${lead}`);
  }
  return lines;
}
