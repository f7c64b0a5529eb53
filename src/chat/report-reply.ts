import { unitName, wholeOf } from '../domain/ledger.js';
import { type Limit, limitCode } from '../domain/limit.js';
import { dayName, wallClock } from '../domain/local-date.js';
import { clauseOf } from '../domain/milestone.js';
import { onOneLine, tellsSomething } from '../domain/note.js';
import { otherPoints } from '../domain/points.js';
import type { ReportChoice } from '../domain/report-choice.js';
import { milestoneCode, taskName } from '../domain/task.js';
import { updateKindNames } from '../domain/update-chain.js';
import { shorten } from '../domain/wording.js';
import { BotError } from '../errors.js';
import type { CodeMention } from '../language/codes.js';
import type { Context } from '../services/context.js';
import {
  choiceCode,
  type Report,
  type ReportOutcome,
  recordReport,
  refuseUnlessReports,
} from '../services/duty/record-report.js';
import { type Answers, ask } from '../services/question/ask.js';
import { getTask } from '../services/task/get-task.js';
import { answerEach } from './answer-each.js';
import { type Reply, reply } from './message.js';
import { tallyText } from './tally-text.js';

/** Records one report on each of the codes and says what was recorded; refusals stand beside it, code by code. */
export async function reportOnEach(ctx: Context, codes: CodeMention[], report: Report): Promise<Reply> {
  refuseEmptyWords(ctx, codes, report);
  return answerEach(codes, async (code) => outcomeReply(ctx, report, await recordReport(ctx, code, report)));
}

/** 水-5 报进展60%：主体完工 */
export function previewReport(ctx: Context, codes: CodeMention[], report: Report): string {
  const tasks = codes.map((code) => getTask(ctx, code));
  for (const task of tasks) refuseUnlessReports(ctx, task);
  refuseEmptyWords(ctx, codes, report);
  const names = codes.map(({ code, milestone }) => milestoneCode(code, milestone ?? 0)).join('、');
  const percent = report.percent === null ? '' : `${report.percent}%`;
  return `${names} ${updateKindNames[report.kind]}${percent}：${shorten(onOneLine(report.note), 60)}`;
}

/** Who may not report is told so first; 完成了 alone is no report. */
function refuseEmptyWords(ctx: Context, codes: CodeMention[], { kind, note, percent }: Report): void {
  const [first] = codes;
  if (!first || percent !== null || tellsSomething(note)) return;
  const task = getTask(ctx, first);
  refuseUnlessReports(ctx, task);
  const example = kind === 'done' ? `/done ${task.code} 什么做完了、做了多少` : `/progress ${task.code} 做到哪一步了`;
  throw new BotError('invalid', `请带一句${kind === 'done' ? '完成' : '进展'}情况，如：${example}。`);
}

async function outcomeReply(ctx: Context, report: Report, outcome: ReportOutcome): Promise<Reply> {
  switch (outcome.kind) {
    case 'recorded':
      return recorded(ctx, report, outcome);
    case 'supporting': {
      const unit = unitName(ctx.ledger, outcome.unit);
      return reply.text(
        `已记：${taskName(outcome.task)}，${unit}${outcome.role}部分：${shorten(onOneLine(report.note), 60)}`,
        '是否办结以牵头单位的报告为准。记错了发“/undo”。',
      );
    }
    case 'supplement':
      return reply.text(
        `已记：${taskName(outcome.task)}补充情况：${shorten(onOneLine(report.note), 60)}`,
        '状态不变。记错了发“/undo”。',
      );
    case 'choose':
      return chooseLimit(ctx, report, outcome.task.code, outcome.choices);
    case 'already': {
      const when = outcome.reportedAt ? `${dayName(wallClock(outcome.reportedAt, ctx.timeZone).date, ctx.today)}` : '';
      const reported = outcome.closed ? '已销号' : '已报办结，待核查';
      const state = outcome.withdrawn ? '起不再要求报送（不涉及或调整取消）' : reported;
      const unit = unitName(ctx.ledger, outcome.unit);
      const { code } = outcome.task;
      const undo = outcome.undoable ? `，要收回发“/undo ${code}”` : '';
      return reply.refusal(
        `${code} ${unit}${when}${state}，这次没有重复记。补充情况发“/progress ${code} 情况”${undo}。`,
      );
    }
  }
}

type Recorded = Extract<ReportOutcome, { kind: 'recorded' }>;

async function recorded(ctx: Context, report: Report, outcome: Recorded): Promise<Reply> {
  const { task, unit, limits, standing } = outcome;
  const parts = limits.filter((limit) => limit.task !== task).map((limit) => limit.task.code);
  const name = `${taskName(task)}${parts.length > 0 ? `（含${[...new Set(parts)].join('、')}）` : ''}`;
  const unitText = unitName(ctx.ledger, unit);
  const lines = [
    `已记：${name}，${unitText}${verb(ctx, report, standing)}${limitText(ctx, limits)}`,
    jointText(ctx, outcome),
    report.kind === 'done' && !standing ? demands(outcome, report.note) : null,
    '记错了发“/undo”。',
  ];
  if (!outcome.partsDone) return reply.text(...lines);
  const whole = wholeOf(ctx.ledger, task).code;
  const say = `/done ${whole} ${report.note}`;
  const question = `${whole}的附表项都已报办结。${whole}整项也办结的，请回“是”。`;
  return ask(
    ctx,
    [...lines.filter(Boolean), question].join('\n'),
    [{ words: ['是', '确认'], say }],
    [{ label: '是', send: '是' }],
  );
}

function verb(ctx: Context, report: Report, standing: boolean): string {
  if (report.kind === 'progress') return `报进展${report.percent === null ? '' : `${report.percent}%`}`;
  if (standing) return '本期完成，长期坚持';
  return ctx.settings.review ? '报办结（待核查）' : '报办结，已销号';
}

/** Named where the task has several limits, so that the unit sees which one was meant. */
function limitText(ctx: Context, limits: Limit[]): string {
  const [first] = limits.filter((limit) => limit.milestone !== null);
  if (!first?.milestone) return '';
  const { task, milestone, period } = first;
  const code = limitCode(ctx.ledger, task, milestone.number);
  if (code === task.code) return period ? `，${period.label}` : '';
  return `，${code} ${milestone.phrase}${period ? `（${period.label}）` : ''}`;
}

function jointText(ctx: Context, outcome: Recorded): string | null {
  const index = outcome.limits.findIndex((limit) => limit.task === outcome.task);
  const at = Math.max(index, 0);
  const [limit, standing] = [outcome.limits[at], outcome.standings[at]];
  return limit && standing ? tallyText(ctx.ledger, limit, standing) : null;
}

/** What else the text asks for, besides what was said and what the limits reported on are about. */
function demands({ task, limits }: Recorded, note: string): string | null {
  const several = task.milestones.length > 1;
  const met = several ? limits.map((limit) => limit.milestone?.what ?? '') : [];
  const others = otherPoints(task.points, [note, ...met].join('。'));
  if (others.length === 0) return null;
  return `原文还要求：${others.map((point) => shorten(point, 40)).join('；')}。已按所报记录，供核查时对照。`;
}

async function chooseLimit(ctx: Context, report: Report, code: string, choices: ReportChoice[]): Promise<Reply> {
  const command = report.kind === 'done' ? '/done' : '/progress';
  const percent = report.percent === null ? '' : ` ${report.percent}%`;
  const options = choices.map((choice, index) => ({ number: index + 1, code: choiceCode(choice), choice }));
  const answers: Answers = options.map((option) => ({
    words: [String(option.number), option.code],
    say: `${command} ${option.code}${percent} ${report.note}`,
  }));
  const lines = options.map((option) => `${option.number}. ${option.code} ${describe(ctx, option.choice)}`);
  const text = `${code}有${options.length}个时限还没报办结，这次报哪一个？请回序号：\n${lines.join('\n')}`;
  return ask(
    ctx,
    text,
    answers,
    options.map((option) => ({ label: option.code, send: String(option.number) })),
  );
}

function describe(ctx: Context, choice: ReportChoice): string {
  const limit = choice.limits.find((one) => one.milestone !== null) ?? choice.limits[0];
  if (!limit?.milestone) return '未写时限的部分';
  const due = limit.due ? `（${dayName(limit.due, ctx.today)}）` : '';
  const period = limit.period ? limit.period.label : '';
  return `${limit.milestone.phrase}${period}${due}：${shorten(clauseOf(limit.milestone) || limit.task.shortTitle, 30)}`;
}
