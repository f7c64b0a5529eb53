import { requestKindNames } from '../domain/request.js';
import { BotError } from '../errors.js';
import type { Context } from '../services/context.js';
import { requestsMeant } from '../services/request/pick-request.js';
import { type RequestRow, subjectCode } from '../services/request/request-words.js';
import { ownReach, takeBackRequest } from '../services/request/take-back.js';
import { type Reply, reply } from './message.js';
import { readDecision } from './read-decision.js';
import { chooseRequest } from './request-decision-reply.js';

/** Takes back what the speaker's unit asked for, while it waits. */
export async function takeBackReply(ctx: Context, typed = ''): Promise<Reply> {
  const meant = await meantBy(ctx, typed);
  const [request, ...others] = meant;
  if (!request || others.length > 0) return chooseRequest(ctx, meant, 'take-back', typed);
  const taken = await takeBackRequest(ctx, request);
  return reply.text(`已撤回：${nameOf(ctx, taken)}。历史里留有记录，需要时可以再申请。`);
}

export async function previewTakeBack(ctx: Context, typed = ''): Promise<string> {
  const [request, ...others] = await meantBy(ctx, typed);
  if (!request || others.length > 0)
    throw new BotError('invalid', '等待决定的不止一件，请写编号，如“撤回申请 气附-6”。');
  return `撤回：${nameOf(ctx, request)}`;
}

async function meantBy(ctx: Context, typed: string): Promise<RequestRow[]> {
  const { number, kind, refs } = readDecision(ctx, typed);
  return requestsMeant(ctx, { number, kind, ref: refs[0] ?? null }, await ownReach(ctx));
}

function nameOf(ctx: Context, request: RequestRow): string {
  const name = `第${request.number}号${requestKindNames[request.kind]}`;
  return request.kind === 'instruction' ? name : `${name}（${subjectCode(ctx.ledger, request)}）`;
}
