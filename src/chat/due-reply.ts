import { countRows, type DueList, type DueWork, listDue, listPast, type PastLimit } from '../domain/due.js';
import type { DutyBook } from '../domain/duty.js';
import { countText, decidingParties, type Ledger, unitNames } from '../domain/ledger.js';
import { type Limit, standingOf } from '../domain/limit.js';
import { type DateRange, dayName, type LocalDate } from '../domain/local-date.js';
import type { Task } from '../domain/task.js';
import { daysLeftText, dueText, shorten, windowName } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import type { TaskView } from '../services/task/tasks-in-view.js';
import { type Block, type Reply, reply } from './message.js';
import { tallyText } from './tally-text.js';

const worksShown = 15;

/** 本周（9月25日至10月1日）到期2项（4条）: by day, with the words of the document and who answers. */
export function listDueReply(
  ctx: Context,
  view: TaskView,
  due: DueList,
  book: DutyBook,
  { range, label }: { range: DateRange; label: string },
): Reply {
  const { today } = ctx;
  const span =
    range.from === range.to ? dayName(range.from, today) : `${dayName(range.from, today)}至${dayName(range.to, today)}`;
  const when = label.includes(span) || span.includes(label) ? span : `${label}（${span}）`;
  const blocks: Block[] = [
    ...dayBlocks(ctx, due.dated.slice(0, worksShown), book),
    ...moreBlock(due.dated.length - worksShown),
    ...occurrenceBlocks(ctx, due.occurrences, book),
    ...windowBlocks(ctx, due.windows),
  ];
  const name = view.name === '' ? '' : `${view.name}`;
  if (due.dated.length > 0) {
    const count = countText(due.dated.length, countRows(due.dated));
    return reply.card(`${name}${when}到期${count}：`, { blocks });
  }
  const nothing = `${name}${when}没有到期任务。`;
  return blocks.length > 0 ? reply.card(nothing, { blocks }) : reply.text(nothing, nextLine(ctx, view, range));
}

function dayBlocks(ctx: Context, works: DueWork[], book: DutyBook): Block[] {
  const days = [...new Set(works.map((work) => work.due))];
  return days.flatMap((due): Block[] => {
    const ofDay = works.filter((work) => work.due === due);
    return [
      { kind: 'line', text: `${dueText(due, ctx.today)}，${leftText(ctx, due)}` },
      { kind: 'items', items: ofDay.flatMap((work) => workLines(ctx, work, book)) },
    ];
  });
}

function leftText(ctx: Context, due: LocalDate): string {
  return due < ctx.startOn ? '启用前已到时限，不计超期' : daysLeftText(due, ctx.today);
}

function workLines(ctx: Context, work: DueWork, book: DutyBook): string[] {
  const { ledger } = ctx;
  const own = work.limits.filter((limit) => limit.task === work.task);
  const parts = work.rows.slice(1);
  const first = (own[0] ?? work.limits[0])?.milestone;
  const annexOnly = own.length === 0 ? `（${parts[0]?.code}所写）` : '';
  const lines = [
    [
      `${work.task.code} ${work.task.shortTitle}`,
      `${first?.phrase ?? ''}${annexOnly}`,
      answering(ledger, work.task),
      ...standingText(ledger, own[0] ?? work.limits[0], book),
    ].join('｜'),
  ];
  if (parts.length > 0) {
    const names = parts.map((part) => `${part.code} ${part.shortTitle}${partStanding(ledger, work, part, book)}`);
    lines.push(`　分项：${names.join('，')}`);
  }
  return lines;
}

function partStanding(ledger: Ledger, work: DueWork, part: Task, book: DutyBook): string {
  const limit = work.limits.find((one) => one.task === part);
  const [text] = standingText(ledger, limit, book);
  return text ? `（${text}）` : '';
}

/** Nothing where nothing has been reported. */
function standingText(ledger: Ledger, limit: Limit | undefined, book: DutyBook): string[] {
  if (!limit) return [];
  const standing = standingOf(ledger, limit, book);
  switch (standing.status) {
    case 'unreported':
      return [];
    case 'in-progress':
      return [tallyText(ledger, limit, standing) ?? '已报进展'];
    case 'reported':
      return ['已报办结（待核查）'];
    case 'closed':
      return ['已销号'];
    case 'paused':
      return ['暂缓'];
    case 'withdrawn':
      return ['调整取消'];
  }
}

export function answering(ledger: Ledger, task: Task): string {
  const hasLead = task.responsibility.some((entry) => entry.role === 'lead');
  const units = unitNames(
    ledger,
    decidingParties(ledger, task).map((party) => party.unit),
  );
  return hasLead ? `牵头：${units}` : `责任单位：${units}`;
}

function occurrenceBlocks(ctx: Context, occurrences: Limit[], book: DutyBook): Block[] {
  return occurrences.slice(0, worksShown).map((limit) => {
    const what = shorten(limit.milestone?.what ?? '', 16);
    const state = standingText(ctx.ledger, limit, book)[0] ?? '';
    const end = limit.due ? `${limit.period?.label ?? ''}${dayName(limit.due, ctx.today)}止` : '';
    return {
      kind: 'line',
      text: `周期：${limit.task.code} ${what}，${end}，${answering(ctx.ledger, limit.task)}${state && `，${state}`}`,
    };
  });
}

function windowBlocks(ctx: Context, windows: Limit[]): Block[] {
  const ends = [...new Set(windows.map((limit) => limit.due))];
  return ends.flatMap((due): Block[] => {
    const ofDay = windows.filter((limit) => limit.due === due);
    const phrases = [...new Set(ofDay.map((limit) => windowName(limit.milestone)))].join('、');
    const codes = ofDay.map((limit) => limit.task.code).join('、');
    return due ? [{ kind: 'line', text: `阶段：${codes}（${phrases}）${dayName(due, ctx.today)}结束` }] : [];
  });
}

function moreBlock(left: number): Block[] {
  return left > 0 ? [{ kind: 'note', text: `还有${left}项，加上单位或计划名再查，如“/due 本月 水”。` }] : [];
}

function nextLine(ctx: Context, view: TaskView, range: DateRange): string | null {
  const yearOn = { from: range.to, to: `${Number(range.to.slice(0, 4)) + 1}${range.to.slice(4)}` as LocalDate };
  const [next] = listDue(ctx.ledger, view.tasks, yearOn, ctx.startOn).dated.filter((work) => work.due > range.to);
  return next ? `下一批：${dueText(next.due, ctx.today)} ${next.task.code} ${next.task.shortTitle}。` : null;
}

/** Limits that have come without a done report; those before the start date apart, in no overdue figure. */
export function listOverdueReply(ctx: Context, view: TaskView, book: DutyBook): Reply {
  const past = listPast(ctx.ledger, view.tasks, book, ctx.today, ctx.startOn);
  const dated = (limits: PastLimit[]) => limits.map((one) => pastLine(ctx, one));
  const blocks: Block[] = [];
  if (past.waiting.length > 0) {
    blocks.push({ kind: 'line', text: `时限刚到、待报（节后首个工作日下班前报不计超期）${past.waiting.length}项：` });
    blocks.push({ kind: 'items', items: dated(past.waiting) });
  }
  if (past.backfill.length > 0) {
    const start = dayName(ctx.startOn, ctx.today);
    blocks.push({
      kind: 'line',
      text: `启用前已到时限、待补报（不计超期）${past.backfill.length}项，台账${start}启用：`,
    });
    blocks.push({ kind: 'items', items: dated(past.backfill) });
  }
  const title =
    past.overdue.length > 0
      ? `${view.name}时限已到、未收到办结报告${past.overdue.length}项：`
      : `${view.name}没有计入超期的任务。`;
  const items: Block[] = past.overdue.length > 0 ? [{ kind: 'items', items: dated(past.overdue) }] : [];
  if (past.overdue.length + past.waiting.length + past.backfill.length === 0) return reply.text(title);
  const note: Block = { kind: 'note', text: '以上只反映台账收到的报告，不代表实际进度。' };
  return reply.card(title, { blocks: [...items, ...blocks, note] });
}

function pastLine(ctx: Context, { limit, standing }: PastLimit): string {
  const due = limit.due ? dayName(limit.due, ctx.today) : '';
  const words = limit.period ? `${limit.period.label}` : (limit.milestone?.phrase ?? '');
  const missing = unitNames(ctx.ledger, standing.missing.slice(0, 12));
  const more = standing.missing.length > 12 ? `等${standing.missing.length}家` : '';
  return `${limit.task.code} ${shorten(limit.milestone?.what || limit.task.shortTitle, 24)}｜${words}（${due}）｜待报：${missing}${more}`;
}
