import { createHash } from 'node:crypto';

import type { DutyKey, DutyStatus } from './duty.js';

/** done 报办结, progress 报进展, undo 撤销, amend 文件修订. */
export type UpdateKind = 'done' | 'progress' | 'undo' | 'amend';

export const updateKindNames: Record<UpdateKind, string> = {
  done: '报办结',
  progress: '报进展',
  undo: '撤销',
  amend: '修订',
};

/** What an update did to one duty. */
export interface DutyChange extends DutyKey {
  before: DutyStatus;
  after: DutyStatus;
}

/** The part of an update that its hash seals: everything but its place in the table. */
export interface SealedUpdate {
  workspace: string;
  year: number;
  task: string;
  /** Counts from 1 within the task. */
  number: number;
  at: Date;
  personId: string;
  unitId: string | null;
  role: string | null;
  groupId: string | null;
  platform: string;
  messageId: string;
  kind: string;
  note: string;
  percent: number | null;
  changes: DutyChange[];
  undoes: number | null;
}

export interface Seal {
  version: number;
  algorithm: string;
  previousHash: string;
  hash: string;
}

const version = 1;
const algorithm = 'sha256';

/** Fields in a fixed order as JSON, so that the same update gives the same text on every engine. */
function canonicalText(update: SealedUpdate): string {
  const changes = update.changes.map((change) => [
    change.task,
    change.milestone,
    change.occurrence,
    change.unit,
    change.before,
    change.after,
  ]);
  return JSON.stringify([
    update.workspace,
    update.year,
    update.task,
    update.number,
    update.at.toISOString(),
    update.personId,
    update.unitId,
    update.role,
    update.groupId,
    update.platform,
    update.messageId,
    update.kind,
    update.note,
    update.percent,
    changes,
    update.undoes,
  ]);
}

export function sealUpdate(update: SealedUpdate, previousHash: string): Seal {
  const text = `${version}\n${algorithm}\n${previousHash}\n${canonicalText(update)}`;
  return { version, algorithm, previousHash, hash: createHash(algorithm).update(text).digest('hex') };
}

/** `unlinked`: whole in itself, and does not follow the one before. `head`: not the one that the task keeps as its last. */
export type ChainBreakKind = 'changed' | 'missing' | 'unlinked' | 'cut-off' | 'uncounted' | 'head' | 'unknown-form';

export interface ChainBreak {
  /** The number within the task of the first update that is not as it was written. */
  number: number;
  kind: ChainBreakKind;
}

/** Where a task's history first differs from what was written; `null` when it is whole. */
export function firstBreak(
  updates: (SealedUpdate & Seal)[],
  head: { updateCount: number; lastHash: string },
): ChainBreak | null {
  let previousHash = '';
  for (const [index, update] of updates.entries()) {
    const kind = breakAt(update, index + 1, previousHash);
    if (kind !== null) return { number: index + 1, kind };
    previousHash = update.hash;
  }
  const { length } = updates;
  if (length < head.updateCount) return { number: length + 1, kind: 'cut-off' };
  if (length > head.updateCount) return { number: head.updateCount + 1, kind: 'uncounted' };
  return previousHash === head.lastHash ? null : { number: length, kind: 'head' };
}

function breakAt(update: SealedUpdate & Seal, number: number, previousHash: string): ChainBreakKind | null {
  if (update.version !== version || update.algorithm !== algorithm) return 'unknown-form';
  if (update.number > number) return 'missing';
  if (sealUpdate(update, update.previousHash).hash !== update.hash) return 'changed';
  return update.number === number && update.previousHash === previousHash ? null : 'unlinked';
}
