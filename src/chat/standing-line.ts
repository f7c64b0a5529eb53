import { dutyStatusNames } from '../domain/duty.js';
import { partsOf } from '../domain/ledger.js';
import { type Limit, limitName, limitsOpenTo, standingOf, wholeLimit } from '../domain/limit.js';
import type { Task } from '../domain/task.js';
import { stateOfWork } from '../domain/work-status.js';
import type { Context } from '../services/context.js';
import { readDutyBook } from '../services/duty/duty-book.js';
import { standingText } from './tally-text.js';

/** 正在推进：气-3 未报；气附-3、气附-6 已报办结（待核查）. The first word is the one that /list says. */
export async function standingLine(ctx: Context, task: Task): Promise<string> {
  const { ledger, today, startOn } = ctx;
  const parts = partsOf(ledger, task);
  const rows = [task, ...parts];
  const book = await readDutyBook(ctx, rows);
  const open = rows.flatMap((row) => limitsOpenTo(ledger, row, today, startOn));
  // A limit that has another day for some units is still one.
  const limits = new Map(open.map((limit) => [limitKey(limit), wholeLimit(limit)])).values().toArray();
  const named = limits.map((limit) => {
    const standing = standingOf(ledger, limit, book);
    return {
      name: limitName(ledger, limit),
      state: standingText(ledger, limit, standing),
    };
  });
  const states = [...new Set(named.map(({ state }) => state))];
  const status = dutyStatusNames[stateOfWork(ledger, { task, parts }, book, today, startOn).status];
  const [only] = states;
  if (only !== undefined && states.length === 1) return only.startsWith(status) ? only : `${status}，${only}`;
  const texts = states.map((state) => {
    const names = named.filter((one) => one.state === state).map(({ name }) => name);
    return `${names.join('、')} ${state}`;
  });
  return `${status}：${texts.join('；')}`;
}

const limitKey = ({ task, milestone, period }: Limit) => `${task.key}|${milestone?.number ?? 0}|${period?.name ?? ''}`;
