import type { Reply } from '../../chat/message.js';
import { firstWorkingDayAfter } from '../../domain/calendar.js';
import { momentOf, wallClock } from '../../domain/local-date.js';
import type { ActorRole, PersonId } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import { closeOfDay, nextWorkingMoment } from '../../domain/working-hours.js';
import type { GroupId } from '../../domain/workspace.js';
import { enqueueDelivery } from '../../store/deliveries.js';
import { listGroups } from '../../store/groups.js';
import { listPeople, type PersonRow } from '../../store/people.js';
import type { Context } from '../context.js';
import { oneToOneChat } from '../roster/roster-cache.js';

export interface Telling {
  /** Unique for what is told; told twice it goes out once. */
  key: string;
  said: Reply;
  kind: string;
}

/** One to one, in working hours, until the end of the working day after. */
export async function tellPeople(ctx: Context, people: Iterable<PersonId>, telling: Telling): Promise<void> {
  for (const person of new Set(people)) await enqueue(ctx, person, { ...telling, key: `${telling.key} ${person}` });
}

/** Once in the group that `groupToTell` names, in working hours, until the end of the working day after. */
export async function tellGroup(ctx: Context, group: GroupId, telling: Telling): Promise<void> {
  await enqueue({ ...ctx, group }, null, telling);
}

/** Where something about these tasks is said to all: here, or, asked for one to one, in the first group that has their plans. */
export async function groupToTell(ctx: Context, tasks: Iterable<Pick<Task, 'prefix'>>): Promise<GroupId> {
  if (!ctx.chat.private) return ctx.group;
  const { platform, account } = ctx.message;
  const prefixes = [...new Set([...tasks].map(({ prefix }) => prefix))].filter(
    (one) => one !== ctx.settings.assignedPrefix,
  );
  const bound = (await listGroups(ctx.tx, ctx.workspace)).filter(
    (one) => one.platform === platform && one.account === account && one.chatId !== oneToOneChat && one.lostAt === null,
  );
  const meant = bound.find(({ plans }) => plans === null || prefixes.every((prefix) => plans.includes(prefix)));
  return meant?.id ?? ctx.group;
}

/** Active people with one of these roles, but not the one who acts. */
export async function peopleWith(ctx: Context, ...roles: ActorRole[]): Promise<PersonRow[]> {
  const people = await listPeople(ctx.tx, ctx.workspace);
  return people.filter(
    (one) => one.active && one.id !== ctx.actor.person && roles.some((role) => one.roles.includes(role)),
  );
}

async function enqueue(ctx: Context, personId: PersonId | null, { key, said, kind }: Telling): Promise<void> {
  const notBefore = nextWorkingMoment(ctx.now, ctx.timeZone);
  const { date: day } = wallClock(notBefore, ctx.timeZone);
  ctx.owes.others = true;
  await enqueueDelivery(ctx.tx, ctx.workspace, {
    key,
    groupId: ctx.group,
    personId,
    kind,
    target: null,
    reply: said,
    notBefore,
    usefulUntil: momentOf(firstWorkingDayAfter(day), closeOfDay, ctx.timeZone),
    createdAt: ctx.now,
  });
}
