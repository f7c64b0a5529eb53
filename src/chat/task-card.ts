import { planOf } from '../domain/ledger.js';
import { reportsFor } from '../domain/person.js';
import { type Task, taskName } from '../domain/task.js';
import { shorten } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import { getTask, type TaskRef } from '../services/task/get-task.js';
import { doneButton } from '../services/task/task-buttons.js';
import { updatesOfWork } from '../services/update/list-history.js';
import { evidenceNote, updateLine } from './history-reply.js';
import { type Field, type Reply, reply } from './message.js';
import { requestLines } from './request-line.js';
import { standingLine } from './standing-line.js';
import {
  carriedLine,
  limitLines,
  partsLine,
  responsibilityLines,
  retiredMark,
  settingLines,
  writtenNames,
} from './task-reply.js';

const charactersShown = 700;

export async function taskReply(ctx: Context, ref: TaskRef): Promise<Reply> {
  const task = getTask(ctx, ref);
  const limits = limitLines(ctx, task);
  const { waiting, relieved } = await requestLines(ctx, task);
  const updates = await updatesOfWork(ctx, task, { limit: 3, attaching: false });
  const fields: Field[] = [
    { label: '位置', value: [planOf(ctx.ledger, task)?.title ?? '', ...task.section].filter(Boolean).join(' > ') },
    { label: '时限', value: limits.length > 0 ? limits.join('；') : '文件未写' },
    { label: '报送', value: await standingLine(ctx, task) },
  ];
  const lines = [
    ...responsibilityLines(ctx.ledger, task),
    ...relieved,
    partsLine(ctx.ledger, task),
    carriedLine(ctx.ledger, task),
    writtenNames(ctx.ledger, task),
    ...settingLines(task),
    ...waiting,
  ];
  return reply.card(`${taskName(task)}${retiredMark(task)}`, {
    fields,
    blocks: [
      ...lines.filter((line) => line !== null).map((text) => ({ kind: 'line' as const, text })),
      { kind: 'line', text: `原文：${task.title}。${shorten(bodyOf(task), charactersShown)}` },
      ...(updates.length > 0
        ? [
            { kind: 'line' as const, text: '最近报送：' },
            { kind: 'items' as const, items: updates.map((update) => updateLine(ctx, update)) },
            ...evidenceNote(task, updates),
          ]
        : []),
    ],
    buttons: await doneButton(ctx, task, reportsFor(ctx.actor)),
  });
}

/** The text without the title that it may begin with. */
function bodyOf(task: Task): string {
  const start = task.text.indexOf(task.title);
  return start >= 0 && start < 8 ? task.text.slice(start + task.title.length).replace(/^[。\s]+/u, '') : task.text;
}
