import { type DutyBook, type DutyKey, type DutyState, dutyStatusNames } from '../../domain/duty.js';
import { decidingParties, membersOf, partsOf, rolesIn, unitName, type Work } from '../../domain/ledger.js';
import { dutyKeyOf, isFor, type Limit, limitName, limitsOpenTo } from '../../domain/limit.js';
import { partyNames } from '../../domain/party-names.js';
import { reportChoices } from '../../domain/report-choice.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { DutyChange } from '../../domain/update-chain.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import type { TaskRef } from '../task/get-task.js';

/** What one unit owes on one limit, and where that stands. */
export interface NamedDuty {
  limit: Limit;
  unit: UnitId;
  key: DutyKey;
  state: DutyState;
}

/**
 * The duties that a code means: a task's with those of its annex rows, or one limit's with what goes with it. Those of every
 * unit that decides, or of the unit that is named beside the code.
 */
export function dutiesNamed(ctx: Context, task: Task, ref: TaskRef, unit: UnitId | null, book: DutyBook): NamedDuty[] {
  const { ledger, today, startOn } = ctx;
  const deciding = unitsOf(ctx, [task, ...partsOf(ledger, task)]);
  const units = unit === null ? deciding : membersOf(ledger, unit).filter((member) => deciding.includes(member));
  if (unit !== null && units.length === 0) throw notOfTask(ctx, task, unit, deciding);
  return units.flatMap((one) =>
    reportChoices(ledger, task, ref.milestone, one, today, startOn, book)
      .all.flatMap(({ limits }) => limits)
      .filter(({ period }) => ref.occurrence === undefined || period?.name === ref.occurrence)
      .map((limit) => dutyOf(limit, one, book)),
  );
}

/** All that is owed on a piece of work, row by row. */
export function dutiesOfWork(ctx: Context, work: Work, book: DutyBook): NamedDuty[] {
  const { ledger, today, startOn } = ctx;
  return [work.task, ...work.parts].flatMap((row) =>
    limitsOpenTo(ledger, row, today, startOn).flatMap((limit) =>
      unitsOf(ctx, [row])
        .filter((unit) => isFor(limit, unit))
        .map((unit) => dutyOf(limit, unit, book)),
    ),
  );
}

export function unitsOf({ ledger }: Context, rows: Task[]): UnitId[] {
  return [...new Set(rows.flatMap((row) => decidingParties(ledger, row).flatMap((party) => party.members)))];
}

function dutyOf(limit: Limit, unit: UnitId, book: DutyBook): NamedDuty {
  const key = dutyKeyOf(limit, unit);
  return { limit, unit, key, state: book.stateOf(key) };
}

export function changeTo({ key, state }: NamedDuty, after: DutyState): DutyChange {
  return { ...key, before: state, after };
}

/** 县住建局正在推进，县水利局未报; with the limits where they differ. */
export function whereTheyStand({ ledger }: Context, task: Task, duties: NamedDuty[]): string {
  const byStatus = [...Map.groupBy(duties, ({ state }) => state.status)];
  const oneUnit = new Set(duties.map(({ unit }) => unit)).size === 1;
  const oneLimit = new Set(duties.map(({ limit }) => limitName(ledger, limit))).size === 1;
  return byStatus
    .map(([status, some]) => {
      const units = new Set(some.map(({ unit }) => unit));
      const limits = new Set(some.map(({ limit }) => limitName(ledger, limit)));
      const which = byStatus.length === 1 || oneLimit ? '' : [...limits].join('、');
      const who = oneUnit && which !== '' ? '' : partyNames(ledger, task, units);
      return `${who}${which === '' || who === '' ? which : `（${which}）`}${dutyStatusNames[status]}`;
    })
    .join('，');
}

function notOfTask({ ledger }: Context, task: Task, unit: UnitId, deciding: UnitId[]): BotError {
  const name = unitName(ledger, unit);
  const supports = rolesIn(ledger, task, unit).length > 0;
  const why = supports ? `${name}是配合单位，它的报告不决定状态` : `责任单位里没有${name}`;
  return new BotError(
    'invalid',
    `${task.code}由${partyNames(ledger, task, deciding)}报，${why}。不写单位就是全部责任单位。`,
  );
}
