import { holds } from '../../domain/person.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';

/** Supervisors and administrators set the digest. */
export function managerOf(ctx: Context): string {
  if (ctx.actor.person === null || !holds(ctx.actor, 'supervisor', 'administrator')) {
    throw new BotError('forbidden', '周报由督查室或管理员设置。发“/digest”看什么时候发，发“/digest 预览”看内容。');
  }
  return ctx.actor.person;
}
