import type { PersonId } from '../../domain/person.js';
import { askedBy } from '../../domain/request.js';
import type { Task } from '../../domain/task.js';
import type { UpdateDetails, UpdateKind } from '../../domain/update-chain.js';
import { decideRequest, insertRequest, listWaitingRequests, type RequestRow } from '../../store/requests.js';
import type { Context } from '../context.js';
import { recordUpdate } from '../update/record-update.js';

export type NewRequest = Pick<RequestRow, 'kind' | 'duties' | 'unitId' | 'words' | 'statedDue' | 'newDue' | 'inTime'>;

/** Enters a request and its row of the history; one that waits for the same takes its place. Lock the work first. */
export async function recordRequest(
  ctx: Context,
  { task, person, role, ...asked }: NewRequest & { task: Task; person: PersonId; role: string | null },
  isReplaced: (waiting: RequestRow) => boolean,
): Promise<{ request: RequestRow; replaced: RequestRow[] }> {
  const waiting = await listWaitingRequests(ctx.tx, ctx.workspace);
  const replaced = waiting.filter((one) => one.kind === asked.kind && one.unitId === asked.unitId && isReplaced(one));
  for (const { number } of replaced) await takeBack(ctx, number, person);
  const row = {
    ...asked,
    year: task.year,
    task: task.key,
    personId: person,
    askedAt: ctx.now,
    groupId: ctx.group,
  };
  const number = await insertRequest(ctx.tx, ctx.workspace, row);
  const undecided = {
    opinion: null,
    decidedBy: null,
    decidedAt: null,
    decision: null,
    agreedBy: null,
    grantedDue: null,
  };
  const request: RequestRow = { ...row, ...undecided, workspace: ctx.workspace, number, state: 'waiting' };
  const [first] = replaced;
  const isInstruction = asked.kind === 'instruction';
  // An instruction that names no task is told in no task's history.
  if (isInstruction && asked.duties.length === 0) return { request, replaced };
  await recordUpdate(ctx, {
    task,
    person,
    unit: isInstruction ? null : asked.unitId,
    role,
    kind: askedBy[asked.kind],
    note: asked.words,
    percent: null,
    changes: [],
    details: { ...detailsOf(request), ...(first ? { replaces: first.number } : {}) },
    undoes: null,
  });
  return { request, replaced };
}

/** Marks it as taken back; false when it was decided before. */
export function takeBack(ctx: Context, number: number, person: PersonId): Promise<boolean> {
  return decideRequest(ctx.tx, ctx.workspace, number, {
    state: 'taken-back',
    decidedBy: person,
    decidedAt: ctx.now,
    decision: null,
    agreedBy: null,
    grantedDue: null,
  });
}

/** What every row of the history about this request says of it. */
export function detailsOf({ number, kind, unitId, newDue, duties, task }: RequestRow): UpdateDetails {
  const own = duties.filter((key) => key.task === task);
  const [only] = own;
  const single = only !== undefined && own.length === 1 && duties.length === 1;
  return {
    request: number,
    about: kind,
    ...(unitId === null ? {} : { of: unitId }),
    ...(newDue === null ? {} : { newDate: newDue }),
    ...(single && only.milestone > 0 ? { milestone: only.milestone } : {}),
    ...(single && only.occurrence !== '' ? { occurrence: only.occurrence } : {}),
  };
}

export const requestUpdateKinds: ReadonlySet<UpdateKind> = new Set(Object.values(askedBy));
