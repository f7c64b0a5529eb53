import { workOf } from '../../domain/ledger.js';
import { requestKindNames } from '../../domain/request.js';
import { BotError } from '../../errors.js';
import type { PersonRow } from '../../store/people.js';
import { lockRequest, type RequestRow, setOpinion } from '../../store/requests.js';
import type { Opinion } from '../../store/tables.js';
import type { Context } from '../context.js';
import { requireRight } from '../person/require-right.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { refuseInstruction } from './decider.js';
import { leadersOf } from './leaders-of.js';
import type { Reach } from './pick-request.js';
import { refuseUnlessWaiting } from './pick-request.js';
import { detailsOf } from './record-request.js';
import { tellLeaders } from './request-notices.js';
import { subjectCode, taskOf } from './request-words.js';
import { listWaiting } from './waiting-requests.js';

/** The requests on which a supervisor may give an opinion. */
export async function adviceReach(ctx: Context): Promise<Reach> {
  requireRight(ctx, 'advise');
  const waiting = await listWaiting(ctx);
  const mine = waiting.filter(({ kind }) => kind === 'extension');
  const asked = mine.filter(({ opinion }) => opinion === null);
  return { mine: asked, asked, nothing: '没有等你提意见的延期申请。发“/extend”看全部。' };
}

/** A supervisor's opinion on an extension; the leaders in charge are asked with it. */
export async function advise(
  ctx: Context,
  { number, year, task: key, duties }: RequestRow,
  { favours, words }: { favours: boolean; words: string },
): Promise<{ request: RequestRow; leaders: PersonRow[] }> {
  const person = requireRight(ctx, 'advise');
  const task = taskOf(ctx, { year, task: key, duties });
  await lockWork(ctx, workOf(ctx.ledger, task).task);
  const locked = await lockRequest(ctx.tx, ctx.workspace, number);
  if (!locked) throw new Error(`request ${number} is gone`);
  const request = await refuseUnlessWaiting(ctx, locked);
  refuseInstruction(request);
  if (request.kind !== 'extension') {
    const name = `${subjectCode(ctx.ledger, request)} ${requestKindNames[request.kind]}`;
    throw new BotError('invalid', `${name}由督查室决定，不用提意见。发“同意 ${name}”或“不同意 ${name} 理由”。`);
  }
  const update = await recordUpdate(ctx, {
    task,
    person,
    unit: null,
    role: 'supervisor',
    kind: 'advise',
    note: `建议${favours ? '' : '不'}同意${words ? `，${words}` : ''}`,
    percent: null,
    changes: [],
    details: detailsOf(request),
    undoes: null,
  });
  const opinion: Opinion = { favours, words, by: person, at: ctx.now.toISOString(), update };
  await setOpinion(ctx.tx, ctx.workspace, number, opinion);
  const leaders = await leadersOf(ctx, task);
  const advised = { ...request, opinion };
  await tellLeaders(ctx, advised, leaders);
  return { request: advised, leaders };
}
