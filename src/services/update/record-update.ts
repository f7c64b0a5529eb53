import { wholeOf } from '../../domain/ledger.js';
import type { PersonId } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { type DutyChange, sealUpdate, type UpdateDetails, type UpdateKind } from '../../domain/update-chain.js';
import { upsertDuties } from '../../store/duties.js';
import { takeBackEvidence } from '../../store/evidence.js';
import { appendUpdate, lockTask, setChainHead } from '../../store/updates.js';
import type { Context } from '../context.js';

export interface NewUpdate {
  task: Task;
  person: PersonId;
  unit: UnitId | null;
  /** In what role the unit spoke, as the document names it. */
  role: string | null;
  kind: UpdateKind;
  note: string;
  percent: number | null;
  changes: DutyChange[];
  details?: UpdateDetails;
  /** The sequence of the update that this one takes back. */
  undoes: number | null;
}

/** Nobody else reports on this piece of work until the transaction ends. Read its duties after this, not before. */
export async function lockWork(ctx: Context, task: Task): Promise<void> {
  const whole = wholeOf(ctx.ledger, task);
  await lockTask(ctx.tx, ctx.workspace, whole.year, whole.key);
}

/** Appends to the task's chain and sets the duties it changed. Lock the work first. */
export async function recordUpdate(ctx: Context, update: NewUpdate): Promise<number> {
  const { task, person, unit, role, kind, note, percent, changes, details = {}, undoes } = update;
  const head = await lockTask(ctx.tx, ctx.workspace, task.year, task.key);
  if (!head) throw new Error(`task ${task.year} ${task.key} is in memory but not in the database`);
  const sealed = {
    workspace: ctx.workspace,
    year: task.year,
    task: task.key,
    number: head.updateCount + 1,
    at: ctx.now,
    personId: person,
    unitId: unit,
    role,
    groupId: ctx.chat.private ? null : ctx.group,
    platform: ctx.message.platform,
    messageId: ctx.message.id,
    kind,
    note,
    percent,
    changes,
    details,
    undoes,
  };
  const seal = sealUpdate(sealed, head.lastHash);
  const { workspace: _, ...row } = sealed;
  const sequence = await appendUpdate(ctx.tx, ctx.workspace, { ...row, ...seal });
  await setChainHead(ctx.tx, ctx.workspace, task.year, task.key, { updateCount: sealed.number, lastHash: seal.hash });
  await upsertDuties(
    ctx.tx,
    ctx.workspace,
    changes.map((change) => ({
      year: task.year,
      task: change.task,
      milestone: change.milestone,
      occurrence: change.occurrence,
      unitId: change.unit,
      ...change.after,
      changedAt: ctx.now,
      changedBy: person,
      sequence,
    })),
  );
  // What was handed over with a report goes out of sight with it.
  if (undoes !== null) await takeBackEvidence(ctx.tx, ctx.workspace, undoes, ctx.now);
  return sequence;
}
