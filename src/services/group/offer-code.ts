import { holds } from '../../domain/person.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { makeBindCode } from './bind-codes.js';

/** A code with which the administrator binds a group: to all plans, or to some by prefix. */
export async function offerGroupCode(ctx: Context, plans: string[] | null): Promise<{ code: string; expiresAt: Date }> {
  const { person } = ctx.actor;
  if (person === null || !holds(ctx.actor, 'administrator')) {
    throw new BotError('forbidden', '工作群由管理员绑定。请管理员单独发“/bind”给我，取绑定码。');
  }
  if (!ctx.chat.private) throw new BotError('invalid', '绑定码只在单聊里给。请单独发“/bind”给我。');
  const known = new Set(ctx.ledger.plans.map((plan) => plan.prefix));
  const unknown = plans?.find((prefix) => !known.has(prefix));
  if (unknown !== undefined)
    throw new BotError('not-found', `没有编号前缀是“${unknown}”的计划，有：${[...known].join('、')}。`);
  return makeBindCode(ctx.tx, ctx.workspace, { purpose: 'group', plans, createdBy: person, now: ctx.now });
}
