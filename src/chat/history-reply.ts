import { dutyStatusNames } from '../domain/duty.js';
import { codeOf, taskOfKey, unitName } from '../domain/ledger.js';
import { limitCode } from '../domain/limit.js';
import { dayName, wallClock } from '../domain/local-date.js';
import { onOneLine } from '../domain/note.js';
import { type UpdateKind, updateKindNames } from '../domain/update-chain.js';
import { shorten } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import type { HistoryEntry } from '../services/update/list-history.js';

type Update = HistoryEntry['update'];

/** 9月25日09:20 县住建局（县住建局联络员）气-5.1 报办结：…（未报→已报办结） */
export function updateLine(ctx: Context, { update, personName }: HistoryEntry): string {
  const { date, time } = wallClock(update.at, ctx.timeZone);
  const unit = update.unitId === null ? '' : unitName(ctx.ledger, update.unitId);
  const [change] = update.changes;
  const status =
    change && change.before.status !== change.after.status
      ? `（${dutyStatusNames[change.before.status]}→${dutyStatusNames[change.after.status]}）`
      : '';
  return `${dayName(date, ctx.today)}${time.slice(0, 5)} ${unit}（${personName}）${updateText(ctx, update, 80)}${status}`;
}

/** 气-5.1 报办结：…, with the limit where the task has several. */
export function updateText(ctx: Context, update: Update, noteLength: number): string {
  const [change] = update.changes;
  const task = change && taskOfKey(ctx.ledger, update.year, change.task);
  const code = task
    ? limitCode(ctx.ledger, task, change.milestone)
    : codeOf(ctx.ledger, update.year, change?.task ?? update.task);
  const percent = update.percent === null ? '' : `${update.percent}%`;
  const note = update.note === '' ? '' : `：${shorten(onOneLine(update.note), noteLength)}`;
  return `${code} ${kindName(update)}${percent}${note}`;
}

/** Done on standing work is the end of this time round only. */
function kindName(update: Update): string {
  const standing = update.kind === 'done' && update.changes.some((change) => change.after.status === 'in-progress');
  return standing ? '报本期完成' : updateKindNames[update.kind as UpdateKind];
}
