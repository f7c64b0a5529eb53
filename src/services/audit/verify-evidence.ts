import type { WorkspaceId } from '../../domain/workspace.js';
import { type EvidenceRow, listAttachedEvidence } from '../../store/evidence.js';
import { readLedger } from '../../store/ledger.js';
import type { Queries } from '../../store/queries.js';
import { listAttachingUpdates } from '../../store/updates.js';

/** What is wrong with a piece: no row for what the history seals, a row that it does not seal, no content, another content. */
export type EvidenceFault = 'unlisted' | 'unsealed' | 'lost' | 'changed';

export interface FaultyEvidence {
  fault: EvidenceFault;
  year: number;
  code: string;
  sha256: string;
}

export interface EvidenceVerdict {
  pieces: number;
  bytes: number;
  /** Whose content was read, and not only its size looked at. */
  read: number;
  faulty: FaultyEvidence[];
}

/** How a content lies where it is kept. */
export interface ContentLook {
  size(sha256: string): Promise<number | null>;
  isWhole(sha256: string): Promise<boolean>;
}

const atOnce = 500;

/** Holds the rows of evidence against what the history seals, and each content against its size and hash, as far as time allows. */
export async function verifyEvidence(
  q: Queries,
  workspace: WorkspaceId,
  content: ContentLook,
  signal: AbortSignal,
): Promise<EvidenceVerdict> {
  const verdict: EvidenceVerdict = { pieces: 0, bytes: 0, read: 0, faulty: [] };
  const sealed = await sealedPieces(q, workspace);
  const codes = await codesOf(q, workspace);
  const code = (year: number, key: string) => codes.get(`${year} ${key}`) ?? key;
  const present: EvidenceRow[] = [];
  for await (const row of attachedRows(q, workspace)) {
    const { year, task, sha256, attachedBy, size } = row;
    const place = { year: year ?? 0, code: code(year ?? 0, task ?? ''), sha256 };
    verdict.pieces += 1;
    if (!sealed.delete(`${attachedBy} ${sha256} ${size}`)) verdict.faulty.push({ fault: 'unsealed', ...place });
    if (row.forgottenAt !== null) continue;
    verdict.bytes += size;
    const found = await content.size(sha256);
    if (found === size) present.push(row);
    else verdict.faulty.push({ fault: found === null ? 'lost' : 'changed', ...place });
  }
  for (const { year, task, sha256 } of sealed.values()) {
    verdict.faulty.push({ fault: 'unlisted', year, code: code(year, task), sha256 });
  }
  for (const { year, task, sha256 } of present) {
    if (signal.aborted) break;
    verdict.read += 1;
    if (await content.isWhole(sha256)) continue;
    verdict.faulty.push({ fault: 'changed', year: year ?? 0, code: code(year ?? 0, task ?? ''), sha256 });
  }
  return verdict;
}

interface Sealed {
  year: number;
  task: string;
  sha256: string;
}

async function sealedPieces(q: Queries, workspace: WorkspaceId): Promise<Map<string, Sealed>> {
  const sealed = new Map<string, Sealed>();
  for (let after = 0; ; ) {
    const updates = await listAttachingUpdates(q, workspace, after, atOnce);
    for (const { sequence, year, task, details } of updates) {
      for (const { sha256, size } of details.evidence ?? []) {
        sealed.set(`${sequence} ${sha256} ${size}`, { year, task, sha256 });
      }
    }
    const last = updates.at(-1);
    if (!last || updates.length < atOnce) return sealed;
    after = last.sequence;
  }
}

async function* attachedRows(q: Queries, workspace: WorkspaceId): AsyncGenerator<EvidenceRow> {
  for (let after = 0; ; ) {
    const rows = await listAttachedEvidence(q, workspace, after, atOnce);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return;
    after = last.sequence;
  }
}

async function codesOf(q: Queries, workspace: WorkspaceId): Promise<ReadonlyMap<string, string>> {
  const { tasks } = await readLedger(q, workspace);
  return new Map(tasks.map(({ year, key, code }) => [`${year} ${key}`, code]));
}
