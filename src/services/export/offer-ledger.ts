import type { FileContent } from '../../chat/message.js';
import { fileName } from '../../domain/file-name.js';
import { listWorks, unitName } from '../../domain/ledger.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import { findNewestUpdate } from '../../store/updates.js';
import type { Context } from '../context.js';
import { tasksInView } from '../task/tasks-in-view.js';

/** A 台账 that can be made: of what, and what it will hold. */
export interface OfferedLedger {
  content: FileContent;
  /** 县住建局督办台账 2023-09-25.xlsx */
  name: string;
  works: number;
  rows: number;
}

/** The ledger of the group's current plans, of one unit or one plan where the person names it, as it stands now. */
export async function offerLedger(
  ctx: Context,
  filter: { unit?: UnitId | undefined; plan?: string | undefined },
): Promise<OfferedLedger> {
  const { ledger, now, today } = ctx;
  const { tasks, unit, name } = tasksInView(ctx, filter);
  if (tasks.length === 0) throw new BotError('not-found', `${name || '台账里'}没有任务，没有导出。`);
  const plans = ctx.plans
    .filter((plan) => filter.plan === undefined || plan.prefix === filter.plan)
    .map(({ prefix, year }) => ({ prefix, year }));
  const title = `${unit === null ? '' : unitName(ledger, unit)}督办台账`;
  const named = filter.plan === undefined ? title : `${title}（${filter.plan}）`;
  const update = (await findNewestUpdate(ctx.tx, ctx.workspace))?.sequence ?? 0;
  return {
    content: {
      kind: 'ledger',
      plans,
      unit,
      asOf: { moment: now.toISOString(), update, ledgerVersion: ledger.version },
    },
    name: fileName(`${named} ${today}`, 'xlsx'),
    works: listWorks(ledger, tasks).length,
    rows: tasks.length,
  };
}
