import { membersOf, unitName, unitNames } from '../domain/ledger.js';
import { keepNote, tellsSomething } from '../domain/note.js';
import { taskName } from '../domain/task.js';
import type { UnitId } from '../domain/unit.js';
import { dueText } from '../domain/wording.js';
import { BotError } from '../errors.js';
import type { Assigned, Assignment } from '../services/assignment/assign-task.js';
import type { Context } from '../services/context.js';
import { taskNotice } from '../services/notice/task-notice.js';
import { tellUnits } from '../services/notice/tell-units.js';
import { taskButtons } from '../services/task/task-buttons.js';
import type { TypedRange } from './arguments.js';
import { type Reply, reply } from './message.js';

export function assignmentFrom(args: {
  units: UnitId[];
  range?: TypedRange | undefined;
  words?: string | undefined;
}): Assignment {
  const { units, range, words = '' } = args;
  if (!tellsSomething(words))
    throw new BotError('incomplete', '请写交办什么，如：/assign 县水利局 10月15日 报送汛期值守情况');
  return { units, due: range?.kind === 'range' ? range.range.to : null, words: keepNote(words) };
}

/** Says what was assigned, and tells the units' liaisons one to one. */
export async function assignedReply(ctx: Context, { task, due, dueByRule }: Assigned): Promise<Reply> {
  const [lead, ...others] = task.responsibility.map(({ unit }) => unit);
  const who = lead ? unitName(ctx.ledger, lead) : '';
  const support = others.length > 0 ? `，${unitNames(ctx.ledger, others)}配合` : '';
  const day = dueText(due, ctx.today);
  const lines = [
    `请${who}于${day}前办结${support}。`,
    task.text === task.shortTitle ? null : task.text,
    `报进展发“/progress ${task.code} 情况”，办结发“/done ${task.code} 情况”。`,
    ctx.settings.signature,
  ];
  const units = [...new Set(task.responsibility.flatMap(({ unit }) => membersOf(ctx.ledger, unit)))];
  const key = `assign ${task.year} ${task.code}`;
  const untold = await tellUnits(ctx, units, async (unit) => {
    const said = taskNotice(`【交办】${taskName(task)}`, lines, await taskButtons(ctx, task, unit));
    return { key, said, kind: 'assignment' };
  });
  const told = units.filter((unit) => !untold.includes(unit));
  return reply.text(
    `已交办：${taskName(task)}，${who}牵头${support}，时限${day}${dueByRule ? '（没有写时限，按交办事项的规则定）' : ''}。`,
    told.length > 0 ? `已单聊告知${unitNames(ctx.ledger, told)}联络员。` : null,
    untold.length > 0 ? `${unitNames(ctx.ledger, untold)}还没有联络员，请另行告知。` : null,
  );
}
