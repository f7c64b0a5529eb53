import { randomUUID } from 'node:crypto';

import { hasPassingId, type IncomingMessage, type Reply, reply } from '../../chat/message.js';
import { personId, roleApart } from '../../domain/person.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { type BindCodeRow, findOpenBindCode, useBindCode } from '../../store/bind-codes.js';
import { listGroups, restoreGroup } from '../../store/groups.js';
import { listAllAccounts, listPeople } from '../../store/people.js';
import type { Tx } from '../../store/queries.js';
import { passingIdWhy } from '../person/passing-account.js';
import { changePerson, enterPeople } from '../person/write-roster.js';
import { codeIn, hashOf } from './bind-codes.js';
import { insertBoundGroup } from './insert-bound-group.js';

/** `done` when the chat belongs to a workspace from now on. */
export interface Binding {
  done: boolean;
  reply: Reply;
}

/**
 * What a one-time code does in a chat: a group is bound to the plans of the administrator who made it; one to one, the code
 * from the server's command line makes its sender the first administrator. `null` when the message holds no code. A chat that
 * belongs to a workspace takes only the codes of that one, `within`.
 */
export async function bindChat(
  tx: Tx,
  message: IncomingMessage,
  now: Date,
  within: WorkspaceId | null = null,
): Promise<Binding | null> {
  const code = codeIn(message.text);
  if (code === null) return null;
  const open = await findOpenBindCode(tx, hashOf(code), now);
  const row = within === null || open?.workspace === within ? open : null;
  const needed = message.chat.private ? 'administrator' : 'group';
  if (row?.purpose !== needed) {
    const where = row === null ? '绑定码不对、用过了或已过期' : placeFor(row);
    return refused(`${where}。请管理员重新取一个绑定码。`);
  }
  if (row.purpose === 'administrator' && hasPassingId({ platform: message.platform, userId: message.sender })) {
    return refused(`你的${passingIdWhy}。绑定码没有用掉。`);
  }
  const used = { usedAt: now, usedBy: `${message.platform} ${message.sender}` };
  if (!(await useBindCode(tx, row.workspace, row.hash, used))) {
    return refused('这个绑定码刚刚用过了。请管理员重新取一个。');
  }
  const said = row.purpose === 'group' ? bindGroup(tx, row, message, now) : makeAdministrator(tx, row, message, now);
  return { done: true, reply: await said };
}

const refused = (text: string): Binding => ({ done: false, reply: reply.refusal(text) });

const placeFor = ({ purpose }: BindCodeRow) =>
  purpose === 'group' ? '这个绑定码要在工作群里用' : '这个绑定码要单独发给机器人';

async function bindGroup(tx: Tx, { workspace, plans, createdBy }: BindCodeRow, message: IncomingMessage, now: Date) {
  const { platform, account, chat } = message;
  const name = chat.name ?? '工作群';
  const groups = await listGroups(tx, workspace);
  const known = groups.find((one) => one.platform === platform && one.account === account && one.chatId === chat.id);
  if (known) {
    await restoreGroup(tx, workspace, known.id, { name: chat.name ?? known.name, plans: plans ?? known.plans });
    return reply.text('本群已重新绑定。发“/help”看能问什么。');
  }
  const group = { platform, account, chatId: chat.id, name, plans, webhook: null };
  await insertBoundGroup(tx, workspace, group, { changedBy: createdBy, now });
  const which = plans === null ? '全部计划' : `计划：${plans.join('、')}`;
  return reply.text(`本群已绑定${which}。每周一9:00发周报，发“/digest 关”可以关。`, '发“/help”看能问什么。');
}

async function makeAdministrator(
  tx: Tx,
  { workspace, createdBy: by }: BindCodeRow,
  message: IncomingMessage,
  now: Date,
): Promise<Reply> {
  const { platform, sender } = message;
  const writer = { tx, workspace, now, by };
  const words = '用管理员码登记';
  const accounts = await listAllAccounts(tx, workspace);
  const account = accounts.find((one) => one.platform === platform && one.userId === sender);
  const person = account && (await listPeople(tx, workspace)).find(({ id }) => id === account.personId);
  if (person) {
    const apart = roleApart('administrator', person.roles);
    const kept = person.active ? person.roles.filter((role) => role !== apart) : [];
    const roles = [...new Set([...kept, 'administrator' as const])];
    await changePerson(writer, person, { roles, active: true, leftAt: null }, words);
  } else {
    const name = message.senderName ?? `管理员 ${sender}`;
    const nothing = { unitId: null, scope: null, active: true, leftAt: null };
    const administrator = { id: personId.parse(randomUUID()), name, roles: ['administrator' as const], ...nothing };
    await enterPeople(writer, [{ person: administrator, accounts: [{ platform, userId: sender }] }], words);
  }
  return reply.text('你现在是管理员。', '要绑定工作群，先在这里发“/bind”取绑定码，再到群里发。发“/help”看能做什么。');
}
