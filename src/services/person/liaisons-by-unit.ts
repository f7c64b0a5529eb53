import type { Mention } from '../../chat/message.js';
import type { UnitId } from '../../domain/unit.js';
import { listPeople } from '../../store/people.js';
import type { Context } from '../context.js';

/** Whom to mention for each unit. */
export async function liaisonsByUnit(ctx: Context): Promise<Map<UnitId, Mention[]>> {
  const people = await listPeople(ctx.tx, ctx.workspace);
  const byUnit = new Map<UnitId, Mention[]>();
  for (const { id, name, unitId, roles, active } of people) {
    if (unitId === null || !active || !roles.includes('liaison')) continue;
    byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), { person: id, name }]);
  }
  return byUnit;
}
