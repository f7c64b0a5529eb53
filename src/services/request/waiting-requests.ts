import type { AskedExtensions, DutyKey } from '../../domain/duty.js';
import { partsOf, taskOfKey, wholeOf } from '../../domain/ledger.js';
import { askedExtensions } from '../../domain/pending.js';
import type { Task } from '../../domain/task.js';
import { listRequestsOfTasks, listWaitingRequests, type RequestRow } from '../../store/requests.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';

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

/** What was asked about a task or its annex rows, whatever became of it; a leader's drafts are none of them. */
export async function readRequestsAbout(ctx: Context, task: Task): Promise<RequestRow[]> {
  const parts = partsOf(ctx.ledger, task).map(({ key }) => key);
  const keys = [task.key, wholeOf(ctx.ledger, task).key, ...parts];
  const requests = await listRequestsOfTasks(ctx.tx, ctx.workspace, task.year, [...new Set(keys)]);
  const own = new Set([task.key, ...parts]);
  return requests.filter(
    ({ kind, task: asked, duties }) =>
      kind !== 'instruction' && (own.has(asked) || duties.some((key) => key.task === task.key)),
  );
}

/** All that wait for somebody, oldest first; not those about work that has been closed or taken away since. */
export async function listWaiting(ctx: Context): Promise<RequestRow[]> {
  const waiting = await listWaitingRequests(ctx.tx, ctx.workspace);
  const asked = waiting.filter(({ kind }) => kind !== 'instruction').flatMap(({ duties }) => duties);
  const tasks = new Set(asked.flatMap(({ year, task }) => taskOfKey(ctx.ledger, year, task) ?? []));
  const book = await readDutyBook(ctx, [...tasks]);
  const isOver = (key: DutyKey) => ['closed', 'withdrawn'].includes(book.statusOf(key));
  return waiting.filter(({ kind, duties }) => kind === 'instruction' || duties.length === 0 || !duties.every(isOver));
}
