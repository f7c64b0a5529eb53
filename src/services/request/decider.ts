import { holds, type PersonId, reportsFor } from '../../domain/person.js';
import { hasInCharge } from '../../domain/rights.js';
import { BotError } from '../../errors.js';
import type { RequestRow } from '../../store/requests.js';
import type { Context } from '../context.js';
import { requireRight } from '../person/require-right.js';
import { leadersOf } from './leaders-of.js';
import type { Reach } from './pick-request.js';
import { subjectCode, taskOf } from './request-words.js';
import { listWaiting } from './waiting-requests.js';

export interface Decider {
  person: PersonId;
  role: 'leader' | 'supervisor';
}

/** Who acts, when they may decide this request. Throws a refusal that names who does. */
export async function deciderOf(ctx: Context, request: RequestRow): Promise<Decider> {
  const { person, role } =
    request.kind === 'extension' ? await extensionDecider(ctx, request) : supervisorFor(ctx, request);
  const own = request.personId === person || (request.unitId !== null && reportsFor(ctx.actor) === request.unitId);
  if (own) throw new BotError('forbidden', '自己单位提出的申请由别人决定。发“/mine”看等待处理的。');
  return { person, role };
}

function supervisorFor(ctx: Context, request: RequestRow): Decider {
  refuseInstruction(request);
  return { person: requireRight(ctx, 'decide-request'), role: 'supervisor' };
}

/** It is sent, not decided. */
export function refuseInstruction({ kind, number }: RequestRow): void {
  if (kind !== 'instruction') return;
  throw new BotError('invalid', `第${number}号是批示，核后按提示或交办发出，不用提意见或同意。发“/mine”看等待处理的。`);
}

async function extensionDecider(ctx: Context, request: RequestRow): Promise<Decider> {
  const person = requireRight(ctx, 'decide-extension');
  const code = subjectCode(ctx.ledger, request);
  if (holds(ctx.actor, 'leader')) {
    const task = taskOf(ctx, request);
    if (hasInCharge(ctx.actor, ctx.ledger, task)) return { person, role: 'leader' };
    const leaders = await leadersOf(ctx, task);
    if (leaders.some(({ id }) => id === person)) return { person, role: 'leader' };
    const names = leaders.map(({ name }) => name).join('、');
    throw new BotError('forbidden', `${code}由${names}分管，延期由分管领导批准。发“/mine”看等你决定的。`);
  }
  if (ctx.settings.extensionsBy === 'supervisor') return { person, role: 'supervisor' };
  throw new BotError(
    'forbidden',
    `延期由分管领导批准。提意见发“${code}延期 建议同意”或“${code}延期 建议不同意 理由”。`,
  );
}

/** The requests that the speaker may decide. */
export async function decisionReach(ctx: Context): Promise<Reach> {
  const mine: RequestRow[] = [];
  for (const request of await listWaiting(ctx)) {
    if (await mayDecide(ctx, request)) mine.push(request);
  }
  const entersDecisions = holds(ctx.actor, 'supervisor') && ctx.settings.extensionsBy === 'supervisor';
  const asked = mine.filter(({ kind, opinion }) => kind !== 'extension' || opinion !== null || entersDecisions);
  return { mine, asked, nothing: '没有等你决定的申请。' };
}

async function mayDecide(ctx: Context, request: RequestRow): Promise<boolean> {
  try {
    await deciderOf(ctx, request);
    return true;
  } catch (error) {
    if (error instanceof BotError) return false;
    throw error;
  }
}
