import type { ContentIndex } from '../domain/content-index.js';
import { type Task, taskName } from '../domain/task.js';
import { shorten } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import { tasksInView } from '../services/task/tasks-in-view.js';
import { answering } from './due-reply.js';
import { nearestWords } from './find-content.js';
import { type Reply, reply } from './message.js';

const shown = 8;
const nearShown = 2;

interface Found {
  task: Task;
  clause: string;
}

/** That it stands nowhere, and which of its words do. */
export function notFoundReply(ctx: Context, words: string, index: ContentIndex): Reply {
  const current = new Set(tasksInView(ctx, {}).tasks);
  const near = nearestWords(index, words.split(/\s+/u), (task) => current.has(task)).slice(0, nearShown);
  const about = `没有找到“${shorten(words, 20)}”。`;
  if (near.length === 0) return reply.refusal(`${about}换个词试试，如“/search 秸秆”；或发“/list”看清单。`);
  return reply.refusal(`${about}文件里写到${near.map((word) => `“${word}”`).join('、')}，可发“/search ${near[0]}”。`);
}

/** The best of what was found, with the clause or the units, and how many there are; a number answers which is meant. */
export function foundReply(ctx: Context, words: string, found: Found[], { withUnits }: { withUnits: boolean }): Reply {
  const about = shorten(words, 20);
  const best = found.slice(0, shown);
  const items = best.map(({ task, clause }, index) => {
    const number = found.length > 1 ? `${index + 1}. ` : '';
    return `${number}${taskName(task)}｜${withUnits ? answering(ctx.ledger, task) : shorten(clause, 40)}`;
  });
  const more = found.length > shown ? `还有${found.length - shown}条，再加一个词缩小范围。` : '';
  const [only] = best;
  const how = found.length > 1 ? '看哪一条请回序号。' : `看原文发“/task ${only?.task.code ?? '编号'}”。`;
  return reply.text(`“${about}”找到${found.length}条：`, ...items, `${more}${how}`);
}
