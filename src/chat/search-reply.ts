import { taskName } from '../domain/task.js';
import { shorten } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import type { Found } from '../services/task/search-tasks.js';
import { answering } from './due-reply.js';
import { type Reply, reply } from './message.js';

const shown = 8;

/** The best of what was found, with the clause or the units, and how many there are. */
export function foundReply(ctx: Context, words: string, found: Found[], { withUnits }: { withUnits: boolean }): Reply {
  const about = shorten(words, 20);
  if (found.length === 0) return reply.refusal(`没有找到“${about}”。换个词试试，如“/search 秸秆”；或发“/list”看清单。`);
  const items = found
    .slice(0, shown)
    .map(({ task, clause }) => `${taskName(task)}｜${withUnits ? answering(ctx.ledger, task) : shorten(clause, 40)}`);
  const more = found.length > shown ? `还有${found.length - shown}条，再加一个词缩小范围。` : '看原文发“/task 编号”。';
  return reply.card(`“${about}”找到${found.length}条：`, {
    blocks: [
      { kind: 'items', items },
      { kind: 'note', text: more },
    ],
  });
}
