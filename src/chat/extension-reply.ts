import { decides, decidingParties, dutyOfWhole, partsOf, unitNames, wholeOf } from '../domain/ledger.js';
import { dutyKeyOf } from '../domain/limit.js';
import { dayName, type LocalDate } from '../domain/local-date.js';
import { clauseOf } from '../domain/milestone.js';
import { dueText, shorten } from '../domain/wording.js';
import { BotError } from '../errors.js';
import type { CodeMention } from '../language/codes.js';
import type { NewDay } from '../language/new-day.js';
import type { Context } from '../services/context.js';
import { choiceCode } from '../services/duty/take-report.js';
import { type Answers, ask } from '../services/question/ask.js';
import {
  askExtension,
  type ExtensionAnswer,
  type ExtensionPlan,
  type ExtensionWish,
  planExtension,
} from '../services/request/ask-extension.js';
import { quoted, subjectOf } from '../services/request/request-words.js';
import { yearToType } from '../services/task/code-to-type.js';
import { answerEach } from './answer-each.js';
import { type Reply, reply } from './message.js';

export interface TypedExtension {
  period: string | null;
  newDay: NewDay | null;
  reason: string;
}

/** Asks for each of the codes and says what that means until it is decided. */
export function extensionReply(ctx: Context, codes: CodeMention[], typed: TypedExtension): Promise<Reply> {
  return answerEach(codes, async (code) => {
    const answer = await askExtension(ctx, code, wishOf(typed));
    return answer.kind === 'choose' ? chooseLimit(ctx, answer, typed) : askedReply(ctx, answer);
  });
}

/** 气-3 延期到10月15日（周日），…，原时限9月30日，原因：… */
export async function previewExtension(ctx: Context, codes: CodeMention[], typed: TypedExtension): Promise<string> {
  const lines: string[] = [];
  for (const code of codes) {
    const plan = await planExtension(ctx, code, wishOf(typed));
    if (plan.kind === 'choose') throw new BotError('invalid', whichLimit(ctx, plan));
    lines.push(`${planText(ctx, plan)}，原因：${quoted(typed.reason)}`);
  }
  return lines.join('\n');
}

function wishOf({ period, newDay, reason }: TypedExtension): ExtensionWish {
  return { period, dayFrom: newDay === null ? null : (due) => newDay.from(due), reason };
}

type Asked = Extract<ExtensionAnswer, { kind: 'ready' }>;

function askedReply(ctx: Context, asked: Asked): Reply {
  const { request, replaced, inTime, due } = asked;
  const [before] = replaced;
  const who = ctx.settings.extensionsBy === 'supervisor' ? '转督查室报领导定' : '转督查室提出意见，报分管领导批准';
  const light = inTime
    ? '批准前时限不变，但不亮红灯。'
    : `申请时时限${dayName(due, ctx.today)}已过，批准前仍按原时限计。`;
  return reply.text(
    `已登记延期申请（第${request.number}号）：${planText(ctx, asked)}，原因：${quoted(request.words)}。`,
    `${who}。${light}`,
    effectText(ctx, asked),
    before ? `原来的第${before.number}号申请由这次代替。` : null,
    '要撤回发“/undo”。',
  );
}

function planText(ctx: Context, plan: ExtensionPlan): string {
  const { task, unit, limits, due, newDue } = plan;
  const duties = limits.map((limit) => dutyKeyOf(limit, unit));
  const subject = subjectOf(ctx.ledger, { year: task.year, task: task.key, duties });
  return `${subject}，${presentDay(ctx, plan, due)}，申请延至${dueText(newDue, ctx.today)}`;
}

function presentDay(ctx: Context, { limits }: ExtensionPlan, due: LocalDate): string {
  const stated = limits.find((limit) => limit.due === due)?.statedDue ?? null;
  const day = dayName(due, ctx.today);
  return stated === null ? `原时限${day}` : `现时限${day}（原时限${dayName(stated, ctx.today)}）`;
}

/** 气附-3不受影响，气-3随两条附表办结。 */
function effectText(ctx: Context, { task, unit, limits }: ExtensionPlan): string | null {
  const { ledger } = ctx;
  const whole = wholeOf(ledger, task);
  const [limit] = limits;
  if (whole === task || !limit) return othersText(ctx, { task, unit });
  if (!dutyOfWhole(ledger, dutyKeyOf(limit, unit))) return `${whole.code}的时限不受影响。`;
  const stated = limit.statedDue ?? limit.due;
  const siblings = partsOf(ledger, whole).filter(
    (part) => part !== task && decides(ledger, part, unit) && part.milestones.some(({ due }) => due === stated),
  );
  if (siblings.length === 0) return `${whole.code}随其办结。`;
  const count = siblings.length === 1 ? '两' : `${siblings.length + 1}`;
  return `${siblings.map(({ code }) => code).join('、')}不受影响，${whole.code}随${count}条附表办结。`;
}

const unitsNamed = 3;

function othersText({ ledger }: Context, { task, unit }: Pick<ExtensionPlan, 'task' | 'unit'>): string | null {
  const others = decidingParties(ledger, task)
    .flatMap(({ members }) => members)
    .filter((member) => member !== unit);
  if (others.length === 0) return null;
  const names = others.length > unitsNamed ? `其他${others.length}家单位` : unitNames(ledger, others);
  return `${names}的时限不变。`;
}

type Choose = Extract<ExtensionAnswer, { kind: 'choose' }>;

interface Option {
  code: string;
  period: string;
  text: string;
}

function optionsOf(ctx: Context, { choices }: Choose): Option[] {
  return choices.map((choice) => {
    const [limit] = choice.limits;
    const period = limit?.period?.label ?? '';
    const day = limit?.due ? `（${dayName(limit.due, ctx.today)}）` : '';
    const clause = limit?.milestone ? clauseOf(limit.milestone) : '';
    const what = shorten(clause || limit?.task.shortTitle || '', 30);
    return { code: choiceCode(choice), period, text: `${limit?.milestone?.phrase ?? ''}${day}：${what}` };
  });
}

function whichLimit(ctx: Context, choose: Choose): string {
  const options = optionsOf(ctx, choose).map(({ code, period, text }) => `${code}${period && ` ${period}`}（${text}）`);
  return `${choose.task.code}有${options.length}个时限，请写明延哪一个：${options.join('；')}`;
}

async function chooseLimit(ctx: Context, choose: Choose, { newDay, reason }: TypedExtension): Promise<Reply> {
  const options = optionsOf(ctx, choose);
  const answers: Answers = options.map(({ code, period }, index) => ({
    words: [String(index + 1), period === '' ? code : `${code} ${period}`],
    say: `/extend ${yearToType(ctx, choose.task)}${code} ${period} ${newDay?.words ?? ''} ${reason}`,
  }));
  const lines = options.map(
    ({ code, period, text }, index) => `${index + 1}. ${code}${period && ` ${period}`} ${text}`,
  );
  return ask(
    ctx,
    `${choose.task.code}有${options.length}个时限，延哪一个？请回序号：\n${lines.join('\n')}`,
    answers,
    options.map(({ code, period }, index) => ({ label: `${code}${period}`, send: String(index + 1) })),
  );
}
