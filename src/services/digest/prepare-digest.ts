import type { Reply } from '../../chat/message.js';
import { composeDigest } from '../../domain/digest.js';
import { limitsReached } from '../../domain/lately.js';
import { addDays, type DateRange, type LocalDate, momentOf } from '../../domain/local-date.js';
import type { Scope } from '../../domain/person.js';
import { listUpdatesSince, type UpdateRow } from '../../store/updates.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { liaisonsByUnit } from '../person/liaisons-by-unit.js';
import { readAskedExtensions } from '../request/waiting-requests.js';
import { scopeName, tasksInScope } from '../task/tasks-in-view.js';
import { writeDigest } from './write-digest.js';

/** What is particular to one slot: which days it speaks for, and why it comes when it does. */
export interface DigestSlot {
  name: string;
  scope: Scope | undefined;
  covers: DateRange;
  /** The days of the digest before. */
  lately: DateRange;
  movedFrom: LocalDate | null;
  late: boolean;
  merges: LocalDate | null;
  /** What is taken along of the group's other messages, each in one line. */
  beside: string[];
}

export async function prepareDigest(ctx: Context, slot: DigestSlot): Promise<Reply> {
  const tasks = tasksInScope(ctx, slot.scope);
  const book = await readDutyBook(ctx, tasks, await readAskedExtensions(ctx));
  const { ledger, today, startOn } = ctx;
  const content = composeDigest({ ledger, tasks, book, today, startOn, covers: slot.covers });
  const { from, to } = slot.lately;
  const updates = await listUpdatesSince(ctx.tx, ctx.workspace, momentOf(from, '00:00', ctx.timeZone));
  const end = momentOf(addDays(to, 1), '00:00', ctx.timeZone);
  // Nothing is reached on a task on which nothing changed.
  const changed = new Set(changesOf(updates).map(({ year, task }) => `${year} ${task}`));
  const touched = tasks.filter(({ year, key }) => changed.has(`${year} ${key}`));
  const later = updates.filter((update) => update.at >= end);
  const books = { from: book.before(changesOf(updates)), to: book.before(changesOf(later)), now: book };
  const liaisons = await liaisonsByUnit(ctx);
  return writeDigest(content, {
    ...slot,
    scope: scopeName(ctx, slot.scope),
    ...limitsReached(ledger, touched, books, today, startOn),
    ledger,
    timeZone: ctx.timeZone,
    liaisonsOf: (unit) => liaisons.get(unit) ?? [],
  });
}

const changesOf = (updates: UpdateRow[]) => updates.flatMap((update) => update.changes);
