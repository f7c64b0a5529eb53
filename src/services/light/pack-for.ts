import type { PlanKind } from '../../domain/plan.js';
import type { RulePack } from '../../domain/rule-pack.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';

/** The rules of this kind of work: those that the workspace chose, else the first that are made for it. */
export function packFor(ctx: Context, kind: PlanKind): RulePack {
  const chosen = ctx.settings.packs[kind];
  const pack = chosen === undefined ? [...ctx.packs.values()].find((one) => one.for === kind) : ctx.packs.get(chosen);
  if (pack) return pack;
  throw new BotError('not-found', `没有找到规则包“${chosen ?? kind}”。请管理员看数据文件夹里的 rules。`);
}
