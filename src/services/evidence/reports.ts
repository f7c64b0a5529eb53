import { taskOfKey, workOf } from '../../domain/ledger.js';
import { reportsFor } from '../../domain/person.js';
import { mayDo } from '../../domain/rights.js';
import type { Task } from '../../domain/task.js';
import { recorderRole, type UpdateKind } from '../../domain/update-chain.js';
import {
  listTakenBack,
  listUpdates,
  listUpdatesOfMessage,
  listUpdatesOfPerson,
  type UpdateRow,
} from '../../store/updates.js';
import type { Context } from '../context.js';

/** What stands for itself and may have evidence; the others are about another row. */
const without: ReadonlySet<UpdateKind> = new Set(['undo', 'attach', 'amend', 'carry', 'set', 'assign', 'instruct']);
const lookedThrough = 200;

/** Whether the speaker may attach something to it: it is their own, or their unit's. */
export function mayAttachTo(ctx: Context, { personId, unitId, role }: UpdateRow): boolean {
  if (personId === ctx.actor.person) return true;
  if (role === recorderRole && mayDo(ctx.actor, 'record')) return true;
  return unitId !== null && reportsFor(ctx.actor) === unitId;
}

/** What a message of this platform has reported and that still stands. */
export async function reportsOfMessage(ctx: Context, messageId: string): Promise<UpdateRow[]> {
  const { platform } = ctx.message;
  return standing(ctx, await listUpdatesOfMessage(ctx.tx, ctx.workspace, { platform, messageId }));
}

/** What the speaker has reported since then and that still stands, newest first. */
export async function reportsSince(ctx: Context, since: Date): Promise<UpdateRow[]> {
  const { person } = ctx.actor;
  if (person === null) return [];
  return standing(ctx, await listUpdatesOfPerson(ctx.tx, ctx.workspace, person, since));
}

/** The last on this piece of work to which the speaker may attach something. */
export async function lastReportOn(ctx: Context, task: Task): Promise<UpdateRow | null> {
  const work = workOf(ctx.ledger, task);
  const keys = task === work.task ? [task.key, ...work.parts.map(({ key }) => key)] : [task.key, work.task.key];
  const updates = await listUpdates(ctx.tx, ctx.workspace, task.year, keys, lookedThrough);
  const own = (await standing(ctx, updates)).filter((update) => mayAttachTo(ctx, update));
  return own.find((update) => update.task === task.key) ?? own[0] ?? null;
}

async function standing(ctx: Context, updates: UpdateRow[]): Promise<UpdateRow[]> {
  const some = updates.filter(
    ({ kind, year, task }) => !without.has(kind) && taskOfKey(ctx.ledger, year, task) !== undefined,
  );
  const sequences = some.map(({ sequence }) => sequence);
  const undone = new Set((await listTakenBack(ctx.tx, ctx.workspace, sequences)).map(({ undoes }) => undoes));
  return some.filter(({ sequence }) => !undone.has(sequence));
}
