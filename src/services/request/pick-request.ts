import { type RequestKind, requestKindNames } from '../../domain/request.js';
import { BotError } from '../../errors.js';
import { findDelivery } from '../../store/deliveries.js';
import { findRequest, listWaitingRequests, type RequestRow } from '../../store/requests.js';
import type { Context } from '../context.js';
import { getTask, type TaskRef } from '../task/get-task.js';
import { noticeKey } from './request-notices.js';
import { outcomeText, subjectCode } from './request-words.js';
import { readRequestsAbout } from './waiting-requests.js';

/** How somebody names a request; nothing at all is the one that they were asked about. */
export interface Wanted {
  number: number | null;
  ref: TaskRef | null;
  kind: RequestKind | null;
}

export interface Reach {
  /** Those that the person may act on. */
  mine: RequestRow[];
  /** Those of them that wait for nobody else. */
  asked: RequestRow[];
  /** What to say where none waits. */
  nothing: string;
}

const askedTogetherMs = 600_000;

/** The waiting requests that are meant: one, or several of which the person has to choose. Throws where there is none. */
export async function requestsMeant(ctx: Context, wanted: Wanted, reach: Reach): Promise<RequestRow[]> {
  if (wanted.number !== null) return [await byNumber(ctx, wanted.number)];
  if (wanted.ref !== null) return byTask(ctx, wanted.ref, wanted.kind, reach.mine);
  const asked = reach.asked.filter(({ kind }) => wanted.kind === null || kind === wanted.kind);
  if (asked.length === 0) throw new BotError('not-found', nothingAsked(ctx, reach));
  const last = asked.length > 1 ? await lastAskedAbout(ctx, asked) : null;
  return last ? [last] : asked;
}

async function byNumber(ctx: Context, number: number): Promise<RequestRow> {
  const request = await findRequest(ctx.tx, ctx.workspace, number);
  if (!request) {
    throw new BotError(
      'not-found',
      `没有第${number}号申请。发“/extend”看等待决定的；联络员的申请发“/join 同意 号数”。`,
    );
  }
  return refuseUnlessWaiting(ctx, request);
}

export async function refuseUnlessWaiting(ctx: Context, request: RequestRow): Promise<RequestRow> {
  if (request.state === 'waiting') return request;
  const name = `${subjectCode(ctx.ledger, request)}的${requestKindNames[request.kind]}申请（第${request.number}号）`;
  throw new BotError('conflict', `${name}${await outcomeText(ctx, request)}，这次没有记。`);
}

async function byTask(ctx: Context, ref: TaskRef, kind: RequestKind | null, mine: RequestRow[]): Promise<RequestRow[]> {
  const task = getTask(ctx, ref);
  const fits = (request: RequestRow) =>
    request.year === task.year &&
    request.task === task.key &&
    (kind === null || request.kind === kind) &&
    (ref.milestone === null || request.duties.some(({ milestone }) => milestone === ref.milestone));
  const waiting = (await listWaitingRequests(ctx.tx, ctx.workspace)).filter(fits);
  const meant = waiting.filter(({ number }) => mine.some((one) => one.number === number));
  // What this person may not decide is refused where it would be decided, with who may.
  if (waiting.length > 0) return meant.length > 0 ? meant : waiting;
  const last = (await readRequestsAbout(ctx, task)).filter(fits).at(-1);
  if (last) await refuseUnlessWaiting(ctx, last);
  const name = kind === null ? '' : requestKindNames[kind];
  const others = mine.map((one) => `${subjectCode(ctx.ledger, one)} ${requestKindNames[one.kind]}`);
  const hint = others.length > 0 ? `等待决定的有：${others.slice(0, 5).join('、')}。` : '发“/extend”看等待决定的。';
  throw new BotError('not-found', `${task.code}没有等待决定的${name}申请。${hint}`);
}

function nothingAsked(ctx: Context, { mine, nothing }: Reach): string {
  const [first] = mine;
  if (!first) return nothing;
  const subject = `${subjectCode(ctx.ledger, first)} ${requestKindNames[first.kind]}`;
  return `${nothing}${subject}还在等督查室意见，要直接定，请写明编号，如“同意 ${subject}”。`;
}

/** One to one the last one that the person was told of, unless another was told at about the same time. */
async function lastAskedAbout(ctx: Context, asked: RequestRow[]): Promise<RequestRow | null> {
  if (!ctx.chat.private) return null;
  const told: { request: RequestRow; at: number }[] = [];
  for (const request of asked) {
    const notice = await findDelivery(ctx.tx, ctx.workspace, `${noticeKey(request)} ${ctx.actor.person}`);
    if (notice?.sentAt) told.push({ request, at: notice.sentAt.getTime() });
  }
  const [last, before] = told.sort((a, b) => b.at - a.at);
  if (!last || told.length === 0) return null;
  return before && last.at - before.at < askedTogetherMs ? null : last.request;
}
