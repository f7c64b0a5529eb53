import { taskOfKey, wholeOf } from '../../domain/ledger.js';
import { addDays, dayName, type LocalDate } from '../../domain/local-date.js';
import type { Mute } from '../../domain/mute.js';
import type { PersonId } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import { BotError } from '../../errors.js';
import { deleteMute, listMutes, putMute } from '../../store/mutes.js';
import type { Context } from '../context.js';
import { getCurrentTask, getTask, type TaskRef } from '../task/get-task.js';

const longestDays = 366;

/** No personal reminders about these pieces of work up to that day. */
export async function muteTasks(ctx: Context, refs: TaskRef[], untilOn: LocalDate): Promise<Task[]> {
  const person = refuseStranger(ctx);
  if (untilOn < ctx.today) throw new BotError('invalid', `${dayName(untilOn, ctx.today)}已经过了，请写以后的日期。`);
  if (untilOn > addDays(ctx.today, longestDays)) throw new BotError('invalid', '最多免打扰一年，请写近一些的日期。');
  const tasks = worksOf(
    ctx,
    refs.map((ref) => getCurrentTask(ctx, ref)),
  );
  for (const task of tasks) {
    await putMute(ctx.tx, ctx.workspace, { personId: person, year: task.year, task: task.key, untilOn });
  }
  return tasks;
}

/** Returns those that were muted. */
export async function unmuteTasks(ctx: Context, refs: TaskRef[]): Promise<Task[]> {
  const person = refuseStranger(ctx);
  const ended: Task[] = [];
  for (const task of worksOf(
    ctx,
    refs.map((ref) => getTask(ctx, ref)),
  )) {
    if (await deleteMute(ctx.tx, ctx.workspace, { person, year: task.year, task: task.key })) ended.push(task);
  }
  return ended;
}

export interface MutedTask {
  task: Task;
  untilOn: LocalDate;
}

/** The speaker's own. */
export async function mutedTasks(ctx: Context): Promise<MutedTask[]> {
  const mutes = await mutesOf(ctx, refuseStranger(ctx));
  return mutes.flatMap(({ year, task, untilOn }) => {
    const found = taskOfKey(ctx.ledger, year, task);
    return found ? [{ task: found, untilOn }] : [];
  });
}

/** What a person is not to be reminded of today. */
export async function mutesOf(ctx: Context, person: PersonId): Promise<Mute[]> {
  return listMutes(ctx.tx, ctx.workspace, person, ctx.today);
}

const worksOf = ({ ledger }: Context, tasks: Task[]) => [...new Set(tasks.map((task) => wholeOf(ledger, task)))];

function refuseStranger({ actor }: Context): PersonId {
  if (actor.person !== null) return actor.person;
  throw new BotError('forbidden', '名单里还没有你，不会单独提醒你。要当联络员，发“/join 单位名”。');
}
