import type { UnitId } from '../../domain/unit.js';
import { listLiaisonsOf } from '../../store/people.js';
import type { Context } from '../context.js';
import { type Telling, tellPeople } from './tell.js';

/** Tells the liaisons of these units one to one. Returns the units that have none. */
export async function tellUnits(
  ctx: Context,
  units: Iterable<UnitId>,
  telling: (unit: UnitId) => Telling | Promise<Telling>,
): Promise<UnitId[]> {
  const named = [...new Set(units)];
  const liaisons = named.length > 0 ? await listLiaisonsOf(ctx.tx, ctx.workspace, named) : [];
  for (const unit of named) {
    const people = liaisons.filter(({ id, unitId }) => unitId === unit && id !== ctx.actor.person);
    await tellPeople(
      ctx,
      people.map(({ id }) => id),
      await telling(unit),
    );
  }
  return named.filter((unit) => !liaisons.some(({ unitId }) => unitId === unit));
}
