import { type DutyBook, type DutyKey, type DutyState, dutyKeyText, untouched } from '../../domain/duty.js';
import { decides, type Ledger, rolesIn } from '../../domain/ledger.js';
import { joinStatuses } from '../../domain/limit.js';
import { isLiaisonOf, type Person } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import type { Unit, UnitId } from '../../domain/unit.js';
import type { DutyChange } from '../../domain/update-chain.js';
import { BotError } from '../../errors.js';
import { type DutyRow, listDuties } from '../../store/duties.js';
import { listPeople } from '../../store/people.js';
import { listWaitingRequests, setRequestUnit } from '../../store/requests.js';
import { updateUnit } from '../../store/units.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { lockRoster } from '../person/lock-roster.js';
import { requireRight } from '../person/require-right.js';
import { changePerson } from '../person/write-roster.js';
import { lockWork, recordUpdate } from '../update/record-update.js';
import { liveUnit, noteUnit } from './unit-changes.js';

/** What would go from one unit to the other. */
export interface Merger {
  from: Unit;
  into: Unit;
  /** Tasks that name the first. */
  tasks: Task[];
  /** Those that both decide and of which they have reported differently: they count as the one that is less far. */
  uneven: Task[];
  liaisons: Person[];
}

export async function proposeMerger(ctx: Context, fromId: UnitId, intoId: UnitId): Promise<Merger> {
  requireRight(ctx, 'unit');
  const [from, into] = [liveUnit(ctx, fromId), liveUnit(ctx, intoId)];
  if (from.id === into.id) throw new BotError('invalid', '并入要写两个单位，如：/unit 县A局 并入 县B局');
  const group = [from, into].find(({ members }) => members.length > 0);
  if (group) throw new BotError('invalid', `“${group.name}”是一组单位，不能并入。请写具体单位的名称。`);
  const tasks = [...ctx.ledger.taskByKey.values()].filter((task) => rolesIn(ctx.ledger, task, from.id).length > 0);
  const moved = await movedDuties(ctx, from.id, into.id);
  const uneven = moved.filter(({ uneven }) => uneven).map(({ task }) => task);
  const people = await listPeople(ctx.tx, ctx.workspace);
  return { from, into, tasks, uneven, liaisons: people.filter((person) => isLiaisonOf(person, from.id)) };
}

/**
 * 并入: what the first decides is decided by the second from then on. Each duty that the first has reported on goes on as the
 * second's, as far as it was; history keeps who reported.
 */
export async function mergeUnits(
  ctx: Context,
  fromId: UnitId,
  intoId: UnitId,
  { moveLiaisons }: { moveLiaisons: boolean },
): Promise<Merger> {
  const by = requireRight(ctx, 'unit');
  const { people, writer } = await lockRoster(ctx, 'unit');
  const merger = await proposeMerger(ctx, fromId, intoId);
  const { from, into } = merger;
  const words = `${from.name}并入${into.name}`;
  for (const { task, changes } of await movedDuties(ctx, from.id, into.id, lockWork)) {
    if (changes.length === 0) continue;
    const nothing = { unit: null, role: null, percent: null, undoes: null };
    await recordUpdate(ctx, { ...nothing, task, person: by, kind: 'amend', note: `机构改革：${words}`, changes });
  }
  await moveRequests(ctx, from.id, into.id);
  for (const person of people) {
    const scope = person.scope && withUnit(person.scope, from.id, into.id);
    const isOf = person.unitId === from.id;
    if (!isOf && scope === person.scope) continue;
    const roles = isOf && !moveLiaisons ? person.roles.filter((role) => role !== 'liaison') : person.roles;
    await changePerson(writer, person, { unitId: isOf ? into.id : person.unitId, roles, scope }, words);
  }
  await updateUnit(ctx.tx, ctx.workspace, from.id, { mergedInto: into.id });
  await noteUnit(ctx, by, from.id, { before: { mergedInto: null }, after: { mergedInto: into.id }, words });
  return merger;
}

interface MovedDuties {
  task: Task;
  changes: DutyChange[];
  uneven: boolean;
}

/** Task by task what the second's duties become; `lock` where they are to be changed. */
async function movedDuties(
  ctx: Context,
  from: UnitId,
  into: UnitId,
  lock?: (ctx: Context, task: Task) => Promise<void>,
): Promise<MovedDuties[]> {
  const { ledger } = ctx;
  const moved: MovedDuties[] = [];
  for (const [year, tasks] of Map.groupBy(ledger.taskByKey.values(), (task) => task.year)) {
    const deciding = tasks.filter((task) => decides(ledger, task, from)).sort((a, b) => a.position - b.position);
    for (const task of deciding) await lock?.(ctx, task);
    const rows = await listDuties(ctx.tx, ctx.workspace, year);
    const book = await readDutyBook(ctx, deciding);
    for (const task of deciding) {
      const own = rows.filter((row) => row.task === task.key);
      const { changes, uneven } = movedOf(ledger, task, own, book, { from, into });
      if (changes.length > 0 || uneven) moved.push({ task, changes, uneven });
    }
  }
  return moved;
}

function movedOf(
  ledger: Ledger,
  task: Task,
  rows: DutyRow[],
  book: DutyBook,
  { from, into }: { from: UnitId; into: UnitId },
): Omit<MovedDuties, 'task'> {
  const both = decides(ledger, task, into);
  const reported = rows.filter(({ unitId }) => unitId === from || (both && unitId === into));
  const keys = new Map(reported.map(keyOf).map((key) => [dutyKeyText({ ...key, unit: into }), key]));
  const changes: DutyChange[] = [];
  let uneven = false;
  for (const key of keys.values()) {
    const [first, second] = [book.stateOf({ ...key, unit: from }), book.stateOf({ ...key, unit: into })];
    uneven ||= both && first.status !== second.status;
    const after = both ? lessFar(first, second) : first;
    if (!isSame(second, after)) changes.push({ ...key, unit: into, before: second, after });
  }
  return { changes, uneven };
}

const keyOf = ({ year, task, milestone, occurrence, unitId: unit }: DutyRow): DutyKey => ({
  year,
  task,
  milestone,
  occurrence,
  unit,
});

/** Done only where both have reported it done. */
function lessFar(first: DutyState, second: DutyState): DutyState {
  const status = joinStatuses([first.status, second.status]);
  const percent = first.percent === second.percent ? first.percent : null;
  const problem = first.problem || second.problem;
  return status === 'unreported' ? untouched : { status, percent, problem };
}

const isSame = (a: DutyState, b: DutyState) =>
  a.status === b.status && a.percent === b.percent && a.problem === b.problem;

async function moveRequests(ctx: Context, from: UnitId, into: UnitId): Promise<void> {
  for (const request of await listWaitingRequests(ctx.tx, ctx.workspace)) {
    if (request.unitId !== from && !request.duties.some(({ unit }) => unit === from)) continue;
    const duties = request.duties.map((key) => (key.unit === from ? { ...key, unit: into } : key));
    const unitId = request.unitId === from ? into : request.unitId;
    if (unitId !== null) await setRequestUnit(ctx.tx, ctx.workspace, request.number, { unitId, duties });
  }
}

function withUnit(scope: NonNullable<Person['scope']>, from: UnitId, into: UnitId): NonNullable<Person['scope']> {
  if (!scope.units.includes(from)) return scope;
  return { ...scope, units: [...new Set(scope.units.map((unit) => (unit === from ? into : unit)))] };
}
