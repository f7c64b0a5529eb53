import { dutyStatusNames } from '../domain/duty.js';
import { partsOf, planOf } from '../domain/ledger.js';
import { type Limit, limitCode, limitsOpenTo, standingOf } from '../domain/limit.js';
import { type Task, taskName } from '../domain/task.js';
import { shorten } from '../domain/wording.js';
import { stateOfWork } from '../domain/work-status.js';
import type { Context } from '../services/context.js';
import { readDutyBook } from '../services/duty/duty-book.js';
import { getTask, type TaskRef } from '../services/task/get-task.js';
import { updatesOfWork } from '../services/update/list-history.js';
import { updateLine } from './history-reply.js';
import { type Field, type Reply, reply } from './message.js';
import { tallyText } from './tally-text.js';
import { limitLines, partsLine, responsibilityLines, writtenNames } from './task-reply.js';

const charactersShown = 700;

export async function taskReply(ctx: Context, ref: TaskRef): Promise<Reply> {
  const task = getTask(ctx, ref);
  const limits = limitLines(ctx.ledger, task, ctx.today);
  const updates = await updatesOfWork(ctx, task, 3);
  const fields: Field[] = [
    { label: '位置', value: [planOf(ctx.ledger, task)?.title ?? '', ...task.section].filter(Boolean).join(' > ') },
    { label: '时限', value: limits.length > 0 ? limits.join('；') : '文件未写' },
    { label: '报送', value: await standingLine(ctx, task) },
  ];
  const lines = [...responsibilityLines(ctx.ledger, task), partsLine(ctx.ledger, task), writtenNames(ctx.ledger, task)];
  return reply.card(taskName(task), {
    fields,
    blocks: [
      ...lines.filter((line) => line !== null).map((text) => ({ kind: 'line' as const, text })),
      { kind: 'line', text: `原文：${task.title}。${shorten(bodyOf(task), charactersShown)}` },
      ...(updates.length > 0
        ? [
            { kind: 'line' as const, text: '最近报送：' },
            { kind: 'items' as const, items: updates.map((update) => updateLine(ctx, update)) },
          ]
        : []),
    ],
  });
}

/** The text without the title that it may begin with. */
function bodyOf(task: Task): string {
  const start = task.text.indexOf(task.title);
  return start >= 0 && start < 8 ? task.text.slice(start + task.title.length).replace(/^[。\s]+/u, '') : task.text;
}

/** 正在推进：气-3 未报；气附-3、气附-6 已报办结（待核查）. The first word is the one that /list says. */
async function standingLine(ctx: Context, task: Task): Promise<string> {
  const { ledger, today, startOn } = ctx;
  const parts = partsOf(ledger, task);
  const rows = [task, ...parts];
  const book = await readDutyBook(
    ctx,
    task.year,
    rows.map((row) => row.key),
  );
  const limits = rows.flatMap((row) => limitsOpenTo(ledger, row, today, startOn));
  const named = limits.map((limit) => {
    const standing = standingOf(ledger, limit, book);
    return {
      name: limitName(ctx, limit),
      state: tallyText(ledger, limit, standing) ?? dutyStatusNames[standing.status],
    };
  });
  const states = [...new Set(named.map(({ state }) => state))];
  const status = dutyStatusNames[stateOfWork(ledger, { task, parts }, book, today, startOn).status];
  const [only] = states;
  if (only !== undefined && states.length === 1) return only === status ? status : `${status}，${only}`;
  const texts = states.map((state) => {
    const names = named.filter((one) => one.state === state).map(({ name }) => name);
    return `${names.join('、')} ${state}`;
  });
  return `${status}：${texts.join('；')}`;
}

/** 气-5.1, 土-10三季度. */
function limitName(ctx: Context, { task, milestone, period }: Limit): string {
  return `${limitCode(ctx.ledger, task, milestone?.number ?? 0)}${period?.label ?? ''}`;
}
