import { holds, reportsFor } from '../domain/person.js';
import { type RequestKind, requestKindNames } from '../domain/request.js';
import type { Context } from '../services/context.js';
import { listWaiting } from '../services/request/waiting-requests.js';
import { type Reply, reply } from './message.js';
import { requestLine } from './request-line.js';

const shown = 20;

/** What waits for a decision: a liaison's own unit's, everybody else's all. */
export async function waitingReply(ctx: Context, kind: RequestKind): Promise<Reply> {
  const unit = reportsFor(ctx.actor);
  const all = await listWaiting(ctx);
  const waiting = all.filter((request) => request.kind === kind && (unit === null || request.unitId === unit));
  const name = requestKindNames[kind];
  if (waiting.length === 0) {
    return reply.text(`没有等待决定的${name}申请。`, unit === null ? null : '申请发“/extend 编号 日期 原因”。');
  }
  const items = waiting.slice(0, shown).map((request) => requestLine(ctx, request));
  const more = waiting.length > shown ? `另有${waiting.length - shown}件。` : '';
  return reply.card(`等待决定的${name}申请${waiting.length}件：`, {
    blocks: [
      { kind: 'items', items },
      { kind: 'note', text: `${more}${nextStep(ctx)}` },
    ],
  });
}

function nextStep(ctx: Context): string {
  if (reportsFor(ctx.actor) !== null) return '要撤回发“撤回延期 编号”。批准前时限不变。';
  if (holds(ctx.actor, 'leader')) return '回“同意 编号 延期”或“不同意 编号 延期 理由”。';
  if (!holds(ctx.actor, 'supervisor')) return '批准前时限不变。看一项发“/task 编号”。';
  return ctx.settings.extensionsBy === 'supervisor'
    ? '报领导定后，回“同意 编号 延期 某领导同意”或“不同意 编号 延期 理由”。'
    : '提意见发“编号延期 建议同意”或“编号延期 建议不同意 理由”。';
}
