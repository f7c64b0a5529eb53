import { type Reply, reply } from '../chat/message.js';
import type { GroupId, WorkspaceId } from '../domain/workspace.js';
import { enqueueDelivery } from '../store/deliveries.js';
import { type GroupRow, markGroupLost } from '../store/groups.js';
import { listPeople } from '../store/people.js';
import type { Tx } from '../store/queries.js';

const usefulMs = 3 * 86_400_000;

/** Marks a group to which nothing can be sent any more and tells every administrator one to one, once. */
export async function tellLostTarget(
  tx: Tx,
  workspace: WorkspaceId,
  group: GroupRow,
  why: string,
  now: Date,
): Promise<void> {
  if (!(await markGroupLost(tx, workspace, group.id, { lostAt: now, lostWhy: why }))) return;
  const said = reply.text(
    `群“${group.name}”发不出消息了：${why}。`,
    '请看机器人是否还在群里；处理好后单独发“/bind”取码，再到群里@我发，或运行 duban doctor。',
  );
  await tellAdministrators(tx, workspace, group.id, `lost ${group.id} ${now.getTime()}`, said, now);
}

/** One to one, each once for the same key. */
export async function tellAdministrators(
  tx: Tx,
  workspace: WorkspaceId,
  group: GroupId,
  key: string,
  said: Reply,
  now: Date,
): Promise<void> {
  const people = (await listPeople(tx, workspace)).filter(
    ({ active, roles }) => active && roles.includes('administrator'),
  );
  for (const person of people) {
    await enqueueDelivery(tx, workspace, {
      key: `${key} ${person.id}`,
      groupId: group,
      personId: person.id,
      kind: 'notice',
      target: null,
      reply: said,
      notBefore: now,
      usefulUntil: new Date(now.getTime() + usefulMs),
      createdAt: now,
    });
  }
}
