import type { Mention, Reply } from '../../chat/message.js';
import { composeDigest } from '../../domain/digest.js';
import { codeOf } from '../../domain/ledger.js';
import { addDays, type DateRange, type LocalDate, momentOf, startOfWeek } from '../../domain/local-date.js';
import type { TaskKey } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { listPeople } from '../../store/people.js';
import { listUpdatesBetween } from '../../store/updates.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { tasksInView } from '../task/tasks-in-view.js';
import { writeDigest } from './write-digest.js';

/** What is particular to one slot: which days it speaks for, and why it comes when it does. */
export interface DigestSlot {
  covers: DateRange;
  movedFrom: LocalDate | null;
  late: boolean;
  merges: LocalDate | null;
}

export async function prepareDigest(ctx: Context, slot: DigestSlot): Promise<Reply> {
  const view = tasksInView(ctx, {});
  const book = await readDutyBook(ctx, view.year);
  const { ledger, today, startOn } = ctx;
  const content = composeDigest({ ledger, tasks: view.tasks, book, today, startOn, covers: slot.covers });
  const lastWeek = addDays(startOfWeek(slot.covers.from), -7);
  const updates = await listUpdatesBetween(ctx.tx, ctx.workspace, momentOf(lastWeek, '00:00', ctx.timeZone), ctx.now);
  const reached = (status: string) => [
    ...new Set(
      updates.flatMap((update) =>
        update.changes.some((change) => change.before !== status && change.after === status) ? [update.task] : [],
      ),
    ),
  ];
  const liaisons = await liaisonsByUnit(ctx);
  return writeDigest(content, {
    ...slot,
    ledger,
    reported: reached('reported')
      .filter((task) => stillReported(task, updates))
      .map((task) => codeOf(ledger, view.year, task)),
    closed: reached('closed').map((task) => codeOf(ledger, view.year, task)),
    liaisonsOf: (unit) => liaisons.get(unit) ?? [],
  });
}

/** An undone report is no report. */
function stillReported(
  task: TaskKey,
  updates: { task: TaskKey; kind: string; sequence: number; undoes: number | null }[],
): boolean {
  const undone = new Set(updates.map((update) => update.undoes));
  return updates.some((update) => update.task === task && update.kind === 'done' && !undone.has(update.sequence));
}

async function liaisonsByUnit(ctx: Context): Promise<Map<UnitId, Mention[]>> {
  const people = await listPeople(ctx.tx, ctx.workspace);
  const byUnit = new Map<UnitId, Mention[]>();
  for (const { id, name, unitId, roles, active } of people) {
    if (unitId === null || !active || !roles.includes('liaison')) continue;
    byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), { person: id, name }]);
  }
  return byUnit;
}
