import { reply } from '../../chat/message.js';
import { holds, type PersonId, reportsFor } from '../../domain/person.js';
import { askedBy, requestKindNames } from '../../domain/request.js';
import { BotError } from '../../errors.js';
import { listWaitingRequests, lockRequest, type RequestRow } from '../../store/requests.js';
import { listUpdatesOfTaskInOrder } from '../../store/updates.js';
import type { Context } from '../context.js';
import { tellPeople } from '../notice/tell.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { leadersOf } from './leaders-of.js';
import { type Reach, refuseUnlessWaiting } from './pick-request.js';
import { detailsOf, takeBack } from './record-request.js';
import { subjectCode, taskOf, unitOf } from './request-words.js';

/** What waits of the speaker's unit, and what the speaker has asked for. */
export async function ownReach(ctx: Context): Promise<Reach> {
  const mine = (await listWaitingRequests(ctx.tx, ctx.workspace)).filter((request) => isOwn(ctx, request));
  return { mine, asked: mine, nothing: '没有等待决定的申请可以撤回。撤销报送发“/undo”。' };
}

function isOwn(ctx: Context, { unitId, personId, kind }: RequestRow): boolean {
  if (kind === 'instruction') return personId === ctx.actor.person && holds(ctx.actor, 'leader');
  return unitId !== null && reportsFor(ctx.actor) === unitId;
}

/** Takes back a request while it waits; the history keeps both. */
export async function takeBackRequest(ctx: Context, seen: RequestRow): Promise<RequestRow> {
  const { person } = ctx.actor;
  if (person === null || !isOwn(ctx, seen)) {
    const who = seen.kind === 'instruction' ? '作出批示的领导' : `${unitOf(ctx.ledger, seen)}联络员`;
    throw new BotError('forbidden', `这件${requestKindNames[seen.kind]}由${who}撤回。发“/help”看你能用的命令。`);
  }
  const task = taskOf(ctx, seen);
  await lockWork(ctx, task);
  const locked = await lockRequest(ctx.tx, ctx.workspace, seen.number);
  if (!locked) throw new Error(`request ${seen.number} is gone`);
  const request = await refuseUnlessWaiting(ctx, locked);
  await takeBack(ctx, request.number, person);
  await recordTakenBack(ctx, request, person);
  await tellLeadersAsked(ctx, request);
  return request;
}

async function recordTakenBack(ctx: Context, request: RequestRow, person: PersonId): Promise<void> {
  const tasks = new Set([request, ...request.duties].map(({ year, task }) => taskOf(ctx, { year, task, duties: [] })));
  for (const task of tasks) {
    const updates = await listUpdatesOfTaskInOrder(ctx.tx, ctx.workspace, task.year, task.key);
    const asking = updates.find(
      ({ kind, details }) => kind === askedBy[request.kind] && details.request === request.number,
    );
    if (!asking) continue;
    await recordUpdate(ctx, {
      ...{ task, person, unit: asking.unitId, role: asking.role, kind: 'undo', note: '' },
      ...{ percent: null, changes: [], details: detailsOf(request), undoes: asking.sequence },
    });
  }
}

/** Who was asked to decide need not any more. */
async function tellLeadersAsked(ctx: Context, request: RequestRow): Promise<void> {
  if (!request.opinion) return;
  const leaders = await leadersOf(ctx, taskOf(ctx, request));
  const said = reply.text(
    `${unitOf(ctx.ledger, request)}已撤回${subjectCode(ctx.ledger, request)}的${requestKindNames[request.kind]}申请，不用再批。`,
  );
  await tellPeople(
    ctx,
    leaders.map(({ id }) => id),
    { key: `request ${request.number} taken back`, kind: 'request', said },
  );
}
