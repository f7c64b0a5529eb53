import {
  countRows,
  type DueList,
  type DueWork,
  groupByWork,
  listDue,
  listPast,
  type PastLimit,
  tasksDue,
} from '../domain/due.js';
import type { DutyBook } from '../domain/duty.js';
import { agreementText, whoAgreed } from '../domain/extension-words.js';
import { countText, decidingParties, type Ledger, partsOf, unitNames, wholeOf } from '../domain/ledger.js';
import { awaitedOf, kindOf, type Limit, limitCode, limitsOpenTo, standingOf } from '../domain/limit.js';
import { addDays, type DateRange, dayName, type LocalDate, later } from '../domain/local-date.js';
import { clauseOf } from '../domain/milestone.js';
import { type Task, taskName } from '../domain/task.js';
import type { UnitId } from '../domain/unit.js';
import { daysLeftText, dueText, shorten, windowName } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import { getTask, type TaskRef } from '../services/task/get-task.js';
import type { TaskView } from '../services/task/tasks-in-view.js';
import { type Block, type Reply, reply } from './message.js';
import { onlyTaskButtons } from './only-task.js';
import { standingLine } from './standing-line.js';
import { apartTexts, tallyText } from './tally-text.js';
import { limitLines, partsLine } from './task-reply.js';

const pageSize = 15;

/** 本周（9月25日至10月1日）到期2项（4条）: by day, with the words of the document and who answers. */
export async function listDueReply(
  ctx: Context,
  view: TaskView,
  due: DueList,
  book: DutyBook,
  { range, label, page, awaited }: { range: DateRange; label: string; page: number; awaited: boolean },
): Promise<Reply> {
  const { today } = ctx;
  const span =
    range.from === range.to ? dayName(range.from, today) : `${dayName(range.from, today)}至${dayName(range.to, today)}`;
  const when = label.includes(span) || span.includes(label) ? span : `${label}（${span}）`;
  const entries = due.dated.length + due.occurrences.length;
  const pages = Math.max(1, Math.ceil(entries / pageSize));
  if (page > pages) return reply.refusal(`${view.name}${when}的到期任务只有${pages}页。`);
  const [from, to] = [(page - 1) * pageSize, page * pageSize];
  const after = (start: number) => Math.max(0, start - due.dated.length);
  const blocks: Block[] = [
    ...dayBlocks(ctx, due.dated.slice(from, to), book),
    ...occurrenceBlocks(ctx, due.occurrences.slice(after(from), after(to)), book),
    ...(page === pages ? windowBlocks(ctx, due.windows) : []),
    ...(awaited && entries > 0 ? [{ kind: 'note' as const, text: '以上只反映收到的报告。' }] : []),
    ...(page < pages ? [{ kind: 'note' as const, text: `看下一页，在命令后加“第${page + 1}页”。` }] : []),
  ];
  const where = pages > 1 ? `，第${page}/${pages}页` : '';
  const buttons = await onlyTaskButtons(ctx, tasksDue(due));
  if (due.dated.length > 0) {
    const count = countText(due.dated.length, countRows(due.dated));
    return reply.card(`${view.name}${when}到期${awaited ? '、还没收到办结报告' : ''}${count}${where}：`, {
      blocks,
      buttons,
    });
  }
  const nothing = `${view.name}${when}没有${awaited ? '还没报办结的' : ''}到期任务${where}。`;
  return blocks.length > 0 ? reply.card(nothing, { blocks, buttons }) : reply.text(nothing, nextLine(ctx, view, range));
}

/** The limits of one task, in the words of the document, and what has been reported on them. */
export async function limitsReply(ctx: Context, ref: TaskRef): Promise<Reply> {
  const task = getTask(ctx, ref);
  const limits = limitLines(ctx, task);
  if (limits.length === 0) return reply.text(`${taskName(task)}：文件未写时限。`, partsLine(ctx.ledger, task));
  return reply.text(
    `${taskName(task)} 时限：${limits.join('；')}`,
    partsLine(ctx.ledger, task),
    `报送：${await standingLine(ctx, task)}`,
  );
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
  const [own] = work.limits.filter((limit) => limit.task === work.task);
  const parts = work.rows.slice(1);
  const first = own ?? work.limits[0];
  if (!first) return [];
  const lines = [
    [
      `${work.task.code} ${work.task.shortTitle}`,
      [`${first.milestone?.phrase ?? ''}${whereWritten(work, first)}`, ...agreement(ctx, first)].join('，'),
      answeringBy(ledger, first, book),
      ...standingText(ledger, own, book),
    ].join('｜'),
  ];
  if (parts.length > 0) {
    const names = parts.map((part) => `${part.code} ${part.shortTitle}${partStanding(ledger, work, part, book)}`);
    lines.push(`　分项：${names.join('，')}`);
  }
  return [...lines, ...movedLines(ctx, work)];
}

function agreement(ctx: Context, limit: Limit): string[] {
  const text = agreementText(ctx.ledger, limit, ctx);
  return text === null ? [] : [text];
}

/** Where only the annex gives the day. */
function whereWritten({ task }: DueWork, limit: Limit): string {
  const stated = limit.statedDue ?? limit.due;
  const isOwn = limit.task === task || task.milestones.some(({ due }) => due === stated);
  return isOwn ? '' : `（${limit.task.code}所写）`;
}

/** 气附-6经县领导9月26日同意延至10月15日，气-3随其办结: rows of the work that had this day. */
function movedLines(ctx: Context, { task, due }: DueWork): string[] {
  const { ledger, today, startOn } = ctx;
  const moved = [task, ...partsOf(ledger, task)]
    .flatMap((row) => limitsOpenTo(ledger, row, today, startOn))
    .filter((limit) => limit.statedDue === due && kindOf(limit) === 'date');
  return [...Map.groupBy(moved, (limit) => limit.due)].map(([day, limits]) => {
    const whole = limits.find((limit) => limit.task === task);
    const parts = limits.filter((limit) => limit.task !== task);
    const named = parts.length > 0 ? parts : limits;
    const codes = named.map((limit) => {
      const code = limitCode(ledger, limit.task, limit.milestone?.number ?? 0);
      return `${code}${limit.units ? unitNames(ledger, limit.units) : ''}`;
    });
    const by = named[0] ? whoAgreed(ledger, named[0], ctx) : '';
    const follows = parts.length > 0 && whole ? `，${task.code}随其办结` : '';
    return `　${codes.join('、')}经${by}延至${day ? dayName(day, today) : ''}${follows}`;
  });
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
    case 'in-progress': {
      const base = tallyText(ledger, limit, standing) ?? '已报进展';
      return [[base, ...apartTexts(ledger, limit.task, standing)].join('，')];
    }
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

/** Those who owe it on this day. */
function answeringBy(ledger: Ledger, limit: Limit, book: DutyBook): string {
  const units = standingOf(ledger, limit, book).parties.map(({ party }) => party.unit);
  return `${leadsOrAnswers(limit.task)}：${unitNames(ledger, units)}`;
}

const leadsOrAnswers = ({ responsibility }: Task) =>
  responsibility.some((entry) => entry.role === 'lead') ? '牵头' : '责任单位';

export function answering(ledger: Ledger, task: Task): string {
  const units = decidingParties(ledger, task).map((party) => party.unit);
  return `${leadsOrAnswers(task)}：${unitNames(ledger, units)}`;
}

function occurrenceBlocks(ctx: Context, occurrences: Limit[], book: DutyBook): Block[] {
  return occurrences.map((limit) => {
    const what = shorten(limit.milestone ? clauseOf(limit.milestone) : '', 16);
    const state = standingText(ctx.ledger, limit, book)[0] ?? '';
    const day = limit.due ? dayName(limit.due, ctx.today) : '';
    const label = limit.period?.label ?? '';
    const end = `${day.startsWith(label) ? day : `${label}${day}`}止`;
    const texts = [`${limit.task.code} ${what}`, end, ...agreement(ctx, limit), answeringBy(ctx.ledger, limit, book)];
    return { kind: 'line', text: `周期：${texts.join('，')}${state && `，${state}`}` };
  });
}

function windowBlocks(ctx: Context, windows: Limit[]): Block[] {
  const ends = [...new Set(windows.map((limit) => limit.due))];
  return ends.flatMap((due): Block[] => {
    const ofDay = windows.filter((limit) => limit.due === due);
    const phrases = [...new Set(ofDay.map((limit) => windowName(limit.milestone)))].join('、');
    const codes = ofDay.map((limit) => {
      const code = `${limit.task.code}${limit.units ? unitNames(ctx.ledger, limit.units) : ''}`;
      return [code, ...agreement(ctx, limit).map((text) => `（${text}）`)].join('');
    });
    return due ? [{ kind: 'line', text: `阶段：${codes.join('、')}（${phrases}）${dayName(due, ctx.today)}结束` }] : [];
  });
}

/** The first day after the range on which something is due, and not one that has passed. */
function nextLine(ctx: Context, view: TaskView, range: DateRange): string | null {
  const from = addDays(later(range.to, ctx.today), 1);
  const [next] = listDue(ctx.ledger, view.tasks, { from, to: addDays(from, 365) }, ctx.startOn).dated;
  return next ? `下一批：${dueText(next.due, ctx.today)} ${next.task.code} ${next.task.shortTitle}。` : null;
}

/** Limits that have come without a done report; those before the start date apart, in no overdue figure. */
export async function listOverdueReply(ctx: Context, view: TaskView, book: DutyBook): Promise<Reply> {
  const past = listPast(ctx.ledger, view.tasks, book, ctx.today, ctx.startOn);
  const section = (limits: PastLimit[], name: string): Block[] =>
    limits.length === 0
      ? []
      : [
          { kind: 'line', text: `${name}：` },
          { kind: 'items', items: pastLines(ctx, limits) },
        ];
  const { waiting, backfill, overdue, held } = past;
  const start = dayName(ctx.startOn, ctx.today);
  const blocks = [
    ...section(waiting, `时限刚到、待报（节后首个工作日下班前报不计超期）${countPast(ctx, waiting)}`),
    ...section(held, `已申请延期，待批（批准前不计超期）${countPast(ctx, held)}`),
    ...section(backfill, `启用前已到时限、待补报（不计超期）${countPast(ctx, backfill)}，台账${start}启用`),
  ];
  if (overdue.length + blocks.length === 0) return reply.text(`${view.name}没有计入超期的任务。`);
  const title =
    overdue.length > 0
      ? `${view.name}时限已到、未收到办结报告${countPast(ctx, overdue)}：`
      : `${view.name}没有计入超期的任务。`;
  const items: Block[] = overdue.length > 0 ? [{ kind: 'items', items: pastLines(ctx, overdue) }] : [];
  const note: Block = { kind: 'note', text: '以上只反映台账收到的报告，不代表实际进度。' };
  const named = [...waiting, ...held, ...backfill, ...overdue].map(({ limit }) => limit.task);
  return reply.card(title, { blocks: [...items, ...blocks, note], buttons: await onlyTaskButtons(ctx, named) });
}

/** 5项（7条）: an annex row is no piece of work beside its task. */
function countPast(ctx: Context, past: PastLimit[]): string {
  const works = new Set(past.map(({ limit }) => wholeOf(ctx.ledger, limit.task)));
  const rows = new Set([...works, ...past.map(({ limit }) => limit.task)]);
  return countText(works.size, rows.size);
}

/** One line for a day of a piece of work, with the annex rows that are awaited with it. */
function pastLines(ctx: Context, past: PastLimit[]): string[] {
  const standings = new Map(past.map(({ limit, standing }) => [limit, standing]));
  const works = groupByWork(ctx.ledger, [...standings.keys()]);
  return works.flatMap((work) => {
    const own = work.limits.filter((limit) => limit.task === work.task);
    const parts = work.limits.filter((limit) => limit.task !== work.task);
    const lead = own[0] ?? parts[0];
    if (!lead) return [];
    const of = work.limits.flatMap((limit) => standings.get(limit) ?? []);
    const asked = new Set(of.flatMap((standing) => standing.asked));
    const missing = new Set(of.flatMap(awaitedOf));
    const others = parts.filter((limit) => limit !== lead).map((limit) => limit.task.code);
    return [
      pastLine(ctx, lead, others, { missing: [...missing], asked: [...asked].filter((unit) => !missing.has(unit)) }),
    ];
  });
}

const unitsShown = 12;

function pastLine(
  ctx: Context,
  limit: Limit,
  others: string[],
  { missing, asked }: { missing: UnitId[]; asked: UnitId[] },
): string {
  const { task, milestone, period } = limit;
  const due = limit.due ? dayName(limit.due, ctx.today) : '';
  const parts = others.length > 0 ? `（含${[...new Set(others)].join('、')}）` : '';
  const named = (units: UnitId[], word: string) => {
    const more = units.length > unitsShown ? `等${units.length}家` : '';
    return units.length > 0 ? [`${word}：${unitNames(ctx.ledger, units.slice(0, unitsShown))}${more}`] : [];
  };
  const code = limitCode(ctx.ledger, task, milestone?.number ?? 0);
  const clause = milestone ? clauseOf(milestone) : '';
  const what = code === task.code ? task.shortTitle : shorten(clause || task.shortTitle, 24);
  const day = [due, ...agreement(ctx, limit)].join('，');
  const who = [...named(missing, '待报'), ...named(asked, '已申请延期，待批')].join('；');
  return `${code} ${what}${parts}｜${period?.label ?? milestone?.phrase ?? ''}（${day}）｜${who}`;
}
