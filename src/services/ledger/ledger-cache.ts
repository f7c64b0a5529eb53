import { buildLedger, type Extension, type Ledger } from '../../domain/ledger.js';
import type { Milestone } from '../../domain/milestone.js';
import type { Responsibility } from '../../domain/responsibility.js';
import type { Task } from '../../domain/task.js';
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
  return buildLedger(
    version,
    rows.plans,
    rows.tasks.map(
      (row): Task =>
        adjusted(
          {
            ...row,
            responsibility: (responsibilities.get(`${row.year} ${row.key}`) ?? []).map(responsibilityFrom),
            milestones: (milestones.get(`${row.year} ${row.key}`) ?? []).map(milestoneFrom),
            partOf: wholes.get(`${row.year} ${row.key}`) ?? null,
            assembler: null,
            corrections: [],
          },
          adjustments.get(`${row.year} ${row.key}`) ?? [],
        ),
    ),
    rows.units.map((row) => ({
      ...row,
      aliases: (aliases.get(row.id) ?? []).map(({ alias }) => alias),
      members: (members.get(row.id) ?? []).map(({ unitId }) => unitId),
    })),
    rows.extensions.flatMap(extensionsFrom),
  );
}

function responsibilityFrom(row: LedgerRows['responsibilities'][number]): Responsibility {
  const { role, unitId, written, inherited, open, clauseGroup, line } = row;
  return { role, unit: unitId, written, inherited, open, group: clauseGroup, line, setBy: null };
}

function milestoneFrom(row: LedgerRows['milestones'][number]): Milestone {
  const { number, phrase, what, kind, every, by, line } = row;
  return { number, phrase, what, kind, due: row.dueOn, from: row.fromOn, to: row.toOn, every, by, line, setBy: null };
}

/** As the office set it, beside the words of the document. */
function adjusted(task: Task, adjustments: LedgerRows['adjustments']): Task {
  return adjustments.reduce(adjust, task);
}

function adjust(task: Task, { kind, due, unitId, words, setBy }: LedgerRows['adjustments'][number]): Task {
  switch (kind) {
    case 'limit': {
      const number = Math.max(0, ...task.milestones.map((milestone) => milestone.number)) + 1;
      const none = { from: null, to: null, every: null, by: null, line: task.line };
      const milestone: Milestone = { ...none, number, phrase: words, what: '', kind: 'date', due, setBy };
      return { ...task, milestones: [...task.milestones, milestone] };
    }
    case 'assembler':
      return { ...task, assembler: unitId };
    case 'lead':
    case 'support': {
      if (unitId === null) return task;
      const others = task.responsibility.filter((entry) => entry.unit !== unitId);
      const plain = { written: '', inherited: false, open: false, group: 0, line: task.line };
      return { ...task, responsibility: [...others, { ...plain, role: kind, unit: unitId, setBy }] };
    }
    case 'correction':
      return { ...task, corrections: [...task.corrections, words] };
    case 'short-title':
      return { ...task, shortTitle: words };
  }
}

function extensionsFrom(row: LedgerRows['extensions'][number]): Extension[] {
  const { number, duties, statedDue, grantedDue, decidedBy, decidedAt, agreedBy } = row;
  if (statedDue === null || grantedDue === null || decidedBy === null || decidedAt === null) return [];
  return duties.map((key) => ({ key, statedDue, due: grantedDue, request: number, decidedBy, decidedAt, agreedBy }));
}
