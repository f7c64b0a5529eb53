import { type Ledger, partsOf, rolesIn, unitName, unitNames } from '../../domain/ledger.js';
import { actorRoleNames, holds, reportsFor, rolesApart } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { getCurrentTask, refuseClosedPlan, type TaskRef } from '../task/get-task.js';
import { type Report, type Reporter, type ReportOutcome, takeReport } from './take-report.js';

/** Records what the speaker's unit reports on a task. Throws a refusal that names who may. */
export async function recordReport(ctx: Context, ref: TaskRef, report: Report): Promise<ReportOutcome> {
  const task = getCurrentTask(ctx, ref);
  return takeReport(ctx, task, ref, refuseUnlessReports(ctx, task), report);
}

/** Only a liaison reports, and only for a unit that the task names. */
export function refuseUnlessReports(ctx: Context, task: Task): Reporter {
  refuseClosedPlan(ctx, task);
  const unit = reportsFor(ctx.actor);
  const who = whoMayReport(ctx.ledger, task);
  const { person } = ctx.actor;
  if (person === null || unit === null) {
    throw new BotError('forbidden', `报送由责任单位的联络员来报。${who}。${insteadOf(ctx, task)}`);
  }
  const rows = [task, ...partsOf(ctx.ledger, task)];
  if (!rows.some((row) => rolesIn(ctx.ledger, row, unit).length > 0)) {
    throw new BotError('forbidden', `${who}，${unitName(ctx.ledger, unit)}不能代报。发“/mine”看本单位任务。`);
  }
  return { person, unit, recorder: false };
}

/** What somebody who does not report can do about it. */
function insteadOf(ctx: Context, task: Task): string {
  if (holds(ctx.actor, 'supervisor', 'coordinator'))
    return `电话、纸质报来的，发“/record 单位 ${task.code} 情况”代录。`;
  const apart = rolesApart.find((role) => holds(ctx.actor, role));
  if (apart) return `${actorRoleNames[apart]}不报送。`;
  return '要当联络员，发“/join 单位名”。';
}

export function whoMayReport(ledger: Ledger, task: Task): string {
  const leads = task.responsibility.filter((entry) => entry.role === 'lead').map((entry) => entry.unit);
  if (leads.length > 0) return `${task.code}牵头是${unitNames(ledger, new Set(leads))}`;
  const implementers = task.responsibility.filter((entry) => entry.role === 'implement' && !entry.inherited);
  return `${task.code}没有写牵头，责任单位是${unitNames(ledger, new Set(implementers.map((entry) => entry.unit)))}`;
}
