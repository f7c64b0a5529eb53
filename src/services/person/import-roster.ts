import type { RosterSheet } from '../../domain/roster-sheet.js';
import { BotError } from '../../errors.js';
import { listAllAccounts } from '../../store/people.js';
import type { Context } from '../context.js';
import { leave } from './depart.js';
import { refuseLastAdministrator } from './grant-role.js';
import { lockRoster } from './lock-roster.js';
import { planRoster, type RosterPlan } from './roster-plan.js';
import { changePerson, enterPeople, tieAccounts } from './write-roster.js';

const words = '名单导入';

/** What a sheet would do, by the roster as it stands. */
export async function proposeRoster(ctx: Context, sheet: RosterSheet): Promise<RosterPlan> {
  const { people } = await lockRoster(ctx, 'roster');
  return planRoster(ctx, sheet, people, await listAllAccounts(ctx.tx, ctx.workspace));
}

export const isEmpty = ({ added, changed, leaving }: RosterPlan) =>
  added.length + changed.length + leaving.length === 0;

/** Enters it, by the roster as it is then. */
export async function importRoster(ctx: Context, sheet: RosterSheet): Promise<RosterPlan> {
  const roster = await lockRoster(ctx, 'roster');
  const plan = planRoster(ctx, sheet, roster.people, await listAllAccounts(ctx.tx, ctx.workspace));
  if (isEmpty(plan)) throw new BotError('conflict', '名单和台账里的一样，没有变化。');
  const { writer } = roster;
  await enterPeople(writer, plan.added, words);
  for (const { before, after, accounts } of plan.changed) {
    const { unitId, roles, scope } = after;
    await changePerson(writer, before, { unitId, roles, scope }, words);
    await tieAccounts(writer, before.id, accounts);
  }
  let { people } = roster;
  for (const person of plan.leaving) {
    refuseLastAdministrator({ ...roster, people }, person);
    await leave(ctx, roster, person, `${words}：离任`);
    people = people.filter(({ id }) => id !== person.id);
  }
  return plan;
}
