import type { DaySeal } from '../../domain/day-seal.js';
import type { HistoryFacts, HistoryRow, NamedEvidence } from '../../domain/history-row.js';
import { type EvidenceRow, listEvidenceOfReports } from '../../store/evidence.js';
import { listGroups } from '../../store/groups.js';
import { listPeople } from '../../store/people.js';
import type { Queries } from '../../store/queries.js';
import { listSeals } from '../../store/seals.js';
import { findNewestUpdate, listUpdatesInOrder, type UpdateRow } from '../../store/updates.js';
import type { WorkspaceRow } from '../../store/workspaces.js';
import { readWhole } from '../ledger/read-whole.js';

/** A history with the moment of its last row. */
export interface WholeHistory extends HistoryFacts {
  last: Date | null;
}

const atOnce = 500;

/** The history up to the row that is the last one now; its rows are read page by page, and what comes later is not among them. */
export async function readHistory(q: Queries, { id, name }: WorkspaceRow, timeZone: string): Promise<WholeHistory> {
  const last = await findNewestUpdate(q, id);
  const through = last?.sequence ?? 0;
  const people = new Map((await listPeople(q, id)).map((person) => [person.id, person.name]));
  const groups = new Map((await listGroups(q, id)).map((group) => [group.id, group.name]));
  const seals = await listSeals(q, id);
  const sealOf = sealFinder(seals);

  async function* rows(): AsyncGenerator<HistoryRow> {
    for (let after = 0; ; ) {
      const page = await listUpdatesInOrder(q, id, { after, upTo: through }, atOnce);
      const reports = new Set(page.flatMap(({ details }) => details.report ?? []));
      const pieces = Map.groupBy(
        await listEvidenceOfReports(q, id, [...reports], { ever: true }),
        ({ attachedBy }) => attachedBy,
      );
      for (const update of page) {
        yield {
          update,
          person: people.get(update.personId) ?? update.personId,
          group: update.groupId && (groups.get(update.groupId) ?? null),
          evidence: namedIn(update, pieces.get(update.sequence) ?? []),
          sealed: sealOf(update),
        };
      }
      const read = page.at(-1);
      if (!read || page.length < atOnce) return;
      after = read.sequence;
    }
  }

  return {
    workspace: { id, name },
    ledger: await readWhole(q, id),
    timeZone,
    through,
    last: last?.at ?? null,
    seals,
    rows,
  };
}

function namedIn({ details }: UpdateRow, pieces: EvidenceRow[]): NamedEvidence[] {
  return (details.evidence ?? []).map((sealed) => ({
    ...sealed,
    name: pieces.find(({ sha256 }) => sha256 === sealed.sha256)?.name ?? null,
  }));
}

function sealFinder(seals: DaySeal[]): (update: UpdateRow) => HistoryRow['sealed'] {
  const ends = new Map<string, { day: DaySeal['day']; hash: string; updateCount: number }[]>();
  for (const { day, hash, heads } of seals) {
    for (const { year, key, updateCount } of heads) {
      const name = `${year} ${key}`;
      const ofTask = ends.get(name) ?? [];
      ofTask.push({ day, hash, updateCount });
      ends.set(name, ofTask);
    }
  }
  return ({ year, task, number }) => {
    const found = ends.get(`${year} ${task}`)?.find(({ updateCount }) => updateCount >= number);
    return found ? { day: found.day, hash: found.hash } : null;
  };
}
