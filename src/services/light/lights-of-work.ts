import { decidingParties, type Extension, heirOf, partsOf, planOf, wholeOf, workOf } from '../../domain/ledger.js';
import { byWorst, type Judged, type LightFacts, lightOf } from '../../domain/light.js';
import { dutyKeyOf, extensionOf, isFor, type Limit, limitsOpenTo } from '../../domain/limit.js';
import { addDays, type LocalDate, wallClock } from '../../domain/local-date.js';
import { holdsLight } from '../../domain/pending.js';
import type { RulePack } from '../../domain/rule-pack.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { UpdateKind } from '../../domain/update-chain.js';
import { findPerson } from '../../store/people.js';
import { listRoundsSince, type RoundRow } from '../../store/rounds.js';
import { listUpdates, type UpdateRow } from '../../store/updates.js';
import { listUrgingsSince, type UrgingRow } from '../../store/urgings.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { readAskedExtensions } from '../request/waiting-requests.js';
import { stillStanding } from '../update/still-standing.js';
import { packFor } from './pack-for.js';

/** The light of one duty, and what it follows from. */
export interface DutyLight extends Judged {
  limit: Limit;
  unit: UnitId;
  /** Under whose agreement the day moved. */
  extension: { extension: Extension; agreedBy: string } | null;
}

export interface WorkLights {
  pack: RulePack;
  /** Worst first; the task shows the first. */
  duties: DutyLight[];
}

const reportKinds: readonly UpdateKind[] = ['done', 'progress', 'block', 'no-change'];
const updatesRead = 1000;
const lookBackDays = 366;

/** The lights of a task and its annex rows, or of one row; derived from what was received, never stored. */
export async function lightsOfWork(ctx: Context, task: Task): Promise<WorkLights> {
  const { ledger, today, startOn } = ctx;
  const rows = [task, ...partsOf(ledger, task)];
  const work = workOf(ledger, task);
  const keys = [work.task, ...work.parts].map((row) => row.key);
  const book = await readDutyBook(ctx, rows, await readAskedExtensions(ctx));
  const since = addDays(today, -lookBackDays);
  const received = new Received(ctx, {
    updates: stillStanding(await listUpdates(ctx.tx, ctx.workspace, task.year, keys, updatesRead)),
    rounds: await listRoundsSince(ctx.tx, ctx.workspace, since),
    urgings: await listUrgingsSince(ctx.tx, ctx.workspace, since),
  });
  const pack = packFor(ctx, planOf(ledger, task)?.kind ?? 'document');
  const duties: DutyLight[] = [];
  for (const row of rows) {
    const units = decidingParties(ledger, row).flatMap((party) => party.members);
    for (const limit of limitsOpenTo(ledger, row, today, startOn)) {
      for (const unit of units.filter((one) => isFor(limit, one))) {
        const key = dutyKeyOf(limit, unit);
        const facts = {
          ...received.factsOf(limit, unit, book.stateOf(key)),
          extensionWaits: holdsLight(book, key),
        };
        const judged = lightOf(pack, facts, { today, startOn });
        duties.push({ ...judged, limit, unit, extension: await agreement(ctx, limit, unit) });
      }
    }
  }
  return { pack, duties: duties.sort(byWorst) };
}

async function agreement(ctx: Context, limit: Limit, unit: UnitId): Promise<DutyLight['extension']> {
  const extension = extensionOf(ctx.ledger, limit, unit);
  if (!extension) return null;
  const name = extension.agreedBy ?? (await findPerson(ctx.tx, ctx.workspace, extension.decidedBy))?.name ?? '';
  return { extension, agreedBy: name };
}

interface Rows {
  /** Newest first. */
  updates: UpdateRow[];
  rounds: RoundRow[];
  urgings: UrgingRow[];
}

/** What was received on one piece of work, asked duty by duty. */
class Received {
  readonly #ctx: Context;
  readonly #rows: Rows;

  constructor(ctx: Context, rows: Rows) {
    this.#ctx = ctx;
    this.#rows = rows;
  }

  factsOf(limit: Limit, unit: UnitId, state: LightFacts['state']): Omit<LightFacts, 'extensionWaits'> {
    const report = this.#lastReport(limit.task, unit);
    return {
      state,
      due: limit.due,
      from: limit.period?.from ?? limit.milestone?.from ?? null,
      lastReportOn: report ? this.#dayOf(report.at) : null,
      assignedOn: this.#assignedOn(limit.task),
      missedRound: this.#missedRound(limit.task, unit),
      urgedTimes: this.#urgedTimes(limit.task, unit, report?.at ?? null),
    };
  }

  /** What was said by or to a unit that has been merged since is its heir's. */
  #is(then: UnitId | null, unit: UnitId): boolean {
    return then !== null && heirOf(this.#ctx.ledger, then) === unit;
  }

  /** A report on a task counts for its annex rows, one on a row for that row. */
  #lastReport(task: Task, unit: UnitId): UpdateRow | undefined {
    const whole = wholeOf(this.#ctx.ledger, task);
    return this.#rows.updates.find(
      (update) =>
        reportKinds.includes(update.kind) &&
        (update.task === task.key || update.task === whole.key) &&
        (this.#is(update.unitId, unit) || update.changes.some((change) => this.#is(change.unit, unit))),
    );
  }

  #reportedSince(from: Date, row: Task, unit: UnitId): boolean {
    const report = this.#lastReport(row, unit);
    return report !== undefined && report.at >= from;
  }

  /** A round asks for the whole work: a report on one of its annex rows answers it. */
  #missedRound(task: Task, unit: UnitId): LocalDate | null {
    const { ledger, today } = this.#ctx;
    const whole = wholeOf(ledger, task);
    const round = this.#rows.rounds.find(
      ({ lastDay, owed }) =>
        lastDay < today &&
        owed.some(
          (one) =>
            this.#is(one.unit, unit) && one.tasks.some((key) => key.year === whole.year && key.key === whole.key),
        ),
    );
    if (!round) return null;
    const isAnswered = partsOf(ledger, whole).some((row) => this.#reportedSince(round.countsFrom, row, unit));
    return isAnswered || this.#reportedSince(round.countsFrom, whole, unit) ? null : round.lastDay;
  }

  #urgedTimes(task: Task, unit: UnitId, since: Date | null): number {
    const whole = wholeOf(this.#ctx.ledger, task);
    const concerns = ({ tasks }: UrgingRow) =>
      tasks.some((one) => one.year === task.year && (one.key === task.key || one.key === whole.key));
    return this.#rows.urgings.filter(
      (urging) => this.#is(urging.unitId, unit) && concerns(urging) && (since === null || urging.sentAt > since),
    ).length;
  }

  #assignedOn(task: Task): LocalDate | null {
    const assigned = this.#rows.updates.find((update) => update.kind === 'assign' && update.task === task.key);
    return assigned ? this.#dayOf(assigned.at) : null;
  }

  #dayOf(at: Date): LocalDate {
    return wallClock(at, this.#ctx.timeZone).date;
  }
}
