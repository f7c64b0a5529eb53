import { unitName } from '../../domain/ledger.js';
import type { PersonId } from '../../domain/person.js';
import type { Unit, UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import { insertRosterChanges } from '../../store/roster-changes.js';
import { addUnitAlias, updateUnit } from '../../store/units.js';
import { lockWorkspace } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import { unitFinder } from '../import/match-units.js';
import { requireRight } from '../person/require-right.js';

const wellFormed = /^[\p{Script=Han}A-Za-z0-9（）()·、-]{2,40}$/u;

/** Refuses a name that is none, or another unit's. */
export function refuseTakenName({ ledger }: Context, unit: UnitId, name: string): void {
  if (!wellFormed.test(name))
    throw new BotError('invalid', '单位名称写2到40个字，如：/unit 县工科局 改名 县工业和信息化局');
  const found = unitFinder(ledger)(name);
  if (found === null || found === unit) return;
  throw new BotError(
    'conflict',
    `“${name}”已经是${unitName(ledger, found)}的名称或别名。两家合并发“/unit 单位 并入 单位”。`,
  );
}

/** The unit as it is in the ledger. Throws for one that is no more. */
export function liveUnit({ ledger }: Context, id: UnitId): Unit {
  const unit = ledger.units.get(id);
  if (unit && unit.mergedInto === null) return unit;
  throw new BotError('not-found', '台账里没有这个单位。请写全称，如：/unit 县工科局 改名 县工业和信息化局');
}

/** 改名: the old name stays as an alias, and in the lines that were written before. */
export async function renameUnit(ctx: Context, id: UnitId, name: string): Promise<void> {
  const by = requireRight(ctx, 'unit');
  const unit = liveUnit(ctx, id);
  refuseTakenName(ctx, id, name);
  if (unit.name === name) throw new BotError('conflict', `台账里已经写作“${name}”。`);
  await lockWorkspace(ctx.tx, ctx.workspace);
  await updateUnit(ctx.tx, ctx.workspace, id, { name });
  await addUnitAlias(ctx.tx, ctx.workspace, { alias: unit.name, unitId: id });
  await noteUnit(ctx, by, id, { before: { name: unit.name }, after: { name }, words: '改名' });
}

/** 别名: one more word by which people call it. */
export async function addAlias(ctx: Context, id: UnitId, alias: string): Promise<void> {
  const by = requireRight(ctx, 'unit');
  const unit = liveUnit(ctx, id);
  refuseTakenName(ctx, id, alias);
  if (unit.name === alias || unit.aliases.includes(alias)) {
    throw new BotError('conflict', `“${alias}”已经是${unit.name}的名称或别名。`);
  }
  await addUnitAlias(ctx.tx, ctx.workspace, { alias, unitId: id });
  await noteUnit(ctx, by, id, { before: null, after: { alias }, words: '别名' });
}

export async function noteUnit(
  ctx: Context,
  changedBy: PersonId,
  subject: UnitId,
  change: { before: unknown; after: unknown; words: string },
): Promise<void> {
  const { tx, workspace, now: at } = ctx;
  await insertRosterChanges(tx, workspace, [{ at, changedBy, subject, kind: 'unit', ...change }]);
}
