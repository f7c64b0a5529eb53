import { hasPassingId } from '../../chat/message.js';
import type { Person } from '../../domain/person.js';
import { BotError } from '../../errors.js';
import { listAccounts } from '../../store/people.js';
import type { RosterWriter } from './write-roster.js';

export const passingIdWhy =
  '钉钉账号没有员工号（组织外的人，或应用还没有发布），应用发布后这个编号作废。请在应用发布后由组织内的人重新发“/join 单位名”';

/** A role given to an id that will mean nobody is lost without a word. */
export async function refusePassingAccount({ tx, workspace }: RosterWriter, person: Person): Promise<void> {
  const accounts = await listAccounts(tx, workspace, person.id);
  if (accounts.length === 0 || accounts.some((account) => !hasPassingId(account))) return;
  throw new BotError('forbidden', `${person.name}的${passingIdWhy}，再授予角色。`);
}
