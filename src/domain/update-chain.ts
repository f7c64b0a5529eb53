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

/** Done on standing work is the end of this time round only. */
export function updateKindName({ kind, standing }: { kind: UpdateKind; standing: boolean }): string {
  return standing ? '报本期完成' : updateKindNames[kind];
}

/** Whether an update is such a report. */
export function isStandingDone({ kind, changes }: { kind: UpdateKind; changes: DutyChange[] }): boolean {
  return kind === 'done' && changes.some((change) => change.after === 'in-progress');
}

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

/** The number of the first update that was changed, is missing or does not follow its predecessor; `null` when whole. */
export function firstBreak(
  updates: (SealedUpdate & Seal)[],
  head: { updateCount: number; lastHash: string },
): number | null {
  let previousHash = '';
  for (const [index, update] of updates.entries()) {
    const expected = sealUpdate(update, previousHash);
    const known = update.version === version && update.algorithm === algorithm;
    if (
      !known ||
      update.number !== index + 1 ||
      update.previousHash !== previousHash ||
      update.hash !== expected.hash
    ) {
      return index + 1;
    }
    previousHash = update.hash;
  }
  return updates.length === head.updateCount && previousHash === head.lastHash ? null : updates.length + 1;
}
