import { reply } from '../../chat/message.js';
import { taskOfKey, unitName } from '../../domain/ledger.js';
import { type LocalDate, momentOf } from '../../domain/local-date.js';
import type { PersonId } from '../../domain/person.js';
import type { Owed } from '../../domain/round.js';
import { type Task, taskName } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { nearDayText } from '../../domain/wording.js';
import { closeOfDay } from '../../domain/working-hours.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { findGroup } from '../../store/groups.js';
import type { Tx } from '../../store/queries.js';
import { closeRound, listOpenRounds, markRoundReminded, type RoundRow } from '../../store/rounds.js';
import { listWorkspaces, type WorkspaceRow } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import { tellPeople } from '../notice/tell.js';
import { hearersOf } from '../person/hearers-of.js';
import { type Scheduling, scheduleContext } from '../schedule/schedule-context.js';
import { standingOfRound } from './rounds.js';

const remindAt = '08:35';
const worksNamed = 10;
const unitsNamed = 20;

/** After a round's last day who opened it is told how it ended. */
export async function runRounds(deps: Scheduling, now: Date): Promise<void> {
  for (const workspace of await listWorkspaces(deps.store.read)) {
    for (const round of await listOpenRounds(deps.store.read, workspace.id)) {
      if (now < momentsOf(round, deps.timeZone).close) continue;
      await deps.store.transaction((tx) => endRound(deps, tx, workspace, round, now));
    }
  }
}

/** The open rounds whose last morning it is and whose missing ones have not been reminded. */
export async function roundsToRemind(deps: Scheduling, workspace: WorkspaceId, now: Date): Promise<RoundRow[]> {
  const rounds = await listOpenRounds(deps.store.read, workspace);
  return rounds.filter((round) => {
    const { remind, close } = momentsOf(round, deps.timeZone);
    return round.remindedAt === null && remind <= now && now < close;
  });
}

/** The moments at which an open round has something to do, for a clock that is moved. */
export async function roundMomentsBetween(deps: Scheduling, after: Date, until: Date): Promise<Date[]> {
  const moments: Date[] = [];
  for (const workspace of await listWorkspaces(deps.store.read)) {
    for (const round of await listOpenRounds(deps.store.read, workspace.id)) {
      moments.push(...Object.values(momentsOf(round, deps.timeZone)));
    }
  }
  return moments.filter((moment) => moment > after && moment <= until);
}

function momentsOf({ lastDay }: { lastDay: LocalDate }, timeZone: string) {
  return { remind: momentOf(lastDay, remindAt, timeZone), close: momentOf(lastDay, closeOfDay, timeZone) };
}

async function endRound(deps: Scheduling, tx: Tx, workspace: WorkspaceRow, row: RoundRow, now: Date): Promise<void> {
  const group = await findGroup(tx, workspace.id, row.groupId);
  if (!group) return;
  const ctx = await scheduleContext(deps, tx, workspace, group, now);
  const { round, left } = await standingOfRound(ctx, row);
  if (await closeRound(tx, workspace.id, round.number, now)) await tellEnd(ctx, round, left);
}

/** What one person is told in the morning of one matter. */
export interface MorningPart {
  lines: string[];
  /** Whose work it is about; `null` for what is no unit's. */
  unit: UnitId | null;
  works: Task[];
}

/** What each liaison of those missing is told on the last morning, once, about what they have not muted. */
export async function roundReminders(ctx: Context, row: RoundRow): Promise<Map<PersonId, MorningPart>> {
  const told = new Map<PersonId, MorningPart>();
  if (!(await markRoundReminded(ctx.tx, ctx.workspace, row.number, ctx.now))) return told;
  const { round, left } = await standingOfRound(ctx, row);
  for (const { unit, tasks } of left) {
    for (const { person, hears } of await hearersOf(ctx, unit)) {
      const shown = tasks.filter(hears);
      if (shown.length > 0) told.set(person, reminder(ctx, round, { unit, tasks: shown }));
    }
  }
  return told;
}

function reminder(ctx: Context, round: RoundRow, { unit, tasks }: Owed): MorningPart {
  const works = tasks.map(({ year, key }) => ({ key, task: taskOfKey(ctx.ledger, year, key) }));
  const named = works.slice(0, worksNamed).map(({ key, task }) => (task ? taskName(task) : key));
  const more = works.length > worksNamed ? `等${works.length}项` : '';
  const lines = [
    `${round.name}今天截止，${unitName(ctx.ledger, unit)}还有${works.length}项没有报：`,
    `${named.join('；')}${more}`,
    '请下班前单聊发我：写编号和情况，没有变化回“无变化”。',
  ];
  return { lines, unit, works: works.flatMap(({ task }) => task ?? []) };
}

async function tellEnd(ctx: Context, round: RoundRow, left: Owed[]): Promise<void> {
  const given = round.owed.length - left.length;
  const named = left
    .slice(0, unitsNamed)
    .map(({ unit, tasks }) => `${unitName(ctx.ledger, unit)}（${tasks.length}项）`);
  const more = left.length > unitsNamed ? `等${left.length}家` : '';
  await tellPeople(ctx, [round.openedBy], {
    key: `round ${round.number} end`,
    kind: 'round-end',
    said: reply.text(
      `${round.name}${nearDayText(round.lastDay, ctx.today)}截止：应报${round.owed.length}家，报齐${given}家。`,
      left.length > 0 ? `没有报齐的${left.length}家：${named.join('、')}${more}。以上只反映收到的报告。` : null,
    ),
  });
}
