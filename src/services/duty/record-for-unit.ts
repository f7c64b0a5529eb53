import { reply } from '../../chat/message.js';
import { membersOf, partsOf, rolesIn, unitName } from '../../domain/ledger.js';
import { onOneLine } from '../../domain/note.js';
import { holds } from '../../domain/person.js';
import { hasInCharge, rights } from '../../domain/rights.js';
import { type Task, taskName } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { type UpdateKind, updateKindNames } from '../../domain/update-chain.js';
import { shorten } from '../../domain/wording.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { tellUnits } from '../notice/tell-units.js';
import { requireRight } from '../person/require-right.js';
import { getCurrentTask, refuseClosedPlan, type TaskRef } from '../task/get-task.js';
import { whoMayReport } from './record-report.js';
import { type Report, type Reporter, type ReportOutcome, takeReport } from './take-report.js';

const noteShown = 300;

/** Enters for a unit what came by phone or paper, and tells its liaison. Throws a refusal that names who may. */
export async function recordForUnit(
  ctx: Context,
  unit: UnitId,
  ref: TaskRef,
  report: Report,
): Promise<{ outcome: ReportOutcome; withoutLiaison: boolean }> {
  const task = getCurrentTask(ctx, ref);
  const by = refuseUnlessRecords(ctx, task, unit, report.kind);
  if (report.details.source === undefined) {
    throw new BotError('invalid', `请写是怎么来的：电话、纸质、来文、会议、当面。`);
  }
  const outcome = await takeReport(ctx, task, ref, by, report);
  if (!('sequence' in outcome)) return { outcome, withoutLiaison: false };
  const { sequence } = outcome;
  const without = await tellUnits(ctx, [unit], () => ({
    key: `record ${sequence} ${unit}`,
    kind: 'record',
    said: recordedNotice(ctx, task, unit, report),
  }));
  return { outcome, withoutLiaison: without.length > 0 };
}

function recordedNotice(ctx: Context, task: Task, unit: UnitId, { kind, note, percent, details }: Report) {
  const number = percent === null ? '' : `${percent}%`;
  return reply.text(
    `${ctx.actor.name}代录（${details.source}）：${taskName(task)}，${unitName(ctx.ledger, unit)}${updateKindNames[kind]}${number}：${shorten(onOneLine(note), noteShown)}`,
    `和实际有出入的，发“/progress ${task.code} 情况”说明，或请${ctx.actor.name}更正。`,
  );
}

/** A supervisor enters anything for any unit that the task names; a coordinator how far it is, of what it has in charge. */
export function refuseUnlessRecords(ctx: Context, task: Task, unit: UnitId, kind: UpdateKind): Reporter {
  refuseClosedPlan(ctx, task);
  const person = requireRight(ctx, 'record');
  if (!holds(ctx.actor, 'supervisor')) {
    if (!hasInCharge(ctx.actor, ctx.ledger, task)) {
      throw new BotError('forbidden', `${task.code}不在你调度的范围，${rights.record.who}。`);
    }
    if (kind === 'done') {
      throw new BotError(
        'forbidden',
        `调度单位只代录进展，办结由${unitName(ctx.ledger, unit)}联络员报或督查室代录。记进展发“/record ${unitName(ctx.ledger, unit)} ${task.code} 进展 情况”。`,
      );
    }
  }
  const [member, ...others] = membersOf(ctx.ledger, unit);
  if (member !== unit || others.length > 0) {
    throw new BotError('invalid', `“${unitName(ctx.ledger, unit)}”是一组单位，请写具体单位的名称。`);
  }
  const rows = [task, ...partsOf(ctx.ledger, task)];
  if (!rows.some((row) => rolesIn(ctx.ledger, row, unit).length > 0)) {
    throw new BotError('invalid', `${whoMayReport(ctx.ledger, task)}，没有写${unitName(ctx.ledger, unit)}，没有记。`);
  }
  return { person, unit, recorder: true };
}
