import { dutyStatusNames } from '../domain/duty.js';
import { codeOf, unitName } from '../domain/ledger.js';
import { dayName, wallClock } from '../domain/local-date.js';
import { onOneLine } from '../domain/note.js';
import { milestoneCode } from '../domain/task.js';
import { type UpdateKind, updateKindNames } from '../domain/update-chain.js';
import { shorten } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import type { HistoryEntry } from '../services/update/list-history.js';

/** 9月25日09:20 县住建局（县住建局联络员）气-5.1报办结：…（未报→已报办结） */
export function updateLine(ctx: Context, { update, personName }: HistoryEntry): string {
  const { date, time } = wallClock(update.at, ctx.timeZone);
  const unit = update.unitId === null ? '' : unitName(ctx.ledger, update.unitId);
  const [change] = update.changes;
  const code = codeOf(ctx.ledger, update.year, change?.task ?? update.task);
  const about = change && change.milestone > 1 ? milestoneCode(code, change.milestone) : code;
  const kind = updateKindNames[update.kind as UpdateKind];
  const percent = update.percent === null ? '' : `${update.percent}%`;
  const status =
    change && change.before !== change.after
      ? `（${dutyStatusNames[change.before]}→${dutyStatusNames[change.after]}）`
      : '';
  const note = update.note === '' ? '' : `：${shorten(onOneLine(update.note), 80)}`;
  return `${dayName(date, ctx.today)}${time.slice(0, 5)} ${unit}（${personName}）${about} ${kind}${percent}${note}${status}`;
}
