import { dayName, wallClock } from '../domain/local-date.js';
import { requestKindNames } from '../domain/request.js';
import type { Task } from '../domain/task.js';
import type { Context } from '../services/context.js';
import { instructionText } from '../services/request/request-notices.js';
import { daysOf, quoted, type RequestRow, subjectOf, unitOf } from '../services/request/request-words.js';
import { readRequestsAbout } from '../services/request/waiting-requests.js';

/** 第1号 延期：县住建局 气附-6 9月30日→10月15日，德欣…（9月26日申请，待督查室提意见） */
export function requestLine(ctx: Context, request: RequestRow): string {
  const { number, kind, askedAt, words, inTime } = request;
  const day = dayName(wallClock(askedAt, ctx.timeZone).date, ctx.today);
  const name = `第${number}号 ${requestKindNames[kind]}：`;
  if (kind === 'instruction') return `${name}${instructionText(ctx, request)}（${day}，待核后发出）`;
  const what = [unitOf(ctx.ledger, request), subjectOf(ctx.ledger, request), daysOf(request, ctx.today)];
  const late = inTime ? '' : '（时限后提出）';
  return `${name}${what.filter(Boolean).join(' ')}${late}，${quoted(words)}（${day}申请，${waitingFor(ctx, request)}）`;
}

/** Whose turn it is. */
function waitingFor(ctx: Context, { kind, opinion }: RequestRow): string {
  if (kind !== 'extension') return '待督查室定';
  if (opinion) return `督查室建议${opinion.favours ? '' : '不'}同意，待领导批`;
  return ctx.settings.extensionsBy === 'supervisor' ? '待督查室报领导定' : '待督查室提意见';
}

/** What waits on a task or its annex rows, and whose duties were taken away there. */
export async function requestLines(ctx: Context, task: Task): Promise<{ waiting: string[]; relieved: string[] }> {
  const requests = await readRequestsAbout(ctx, task);
  const waiting = requests.filter(({ state }) => state === 'waiting');
  const relieved = requests.filter(({ state, kind }) => state === 'granted' && kind !== 'extension');
  return {
    waiting: waiting.map((request) => `待定：${requestLine(ctx, request)}`),
    relieved: relieved.map((request) => relievedLine(ctx, request)),
  };
}

/** 县商务局不涉及气-17.1（督查室9月26日同意），不再列入待报。 */
function relievedLine(ctx: Context, request: RequestRow): string {
  const { kind, decidedAt } = request;
  const day = decidedAt ? dayName(wallClock(decidedAt, ctx.timeZone).date, ctx.today) : '';
  const what = kind === 'exemption' ? '不涉及' : '提出职责异议：';
  return `${unitOf(ctx.ledger, request)}${what}${subjectOf(ctx.ledger, request)}（督查室${day}同意），不再列入待报。`;
}
