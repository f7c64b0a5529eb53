import type { DutyStatus } from '../../domain/duty.js';
import { codeOf, taskOfKey } from '../../domain/ledger.js';
import type { Task } from '../../domain/task.js';
import { BotError } from '../../errors.js';
import { listDuties } from '../../store/duties.js';
import { lastUpdateOfPerson, listUpdatesOfMessage, type UpdateRow } from '../../store/updates.js';
import type { Context } from '../context.js';
import { lockWork, recordUpdate } from '../update/record-update.js';

const undoWithinMs = 24 * 3_600_000;

export interface Undone {
  task: Task;
  update: UpdateRow;
}

/** Takes back everything that the speaker's last report recorded, within 24 hours and before review. */
export async function undoReport(ctx: Context): Promise<Undone[]> {
  const { person } = ctx.actor;
  const last = person && (await lastUpdateOfPerson(ctx.tx, ctx.workspace, person));
  if (!last || !person) throw new BotError('not-found', '没有找到你报送过的内容，没有可撤销的。');
  if (last.kind === 'undo') throw new BotError('conflict', '你最近一次报送已经撤销了，没有别的可撤销。');
  if (ctx.now.getTime() - last.at.getTime() > undoWithinMs) {
    const code = codeOf(ctx.ledger, last.year, last.task);
    throw new BotError(
      'conflict',
      `你最近一次报送（${code}）已超过24小时，不能撤销。情况有变发“/progress ${code} 情况”。`,
    );
  }
  const updates = await listUpdatesOfMessage(ctx.tx, ctx.workspace, last.platform, last.messageId, person);
  const undone: Undone[] = [];
  for (const update of updates.filter(({ kind }) => kind !== 'undo').reverse()) undone.push(await undoOne(ctx, update));
  return undone.reverse();
}

async function undoOne(ctx: Context, update: UpdateRow): Promise<Undone> {
  const task = taskOfKey(ctx.ledger, update.year, update.task);
  if (!task) throw new BotError('not-found', `任务 ${update.task} 已不在台账里，不能撤销。`);
  await lockWork(ctx, task);
  await refuseWhenMovedOn(ctx, update);
  await recordUpdate(ctx, {
    task,
    person: update.personId,
    unit: update.unitId,
    role: update.role,
    kind: 'undo',
    note: '',
    percent: null,
    changes: update.changes.map((change) => ({ ...change, before: change.after, after: change.before })),
    undoes: update.sequence,
  });
  return { task, update };
}

/** Somebody, for instance the review, has changed the status since. */
async function refuseWhenMovedOn(ctx: Context, update: UpdateRow): Promise<void> {
  const tasks = [...new Set(update.changes.map((change) => change.task))];
  if (tasks.length === 0) return;
  const duties = await listDuties(ctx.tx, ctx.workspace, update.year, tasks);
  for (const change of update.changes) {
    const duty = duties.find(
      (row) =>
        row.task === change.task &&
        row.milestone === change.milestone &&
        row.occurrence === change.occurrence &&
        row.unitId === change.unit,
    );
    const now: DutyStatus = duty?.status ?? 'unreported';
    if (duty && (duty.sequence !== update.sequence || now !== change.after)) {
      const code = codeOf(ctx.ledger, update.year, update.task);
      throw new BotError('conflict', `${code}在你报送之后又有变动，不能撤销。发“/history ${code}”看经过。`);
    }
  }
}
