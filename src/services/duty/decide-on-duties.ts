import { type DutyEvent, type DutyState, stateAfter } from '../../domain/duty.js';
import { workOf } from '../../domain/ledger.js';
import type { PersonId } from '../../domain/person.js';
import { hasInCharge } from '../../domain/rights.js';
import { milestoneCode, type Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { updateKindNames } from '../../domain/update-chain.js';
import { BotError } from '../../errors.js';
import type { Context } from '../context.js';
import { peopleWith, tellPeople } from '../notice/tell.js';
import { tellUnits } from '../notice/tell-units.js';
import { requireRight } from '../person/require-right.js';
import { getCurrentTask, refuseClosedPlan, type TaskRef } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { decisionNotice, decisionNoticeForOffice } from './decision-notice.js';
import { readDutyBook } from './duty-book.js';
import { changeTo, dutiesNamed, type NamedDuty, whereTheyStand } from './named-duties.js';

/** What is decided on duties with a reason, beside closing them. */
export const decisions = ['return', 'reopen', 'pause', 'resume', 'withdraw'] as const;
export type Decision = (typeof decisions)[number] & DutyEvent;

/** What each is for, as somebody is told who asks it of other duties. */
const meant: Record<Decision, string> = {
  return: '退回的是已报办结、待核查的，已销号的发“/reopen”重开',
  reopen: '重开的是已销号的',
  pause: '暂缓的是还没销号的',
  resume: '恢复的是暂缓或调整取消的',
  withdraw: '调整取消的是还没销号的',
};

/** Decided by the leader who has the work in charge. */
const byLeader: readonly Decision[] = ['pause', 'resume', 'withdraw'];

export interface Decided {
  task: Task;
  /** As they were before. */
  duties: NamedDuty[];
  /** Whom nobody could be told for. */
  withoutLiaison: UnitId[];
}

/** Sets the duties that a code means, and tells their units one to one. Throws a refusal that names who decides. */
export async function decideOnDuties(
  ctx: Context,
  decision: Decision,
  ref: TaskRef,
  unit: UnitId | null,
  reason: string,
): Promise<Decided> {
  const task = getCurrentTask(ctx, ref);
  const person = await requireDecider(ctx, decision, task);
  refuseWithoutReason(decision, task, reason);
  await lockWork(ctx, task);
  const { duties, afters } = await dutiesToDecide(ctx, decision, ref, unit);
  const changes = duties.map((duty, at) => changeTo(duty, afters[at] ?? duty.state));
  const words = { note: reason, percent: null, undoes: null };
  const sequence = await recordUpdate(ctx, { ...words, task, person, unit: null, role: null, kind: decision, changes });
  const told = { decision, task, duties, reason };
  const units = duties.map((duty) => duty.unit);
  const withoutLiaison = await tellUnits(ctx, units, (one) => decisionNotice(ctx, sequence, { ...told, unit: one }));
  if (byLeader.includes(decision)) {
    const office = await peopleWith(ctx, 'supervisor');
    await tellPeople(
      ctx,
      office.map(({ id }) => id),
      decisionNoticeForOffice(ctx, sequence, told),
    );
  }
  return { task, duties, withoutLiaison };
}

/** What would be decided; refuses what deciding it would refuse. */
export async function previewDecision(
  ctx: Context,
  decision: Decision,
  ref: TaskRef,
  unit: UnitId | null,
  reason: string,
): Promise<{ task: Task; duties: NamedDuty[] }> {
  const task = getCurrentTask(ctx, ref);
  await requireDecider(ctx, decision, task);
  refuseWithoutReason(decision, task, reason);
  const { duties } = await dutiesToDecide(ctx, decision, ref, unit);
  return { task, duties };
}

async function dutiesToDecide(
  ctx: Context,
  decision: Decision,
  ref: TaskRef,
  unit: UnitId | null,
): Promise<{ duties: NamedDuty[]; afters: DutyState[] }> {
  const task = getCurrentTask(ctx, ref);
  refuseClosedPlan(ctx, task);
  const work = workOf(ctx.ledger, task);
  const book = await readDutyBook(ctx, [work.task, ...work.parts]);
  const named = dutiesNamed(ctx, task, ref, unit, book);
  const moved = named.flatMap((duty) => {
    const after = stateAfter(duty.state, decision, ctx.settings);
    return after === null ? [] : [{ duty, after }];
  });
  const chosen = decision === 'reopen' && ref.occurrence === undefined ? lastOccurrences(moved) : moved;
  if (chosen.length === 0) {
    const code = milestoneCode(task.code, ref.milestone ?? 0);
    throw new BotError('conflict', `${code}：${whereTheyStand(ctx, task, named)}。${meant[decision]}，这次没有记。`);
  }
  return { duties: chosen.map(({ duty }) => duty), afters: chosen.map(({ after }) => after) };
}

/** Of a recurrence the last turn that was closed is opened again, not all of them. */
function lastOccurrences<Moved extends { duty: NamedDuty }>(moved: Moved[]): Moved[] {
  const placeOf = ({ duty: { key } }: Moved) => `${key.task} ${key.milestone} ${key.unit}`;
  const latest = new Map<string, string>();
  for (const one of moved) {
    const { occurrence } = one.duty.key;
    const known = latest.get(placeOf(one));
    if (known === undefined || known < occurrence) latest.set(placeOf(one), occurrence);
  }
  return moved.filter((one) => latest.get(placeOf(one)) === one.duty.key.occurrence);
}

async function requireDecider(ctx: Context, decision: Decision, task: Task): Promise<PersonId> {
  const person = requireRight(ctx, decision);
  if (!byLeader.includes(decision) || hasInCharge(ctx.actor, ctx.ledger, task)) return person;
  const names = await leadersInCharge(ctx, task);
  const who = names === '' ? '请督查室核对分管范围' : `请${names}来发`;
  throw new BotError('forbidden', `${task.code}不在你分管的范围，${updateKindNames[decision]}由分管领导决定，${who}。`);
}

async function leadersInCharge(ctx: Context, task: Task): Promise<string> {
  const leaders = await peopleWith(ctx, 'leader');
  return leaders
    .filter(({ scope }) => hasInCharge({ ...ctx.actor, scope }, ctx.ledger, task))
    .map(({ name }) => name)
    .join('、');
}

function refuseWithoutReason(decision: Decision, task: Task, reason: string): void {
  if (decision === 'resume' || reason !== '') return;
  throw new BotError('incomplete', `请写原因，如：/${decision} ${task.code} ${exampleReasons[decision]}`);
}

const exampleReasons: Record<Exclude<Decision, 'resume'>, string> = {
  return: '缺验收材料，请补充',
  reopen: '现场核查的情况与所报不一致',
  pause: '上级调整建设时序',
  withdraw: '项目并入上级统一实施',
};
