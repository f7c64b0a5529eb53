import type { AskedExtensions } from '../../domain/duty.js';
import { askedExtensions } from '../../domain/pending.js';
import type { Task } from '../../domain/task.js';
import { listRequestsOfTasks, listWaitingRequests, type RequestRow } from '../../store/requests.js';
import type { Context } from '../context.js';

/** Undecided requests that are about one of these tasks, oldest first. */
export async function readWaitingRequests(ctx: Context, tasks: readonly Task[]): Promise<RequestRow[]> {
  const waiting = await listWaitingRequests(ctx.tx, ctx.workspace);
  const keys = new Set(tasks.map((task) => `${task.year} ${task.key}`));
  return waiting.filter(
    ({ year, task, duties }) =>
      keys.has(`${year} ${task}`) || duties.some((key) => keys.has(`${key.year} ${key.task}`)),
  );
}

/** For a `DutyBook`: what was asked for in time and is undecided. */
export async function readAskedExtensions(ctx: Context): Promise<AskedExtensions> {
  const waiting = await listWaitingRequests(ctx.tx, ctx.workspace);
  return askedExtensions(
    ctx.ledger,
    waiting.filter(({ kind }) => kind === 'extension'),
  );
}

/** What was asked on these tasks of one year, whatever became of it; drafts of a leader are none of them. */
export async function readRequests(ctx: Context, tasks: readonly [Task, ...Task[]]): Promise<RequestRow[]> {
  const keys = tasks.map((task) => task.key);
  const requests = await listRequestsOfTasks(ctx.tx, ctx.workspace, tasks[0].year, keys);
  return requests.filter(({ kind }) => kind !== 'instruction');
}

/** All that wait, oldest first. */
export function listWaiting(ctx: Context): Promise<RequestRow[]> {
  return listWaitingRequests(ctx.tx, ctx.workspace);
}
