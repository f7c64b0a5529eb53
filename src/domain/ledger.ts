import { type DutyKey, dutyKeyText } from './duty.js';
import type { LocalDate } from './local-date.js';
import type { Heirs } from './merged-units.js';
import type { PersonId } from './person.js';
import type { Plan } from './plan.js';
import type { Responsibility, Role } from './responsibility.js';
import type { Task, TaskKey } from './task.js';
import type { Unit, UnitId } from './unit.js';

/** The plans, tasks and units of one workspace as they stand, held in memory until `version` changes. */
export interface Ledger {
  version: number;
  plans: Plan[];
  /** Those that the documents have now, in their order; a retired one is found only by its code or key. */
  tasks: Task[];
  units: ReadonlyMap<UnitId, Unit>;
  taskByCode: ReadonlyMap<string, Task>;
  taskByKey: ReadonlyMap<string, Task>;
  partsByKey: ReadonlyMap<string, Task[]>;
  /** Group nouns that a unit belongs to. */
  groupsOfUnit: ReadonlyMap<UnitId, UnitId[]>;
  /** By the text of the duty's key; that of an annex row holds for the whole that ends with it, too. */
  extensions: ReadonlyMap<string, Extension>;
  /** The tasks that have one. */
  extended: ReadonlySet<Task>;
  heirs: Heirs;
  /** What a unit was called before, oldest first. */
  formerNames: ReadonlyMap<UnitId, FormerName[]>;
  /** 结转: by the key of a task of a closed plan. */
  carriedTo: ReadonlyMap<string, Task>;
  carriedFrom: ReadonlyMap<string, Task[]>;
}

export interface FormerName {
  name: string;
  until: Date;
}

export interface Carried {
  fromYear: number;
  fromTask: TaskKey;
  toYear: number;
  toTask: TaskKey;
}

/** What became of units and plans since. */
export interface LedgerEvents {
  heirs?: Heirs;
  formerNames?: ReadonlyMap<UnitId, FormerName[]>;
  carried?: Carried[];
}

/** 延期, as agreed to. The document's own limit stays beside it. */
export interface Extension {
  key: DutyKey;
  statedDue: LocalDate;
  due: LocalDate;
  /** The request that was granted. */
  request: number;
  decidedBy: PersonId;
  decidedAt: Date;
  /** The name of the leader who agreed; `null` once that person is forgotten. */
  agreedBy: string | null;
}

const keyOf = (year: number, code: string) => `${year} ${code}`;

export function buildLedger(
  version: number,
  plans: Plan[],
  tasks: Task[],
  units: Unit[],
  extensions: Extension[] = [],
  { heirs = new Map(), formerNames = new Map(), carried = [] }: LedgerEvents = {},
): Ledger {
  const [retired, current] = [tasks.filter((task) => task.retired), tasks.filter((task) => !task.retired)];
  const partsByKey = new Map<string, Task[]>();
  for (const task of current) {
    if (task.partOf === null) continue;
    const key = keyOf(task.year, task.partOf);
    partsByKey.set(key, [...(partsByKey.get(key) ?? []), task]);
  }
  const groupsOfUnit = new Map<UnitId, UnitId[]>();
  for (const group of units) {
    for (const member of group.members) {
      groupsOfUnit.set(member, [...(groupsOfUnit.get(member) ?? []), group.id]);
    }
  }
  const taskByKey = new Map(tasks.map((task) => [keyOf(task.year, task.key), task]));
  const links = carried.flatMap(({ fromYear, fromTask, toYear, toTask }) => {
    const [from, to] = [taskByKey.get(keyOf(fromYear, fromTask)), taskByKey.get(keyOf(toYear, toTask))];
    return from && to ? [{ from, to }] : [];
  });
  const ledger: Ledger = {
    version,
    plans,
    tasks: current,
    units: new Map(units.map((unit) => [unit.id, unit])),
    taskByCode: new Map([...retired, ...current].map((task) => [keyOf(task.year, task.code), task])),
    taskByKey,
    partsByKey,
    groupsOfUnit,
    extensions: new Map(),
    extended: new Set(),
    heirs,
    formerNames,
    carriedTo: new Map(links.map(({ from, to }) => [keyOf(from.year, from.key), to])),
    carriedFrom: new Map(
      [...Map.groupBy(links, ({ to }) => to)].map(([to, some]) => [
        keyOf(to.year, to.key),
        some.map(({ from }) => from),
      ]),
    ),
  };
  return { ...ledger, ...extensionsIn(ledger, extensions) };
}

function extensionsIn(ledger: Ledger, granted: Extension[]): Pick<Ledger, 'extensions' | 'extended'> {
  const extensions = new Map(granted.map((extension) => [dutyKeyText(extension.key), extension]));
  for (const extension of [...extensions.values()]) {
    const key = dutyOfWhole(ledger, extension.key);
    const own = key && extensions.get(dutyKeyText(key));
    if (key && (!own || own.due < extension.due)) extensions.set(dutyKeyText(key), { ...extension, key });
  }
  const tasks = [...extensions.values()].map(({ key }) => taskOfKey(ledger, key.year, key.task));
  return { extensions, extended: new Set(tasks.filter((task) => task !== undefined)) };
}

/** The duty of the same unit on the whole that ends with this one of an annex row, because the document gives both one day. */
export function dutyOfWhole(ledger: Ledger, key: DutyKey): DutyKey | null {
  const part = taskOfKey(ledger, key.year, key.task);
  const whole = part && wholeOf(ledger, part);
  if (!whole || whole === part || !decides(ledger, whole, key.unit)) return null;
  const due = part.milestones.find(({ number }) => number === key.milestone)?.due ?? null;
  const same = whole.milestones.find((milestone) => milestone.kind === 'date' && milestone.due === due);
  return due !== null && same ? { ...key, task: whole.key, milestone: same.number } : null;
}

/** A task by its code: that of `year`, or of the plans that are meant where no year is typed. */
export function findTask(ledger: Ledger, code: string, meant: number | readonly Plan[]): Task | undefined {
  if (typeof meant === 'number') return ledger.taskByCode.get(keyOf(meant, code));
  for (const { year, prefix } of meant) {
    const task = code.startsWith(prefix) ? ledger.taskByCode.get(keyOf(year, code)) : undefined;
    if (task?.prefix === prefix) return task;
  }
  return undefined;
}

/** The task that a row of the history or a duty belongs to. */
export function taskOfKey(ledger: Ledger, year: number, key: TaskKey): Task | undefined {
  return ledger.taskByKey.get(keyOf(year, key));
}

/** What people call the task of a row of the history. */
export function codeOf(ledger: Ledger, year: number, key: TaskKey): string {
  return taskOfKey(ledger, year, key)?.code ?? key;
}

export function planOf(ledger: Ledger, task: Task): Plan | undefined {
  return ledger.plans.find((plan) => plan.prefix === task.prefix && plan.year === task.year);
}

/** The year's work of its plan is over. */
export function isClosedPlan(ledger: Ledger, task: Task): boolean {
  return (planOf(ledger, task)?.closedOn ?? null) !== null;
}

export function unitName(ledger: Ledger, id: UnitId): string {
  return ledger.units.get(id)?.name ?? id;
}

export function unitNames(ledger: Ledger, ids: Iterable<UnitId>): string {
  return [...ids].map((id) => unitName(ledger, id)).join('、');
}

/** Who has this unit's work now: itself, or the one that it was merged into. */
export function heirOf(ledger: Ledger, id: UnitId): UnitId {
  return ledger.heirs.get(id) ?? id;
}

/** What the unit was called then, as it stands in what was written at that time. */
export function unitNameAt(ledger: Ledger, id: UnitId, at: Date): string {
  const then = ledger.formerNames.get(id)?.find(({ until }) => at <= until);
  return then?.name ?? unitName(ledger, id);
}

/** The task of a later plan that goes on with this one, of a closed plan. */
export function carriedTo(ledger: Ledger, task: Task): Task | undefined {
  return ledger.carriedTo.get(keyOf(task.year, wholeOf(ledger, task).key));
}

/** The tasks of closed plans that this one goes on with. */
export function carriedFrom(ledger: Ledger, task: Task): Task[] {
  return ledger.carriedFrom.get(keyOf(task.year, wholeOf(ledger, task).key)) ?? [];
}

/** For sorting units as the documents first name them, which is how they are always listed. */
export function inDocumentOrder(ledger: Ledger): (a: UnitId, b: UnitId) => number {
  const position = (unit: UnitId) => ledger.units.get(unit)?.position ?? 0;
  return (a, b) => position(a) - position(b);
}

/** The units that report for this entry: itself, or the members of a group noun that the roster expands. */
export function membersOf(ledger: Ledger, id: UnitId): UnitId[] {
  const members = ledger.units.get(id)?.members ?? [];
  return members.length > 0 ? members : [id];
}

/** The roles in which the task names this unit, directly or as one of a group noun. */
export function rolesIn(ledger: Ledger, task: Task, unit: UnitId): Responsibility[] {
  const names = new Set([unit, ...(ledger.groupsOfUnit.get(unit) ?? [])]);
  return task.responsibility.filter((entry) => names.has(entry.unit));
}

export function unitsInRole(task: Task, role: Role): UnitId[] {
  return [
    ...new Set(
      task.responsibility.filter((entry) => entry.role === role && !entry.inherited).map((entry) => entry.unit),
    ),
  ];
}

/** A unit that decides the status of a task; a group noun counts as one party with many members. */
export interface Party {
  unit: UnitId;
  members: UnitId[];
}

/** The leads, or all implementers where the document names no lead. Inherited units owe no report of their own. */
export function decidingParties(ledger: Ledger, task: Task): Party[] {
  const leads = unitsInRole(task, 'lead');
  const units = leads.length > 0 ? leads : unitsInRole(task, 'implement');
  return units.map((unit) => ({ unit, members: membersOf(ledger, unit) }));
}

export function decides(ledger: Ledger, task: Task, unit: UnitId): boolean {
  return decidingParties(ledger, task).some((party) => party.members.includes(unit));
}

/** A piece of work 项: a task with the annex rows that repeat or divide it. */
export interface Work {
  task: Task;
  parts: Task[];
}

export function partsOf(ledger: Ledger, task: Task): Task[] {
  return ledger.partsByKey.get(keyOf(task.year, task.key)) ?? [];
}

/** The body task that an annex row is part of, or the task itself. */
export function wholeOf(ledger: Ledger, task: Task): Task {
  return (task.partOf !== null && taskOfKey(ledger, task.year, task.partOf)) || task;
}

export function workOf(ledger: Ledger, task: Task): Work {
  const whole = wholeOf(ledger, task);
  return { task: whole, parts: partsOf(ledger, whole) };
}

export function listWorks(ledger: Ledger, tasks: Task[] = ledger.tasks): Work[] {
  const seen = new Set<Task>();
  const works: Work[] = [];
  for (const task of tasks) {
    const work = workOf(ledger, task);
    if (seen.has(work.task)) continue;
    seen.add(work.task);
    works.push(work);
  }
  return works;
}

/** 2项（4条）: pieces of work, with the ledger's rows in brackets where they differ. */
export function countText(works: number, rows: number): string {
  return rows === works ? `${works}项` : `${works}项（${rows}条）`;
}
