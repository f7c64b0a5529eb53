import { type DutyStatus, dutyStatusNames } from '../domain/duty.js';
import { type StatedValue, statedValues, valueText } from '../domain/indicator.js';
import { partsOf, unitName, wholeOf } from '../domain/ledger.js';
import { type Limit, limitCode } from '../domain/limit.js';
import { dayName, wallClock } from '../domain/local-date.js';
import { clauseOf } from '../domain/milestone.js';
import { onOneLine, tellsSomething } from '../domain/note.js';
import { reportsFor } from '../domain/person.js';
import { isOnlyStanding, type ReportChoice } from '../domain/report-choice.js';
import { signatureName } from '../domain/signature-name.js';
import { milestoneCode, type Task, taskName } from '../domain/task.js';
import { updateKindNames } from '../domain/update-chain.js';
import { shorten } from '../domain/wording.js';
import { BotError } from '../errors.js';
import type { CodeMention } from '../language/codes.js';
import { fold } from '../language/fold.js';
import { takeSignature } from '../language/stated-facts.js';
import type { Context } from '../services/context.js';
import { recordReport, refuseUnlessReports } from '../services/duty/record-report.js';
import { choiceCode, choiceRef, type Report, type ReportOutcome } from '../services/duty/take-report.js';
import { type Answers, ask } from '../services/question/ask.js';
import { codeToType, yearToType } from '../services/task/code-to-type.js';
import { getCurrentTask } from '../services/task/get-task.js';
import { answerEach } from './answer-each.js';
import { demandsOf } from './demands.js';
import { plainText, type Reply, reply } from './message.js';
import type { Receipt } from './receipts.js';
import { tallyText } from './tally-text.js';

/** The words of a report with what they state beside: 已审签 of a done report. */
export function readReport(kind: Report['kind'], note: string, percent: number | null = null): Report {
  if (kind !== 'done') return { kind, note, percent, details: {} };
  const { fact, words } = takeSignature(note);
  return { kind, note: words, percent, details: fact === null ? {} : { signedOff: fact } };
}

/** How a report is made, and how it is typed again when the bot has to ask: /done 水-7 … or /record 县水利局 水-7 … */
export interface Way {
  record(code: CodeMention): Promise<ReportOutcome>;
  typed(code: string, words: string): string;
  /** 已记, 已代录（电话）. */
  done: string;
  /** Said last, of a report that is to be reviewed or not. */
  end(closing: boolean): string;
  /** Takes what is said of a report that was recorded, so that several of one message are answered together. */
  receipts?: Receipt[] | undefined;
}

/** Records one report on each of the codes and says what was recorded; refusals stand beside it, code by code. */
export async function reportOnEach(
  ctx: Context,
  codes: CodeMention[],
  report: Report,
  receipts?: Receipt[],
): Promise<Reply> {
  refuseEmptyWords(ctx, codes, report);
  return answerReports(ctx, codes, report, {
    record: (code) => recordReport(ctx, code, withIndicator(ctx, code, report)),
    typed: (code, words) => `/${report.kind} ${code} ${words}`,
    done: '已记',
    end: () => '记错了发“/undo”。',
    receipts,
  });
}

/** One value is kept beside the words; of several only the words. */
function withIndicator(ctx: Context, code: CodeMention, report: Report): Report {
  const [only, ...others] = valuesIn(ctx, getCurrentTask(ctx, code), report.note);
  if (!only || others.length > 0) return report;
  const indicator = { value: only.value, unit: only.target.unit };
  return { ...report, details: { ...report.details, indicator } };
}

export async function answerReports(ctx: Context, codes: CodeMention[], report: Report, way: Way): Promise<Reply> {
  const unsigned: string[] = [];
  const answered = await answerEach(codes, async (code) => {
    const outcome = await way.record(code);
    if (outcome.kind === 'sign-off') unsigned.push(codeToType(ctx, outcome.task, code.milestone ?? 0));
    return outcomeReply(ctx, report, outcome, way);
  });
  return unsigned.length > 0 ? askSignature(ctx, unsigned, report, way, answered) : answered;
}

/** 水-5 报进展60%：主体完工 */
export function previewReport(ctx: Context, codes: CodeMention[], report: Report): string {
  const tasks = codes.map((code) => getCurrentTask(ctx, code));
  for (const task of tasks) refuseUnlessReports(ctx, task);
  refuseEmptyWords(ctx, codes, report);
  const values = tasks.flatMap((task) => valuesIn(ctx, task, report.note).map(valueText));
  const unit = reportsFor(ctx.actor);
  const lasts = (task: Task) => unit !== null && isOnlyStanding(ctx.ledger, task, unit, ctx.today, ctx.startOn);
  const lasting = report.kind === 'done' && tasks.every(lasts) ? '（长期坚持，记为本期完成，不销号）' : '';
  return `${codes.map(typedCode).join('、')} ${reportText(report)}${indicatorText(values)}${lasting}`;
}

/** The values that a report states for the targets of the task and of its annex rows. */
function valuesIn({ ledger }: Context, task: Task, note: string): StatedValue[] {
  return statedValues(
    fold(note),
    [task, ...partsOf(ledger, task)].flatMap(({ targets }) => targets),
  );
}

/** （指标：抽检车用汽柴油52/78批次） */
const indicatorText = (values: string[]) => (values.length > 0 ? `（指标：${[...new Set(values)].join('，')}）` : '');

/** 报办结（已审签）：五镇投运 */
export function reportText({ kind, note, percent, details }: Report): string {
  const signed = details.signedOff === undefined ? '' : `（${signatureName(details.signedOff)}）`;
  const number = percent === null ? '' : `${percent}%`;
  return `${updateKindNames[kind]}${number}${signed}：${shorten(onOneLine(note), 60)}`;
}

const typedCode = ({ code, milestone }: CodeMention) => milestoneCode(code, milestone ?? 0);

/** The report as it is typed after its codes. */
export function wordsOf({ note, percent, details }: Report): string {
  const number = percent === null || note === `${percent}%` ? '' : `${percent}%`;
  const signed = details.signedOff === undefined ? '' : signatureName(details.signedOff);
  return [number, note, signed].filter(Boolean).join(' ');
}

/** Who may not report is told so first; 完成了 alone is no report. */
function refuseEmptyWords(ctx: Context, codes: CodeMention[], { kind, note, percent }: Report): void {
  const [first] = codes;
  if (!first || percent !== null || tellsSomething(note)) return;
  const task = getCurrentTask(ctx, first);
  refuseUnlessReports(ctx, task);
  throw emptyWords(kind, `/${kind} ${task.code}`);
}

export function emptyWords(kind: Report['kind'], typed: string): BotError {
  const { what, example } = wanted[kind];
  return new BotError('incomplete', `请带一句${what}，如：${typed} ${example}。`);
}

const wanted: Record<Report['kind'], { what: string; example: string }> = {
  done: { what: '完成情况', example: '什么做完了、做了多少' },
  progress: { what: '进展情况', example: '做到哪一步了' },
  block: { what: '原因', example: '卡在哪里、要谁协调' },
};

async function outcomeReply(ctx: Context, report: Report, outcome: ReportOutcome, way: Way): Promise<Reply> {
  const note = shorten(onOneLine(report.note), 60);
  switch (outcome.kind) {
    case 'recorded':
      return recorded(ctx, report, outcome, way);
    case 'supporting': {
      const unit = unitName(ctx.ledger, outcome.unit);
      const alone = reply.text(
        `${way.done}：${taskName(outcome.task)}，${unit}${outcome.role}部分：${note}`,
        `是否办结以牵头单位的报告为准。${way.end(false)}`,
      );
      return received(way, { ...plain, code: outcome.task.code, what: `${outcome.role}部分`, alone });
    }
    case 'supplement': {
      const said = `${way.done}：${taskName(outcome.task)}补充情况：${note}`;
      const alone = reply.text(said, `状态不变。${way.end(false)}`);
      return received(way, { ...plain, code: outcome.task.code, what: '补充情况', alone });
    }
    case 'halted':
      return reply.text(
        `${way.done}：${taskName(outcome.task)}补充情况：${note}`,
        `${outcome.task.code}${haltedText(outcome.status)}，只留在历史里，状态不变。${way.end(false)}`,
      );
    case 'choose':
      return chooseLimit(ctx, report, outcome.task, outcome.choices, way);
    case 'sign-off':
      return reply.text(`${outcome.task.code}没有记：报办结要写明单位负责人已审签。`);
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

const plain = { demands: '', joint: null };

/** Kept to be answered with the others of the message, where there may be others. */
function received({ receipts }: Way, receipt: Receipt): Reply {
  if (!receipts) return receipt.alone;
  receipts.push(receipt);
  return reply.text();
}

const haltedText = (status: DutyStatus) =>
  status === 'withdrawn' ? '不再要求报送（不涉及或调整取消）' : `现在是${dutyStatusNames[status]}`;

type Recorded = Extract<ReportOutcome, { kind: 'recorded' }>;

async function recorded(ctx: Context, report: Report, outcome: Recorded, way: Way): Promise<Reply> {
  const { task, unit, limits, standing } = outcome;
  const parts = limits.filter((limit) => limit.task !== task).map((limit) => limit.task.code);
  const name = `${taskName(task)}${parts.length > 0 ? `（含${[...new Set(parts)].join('、')}）` : ''}`;
  const unitText = unitName(ctx.ledger, unit);
  const closing = report.kind === 'done' && !standing;
  const what = verb(ctx, report, standing);
  const joint = jointText(ctx, outcome);
  const demands = closing ? demandsOf(task, limits, report.note) : '';
  const alone = reply.text(
    `${way.done}：${name}，${unitText}${what}${limitText(ctx, limits)}`,
    valuesLine(ctx, task, report),
    joint,
    demands === '' ? null : `原文还要求：${demands}。已按所报记录，供核查时对照。`,
    way.end(closing),
  );
  const said = received(way, { alone, code: limitCodeOf(ctx, outcome), what, demands, joint });
  if (!outcome.partsDone) return said;
  const whole = wholeOf(ctx.ledger, task);
  const question = `${whole.code}的附表项都已报办结。${whole.code}整项也办结的，请回“是”。`;
  return ask(
    ctx,
    [plainText(said), question].filter(Boolean).join('\n'),
    [{ words: ['是', '确认'], say: way.typed(codeToType(ctx, whole), wordsOf(report)) }],
    [{ label: '是', send: '是' }],
  );
}

function valuesLine(ctx: Context, task: Task, { note }: Report): string | null {
  const values = valuesIn(ctx, task, note).map(valueText);
  return values.length > 0 ? `指标：${[...new Set(values)].join('，')}，不当作整项进度。` : null;
}

function verb(ctx: Context, report: Report, standing: boolean): string {
  if (report.kind === 'progress') return `报进展${report.percent === null ? '' : `${report.percent}%`}`;
  if (report.kind === 'block') return '报困难';
  if (standing) return '本期完成，长期坚持';
  const { signedOff } = report.details;
  const signed = signedOff === undefined ? '' : `，${signatureName(signedOff)}`;
  return ctx.settings.review ? `报办结（待核查${signed}）` : `报办结，已销号${signed}`;
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

/** 气-5.1 where the task has several limits. */
function limitCodeOf({ ledger }: Context, { task, limits }: Recorded): string {
  const limit = limits.find((one) => one.task === task && one.milestone !== null);
  return limitCode(ledger, task, limit?.milestone?.number ?? 0);
}

async function askSignature(ctx: Context, codes: string[], report: Report, way: Way, answered: Reply): Promise<Reply> {
  const signed = { ...report, details: { ...report.details, signedOff: true } };
  const say = codes.map((code) => way.typed(code, wordsOf(signed))).join('\n');
  const text = answered.kind === 'table' || answered.kind === 'card' ? '' : answered.text;
  const how = `已经审签的请回“已审签”；还没有的先报进展：/progress ${codes[0]} 情况。`;
  return ask(
    ctx,
    [text, how].filter(Boolean).join('\n'),
    [{ words: ['已审签', '是', '确认', '确认 已审签', '确认已审签'], say }],
    [{ label: '已审签', send: '已审签' }],
  );
}

async function chooseLimit(
  ctx: Context,
  report: Report,
  task: Task,
  choices: ReportChoice[],
  way: Way,
): Promise<Reply> {
  const options = choices.map((choice, index) => ({ number: index + 1, code: choiceCode(choice), choice }));
  const answers: Answers = options.map((option) => ({
    words: [String(option.number), option.code],
    say: way.typed(`${yearToType(ctx, task)}${choiceRef(option.choice)}`, wordsOf(report)),
  }));
  const lines = options.map((option) => `${option.number}. ${option.code} ${describe(ctx, option.choice)}`);
  const text = `${task.code}有${options.length}个时限还没报办结，这次报哪一个？请回序号：\n${lines.join('\n')}`;
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
