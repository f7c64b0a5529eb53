import { taskOfKey } from '../../domain/ledger.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import type { Context } from '../context.js';
import { openRoundsStanding } from './rounds.js';

export interface OwedInRound {
  round: { number: number; name: string };
  /** Empty when the unit has given everything. */
  tasks: Task[];
}

/** What each open round still asks of the unit, the newest first; none where no round asks it. */
export async function owedInRounds(ctx: Context, unit: UnitId): Promise<OwedInRound[]> {
  const open = (await openRoundsStanding(ctx)).filter(({ round }) => round.owed.some((owed) => owed.unit === unit));
  return open.toReversed().map(({ round, left }) => ({
    round,
    tasks: left
      .filter((owed) => owed.unit === unit)
      .flatMap(({ tasks }) => tasks.flatMap(({ year, key }) => taskOfKey(ctx.ledger, year, key) ?? [])),
  }));
}
