import type { Logger } from 'pino';

import { type PlatformName, reply } from '../chat/message.js';
import type { Notice } from '../platforms/adapter.js';
import { enqueueDelivery } from '../store/deliveries.js';
import { listGroups, restoreGroup } from '../store/groups.js';
import { findWorkspaceOfChat } from '../store/places.js';
import type { Store } from '../store/store.js';
import { tellAdministrators, tellLostTarget } from './lost-target.js';

const greetingUsefulMs = 3_600_000;

/** The bot came to a bound group, was taken out of it, or may hear no more this month. */
export async function hearNotice(
  { store, log }: { store: Store; log: Logger },
  platform: PlatformName,
  notice: Notice,
  now: Date,
): Promise<void> {
  const { account, chatId, kind } = notice;
  log.info({ platform, kind, chatId }, 'notice of a platform');
  const workspace = await findWorkspaceOfChat(store.read, { platform, account, chatId });
  if (workspace === null) return;
  await store.transaction(async (tx) => {
    const groups = await listGroups(tx, workspace);
    const group = groups.find((one) => one.platform === platform && one.account === account && one.chatId === chatId);
    if (!group) return;
    switch (kind) {
      case 'bot-removed':
        return tellLostTarget(tx, workspace, group, '机器人被移出了群', now);
      case 'bot-added': {
        await restoreGroup(tx, workspace, group.id, { name: notice.chatName ?? group.name, plans: group.plans });
        await enqueueDelivery(tx, workspace, {
          key: `hello ${group.id} ${now.getTime()}`,
          groupId: group.id,
          personId: null,
          kind: 'notice',
          // It answers whoever let the bot in, at any hour.
          target: { platform, account, chatId, userId: null, route: null },
          reply: reply.text('督办助手又在群里了。发“/help”看能问什么。'),
          notBefore: now,
          usefulUntil: new Date(now.getTime() + greetingUsefulMs),
          createdAt: now,
        });
        return;
      }
      case 'over-quota': {
        const said = reply.text(
          `${group.name}所在平台本月的调用次数用完了，收不到群里的消息。请管理员到平台后台加量。`,
        );
        return tellAdministrators(
          tx,
          workspace,
          group.id,
          `quota ${platform} ${now.toISOString().slice(0, 10)}`,
          said,
          now,
        );
      }
    }
  });
}
