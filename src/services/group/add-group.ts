import type { PlatformName } from '../../chat/message.js';
import type { GroupId } from '../../domain/workspace.js';
import { BotError } from '../../errors.js';
import { listGroups, restoreGroup, setGroupWebhook } from '../../store/groups.js';
import type { Context } from '../context.js';
import { insertBoundGroup } from './insert-bound-group.js';

export interface GroupToAdd {
  platform: PlatformName;
  account: string;
  chatId: string;
  name: string | null;
  /** A credential: from the command line, never from a chat. */
  webhook: string | null;
  /** Prefixes; `null` for all plans. What is not given stays as it is, and is all plans for a new group. */
  plans?: string[] | null | undefined;
}

/** Binds a group by the platform's id of it, or changes what it is bound to. */
export async function addGroup(ctx: Context, group: GroupToAdd): Promise<{ id: GroupId; added: boolean }> {
  const known = new Set(ctx.ledger.plans.map((plan) => plan.prefix));
  const unknown = group.plans?.find((prefix) => !known.has(prefix));
  if (unknown !== undefined) {
    throw new BotError('not-found', `没有编号前缀是“${unknown}”的计划，有：${[...known].join('、')}。`);
  }
  const { tx, workspace, now } = ctx;
  const { platform, account, chatId, webhook, plans } = group;
  const same = (await listGroups(tx, workspace)).find(
    (one) => one.platform === platform && one.account === account && one.chatId === chatId,
  );
  if (same) {
    await restoreGroup(tx, workspace, same.id, {
      name: group.name ?? same.name,
      plans: plans === undefined ? same.plans : plans,
    });
    if (webhook !== null) await setGroupWebhook(tx, workspace, same.id, webhook);
    return { id: same.id, added: false };
  }
  const name = group.name ?? '工作群';
  const by = { changedBy: ctx.actor.person ?? '', now };
  const id = await insertBoundGroup(
    tx,
    workspace,
    { platform, account, chatId, name, plans: plans ?? null, webhook },
    by,
  );
  return { id, added: true };
}
