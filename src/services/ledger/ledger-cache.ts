import { z } from 'zod';

import type { DutyKey } from '../../domain/duty.js';
import { buildLedger, type Extension, type FormerName, type Ledger } from '../../domain/ledger.js';
import type { LocalDate } from '../../domain/local-date.js';
import { type Heirs, heirsOf, unitsWithHeirs, withHeirs } from '../../domain/merged-units.js';
import type { Milestone } from '../../domain/milestone.js';
import type { PersonId } from '../../domain/person.js';
import type { Responsibility } from '../../domain/responsibility.js';
import type { Task } from '../../domain/task.js';
import { type UnitId, unitId } from '../../domain/unit.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { type LedgerRows, readLedger } from '../../store/ledger.js';
import type { Queries } from '../../store/queries.js';

/** Ledgers in memory, read anew when their version in the database is another. */
export class LedgerCache {
  readonly #ledgers = new Map<WorkspaceId, Ledger>();

  /** `version` is the one that the database holds, read in the same transaction. */
  async current(q: Queries, workspace: WorkspaceId, version: number): Promise<Ledger> {
    const held = this.#ledgers.get(workspace);
    if (held?.version === version) return held;
    const ledger = ledgerFrom(version, await readLedger(q, workspace));
    this.#ledgers.set(workspace, ledger);
    return ledger;
  }

  forget(): void {
    this.#ledgers.clear();
  }
}

function groupBy<Item>(items: Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

export function ledgerFrom(version: number, rows: LedgerRows): Ledger {
  const ofTask = (row: { year: number; task: string }) => `${row.year} ${row.task}`;
  const responsibilities = groupBy(rows.responsibilities, ofTask);
  const milestones = groupBy(rows.milestones, ofTask);
  const adjustments = groupBy(rows.adjustments, ofTask);
  const aliases = groupBy(rows.aliases, (row) => row.unitId);
  const members = groupBy(rows.members, (row) => row.groupId);
  const wholes = new Map(
    rows.links.filter((link) => link.state === 'confirmed').map((link) => [`${link.year} ${link.part}`, link.whole]),
  );
  const heirs = heirsOf(rows.units);
  const units = rows.units.map((row) => ({
    ...row,
    aliases: (aliases.get(row.id) ?? []).map(({ alias }) => alias),
    members: (members.get(row.id) ?? []).map(({ unitId }) => unitId),
  }));
  return buildLedger(
    version,
    rows.plans,
    rows.tasks.map(
      (row): Task =>
        withHeirs(
          adjusted(
            {
              ...row,
              responsibility: (responsibilities.get(`${row.year} ${row.key}`) ?? []).map(responsibilityFrom),
              milestones: (milestones.get(`${row.year} ${row.key}`) ?? []).map(milestoneFrom),
              partOf: wholes.get(`${row.year} ${row.key}`) ?? null,
              shortTitleSetBy: null,
              assembler: null,
              corrections: [],
            },
            adjustments.get(`${row.year} ${row.key}`) ?? [],
          ),
          heirs,
        ),
    ),
    unitsWithHeirs(units, heirs),
    rows.extensions.flatMap((row) => extensionsFrom(row, heirs)),
    { heirs, formerNames: formerNamesFrom(rows.unitChanges), carried: rows.carried },
  );
}

const named = z.object({ name: z.string() });

/** Every change of a name, as its row tells it. */
function formerNamesFrom(changes: LedgerRows['unitChanges']): Map<UnitId, FormerName[]> {
  const names = new Map<UnitId, FormerName[]>();
  for (const { subject, before, after, at } of changes) {
    const [was, is] = [named.safeParse(before), named.safeParse(after)];
    if (!was.success || !is.success || was.data.name === is.data.name) continue;
    const unit = unitId.parse(subject);
    names.set(unit, [...(names.get(unit) ?? []), { name: was.data.name, until: at }]);
  }
  return names;
}

function responsibilityFrom(row: LedgerRows['responsibilities'][number]): Responsibility {
  const { role, unitId, written, inherited, open, clauseGroup, line } = row;
  return { role, unit: unitId, written, inherited, open, group: clauseGroup, line, setBy: null };
}

function milestoneFrom(row: LedgerRows['milestones'][number]): Milestone {
  const { number, phrase, what, kind, every, by, line } = row;
  const days = { due: row.dueOn, from: row.fromOn, to: row.toOn };
  return { number, phrase, what, shortTitle: null, kind, ...days, every, by, line, setBy: null };
}

/** As the office set it, beside the words of the document. */
function adjusted(task: Task, adjustments: LedgerRows['adjustments']): Task {
  return adjustments.reduce(adjust, task);
}

function adjust(task: Task, adjustment: LedgerRows['adjustments'][number]): Task {
  const { kind, milestone, due, unitId, words, setBy } = adjustment;
  switch (kind) {
    case 'limit':
      // What an amended document states takes its place.
      return task.milestones.length > 0 ? task : { ...task, milestones: [limitSet(task, words, due, setBy)] };
    case 'assembler':
      return { ...task, assembler: unitId };
    case 'lead':
    case 'support': {
      if (unitId === null) return task;
      const entry = { written: '', inherited: false, open: false, group: 0, line: task.line };
      return { ...task, responsibility: [...task.responsibility, { ...entry, role: kind, unit: unitId, setBy }] };
    }
    case 'correction':
      return { ...task, corrections: [...task.corrections, words] };
    case 'short-title':
      if (milestone === null) return { ...task, shortTitle: words, shortTitleSetBy: setBy };
      return {
        ...task,
        milestones: task.milestones.map((one) => (one.number === milestone ? { ...one, shortTitle: words } : one)),
      };
  }
}

/** Reports on the task as it was without a limit count for it: both are the task itself. */
function limitSet(task: Task, phrase: string, due: LocalDate | null, setBy: PersonId): Milestone {
  const none = { from: null, to: null, every: null, by: null, shortTitle: null, line: task.line };
  return { ...none, number: 0, phrase, what: '', kind: 'date', due, setBy };
}

function extensionsFrom(row: LedgerRows['extensions'][number], heirs: Heirs): Extension[] {
  const { number, duties, statedDue, grantedDue, decidedBy, decidedAt } = row;
  if (statedDue === null || grantedDue === null || decidedBy === null || decidedAt === null) return [];
  const agreedBy = row.agreedBy ?? row.deciderName;
  const keyNow = (key: DutyKey) => ({ ...key, unit: heirs.get(key.unit) ?? key.unit });
  return duties.map((key) => ({
    key: keyNow(key),
    statedDue,
    due: grantedDue,
    request: number,
    decidedBy,
    decidedAt,
    agreedBy,
  }));
}
