import type { Reply } from '../../chat/message.js';
import type { Actor } from '../../domain/person.js';
import { groupId } from '../../domain/workspace.js';
import { BotError } from '../../errors.js';
import { listGroups } from '../../store/groups.js';
import { listPeople } from '../../store/people.js';
import type { Tx } from '../../store/queries.js';
import { withoutWriting } from '../../store/read-only.js';
import { listWorkspaces } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import { LedgerCache } from '../ledger/ledger-cache.js';
import { oneToOneChat } from '../roster/roster-cache.js';
import { type Scheduling, scheduleContext } from '../schedule/schedule-context.js';
import type { Answer } from './answer-message.js';

/** What is asked at the server, where no platform says who asks. */
export interface Question {
  text: string;
  /** Whose eyes it is seen with, by the roster's name; `null` is anybody. */
  user: string | null;
  private: boolean;
}

export const readsOnly = () =>
  new BotError('forbidden', 'duban ask 只看不写，没有记录。报送和设置请在工作群或单聊里发。');

class TakenBack extends Error {
  constructor(readonly answer: Answer) {
    super('what was asked is taken back');
  }
}

/** Answers from the ledger as it stands. Nothing is written, and the transaction comes to nothing whatever ran in it. */
export async function askLedger(
  deps: Scheduling,
  question: Question,
  now: Date,
  converse: (ctx: Context, text: string) => Promise<Answer>,
): Promise<Reply[]> {
  try {
    await deps.store.transaction(async (tx) => {
      const ctx = await contextFor(
        { ...deps, ledgers: new LedgerCache() },
        withoutWriting(tx, readsOnly),
        question,
        now,
      );
      throw new TakenBack(await converse(ctx, question.text));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.answer.replies;
    throw error;
  }
  return [];
}

async function contextFor(deps: Scheduling, tx: Tx, question: Question, now: Date): Promise<Context> {
  const [workspace, ...others] = await listWorkspaces(tx);
  if (!workspace) throw new BotError('not-found', '台账还是空的。请先运行 npm start，让它读入 data/。');
  if (others.length > 0) throw new BotError('invalid', '台账里有几个工作空间，命令行还不能选。请在群里问。');
  const groups = await listGroups(tx, workspace.id);
  const shell = { platform: 'command-line', account: '', chatId: 'command-line' };
  const none = { id: groupId.parse('command-line'), plans: null, ...shell };
  const group = { ...(groups.find(({ chatId }) => chatId !== oneToOneChat) ?? none), ...shell, plans: null };
  const actor = await actorOf(tx, workspace.id, question.user);
  const ctx = await scheduleContext(deps, tx, workspace, group, now);
  return { ...ctx, actor, chat: { id: shell.chatId, private: question.private } };
}

async function actorOf(tx: Tx, workspace: Context['workspace'], user: string | null): Promise<Actor> {
  if (user === null) return { person: null, name: '成员', unit: null, roles: [], scope: null };
  const [person, ...others] = (await listPeople(tx, workspace)).filter(({ active, name }) => active && name === user);
  if (!person) throw new BotError('not-found', `名单里没有“${user}”这个人。`);
  if (others.length > 0) throw new BotError('conflict', `名单里有${others.length + 1}个“${user}”，命令行分不清。`);
  const { id, name, unitId: unit, roles, scope } = person;
  return { person: id, name, unit, roles, scope };
}
