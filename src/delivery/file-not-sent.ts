import { type Reply, reply } from '../chat/message.js';
import type { WorkspaceId } from '../domain/workspace.js';
import { enqueueDelivery, type TakenDelivery } from '../store/deliveries.js';
import type { Tx } from '../store/queries.js';

const usefulMs = 3_600_000;

/** Whoever was promised a file that does not come is told so, once, in the same chat; whether there is something to tell. */
export async function tellFileNotSent(
  tx: Tx,
  workspace: WorkspaceId,
  { key, groupId, personId, target, reply: owed }: TakenDelivery,
  why: string,
  now: Date,
): Promise<boolean> {
  const said = owed as Reply;
  if (said.kind !== 'file') return false;
  return enqueueDelivery(tx, workspace, {
    key: `not sent ${key}`,
    groupId,
    personId,
    kind: 'notice',
    target: target && { ...target, route: null },
    reply: reply.text(
      `《${said.name}》没有发出：${why}。`,
      `请过几分钟再要一次；还不行就请管理员在服务器上运行 duban ${said.content.kind === 'ledger' ? 'export' : 'evidence'}。`,
    ),
    notBefore: now,
    usefulUntil: new Date(now.getTime() + usefulMs),
    createdAt: now,
  });
}
