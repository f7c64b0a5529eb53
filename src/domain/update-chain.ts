import { createHash } from 'node:crypto';

import type { DutyKey, DutyState } from './duty.js';
import type { SealedEvidence } from './evidence.js';
import type { RequestKind } from './request.js';
import type { UnitId } from './unit.js';

/** What a row of a task's history records, with the word that people read. */
export const updateKindNames = {
  done: '报办结',
  progress: '报进展',
  block: '报困难',
  'no-change': '报无变化',
  undo: '撤销',
  amend: '修订',
  accept: '销号',
  return: '退回',
  reopen: '重开',
  pause: '暂缓',
  resume: '恢复',
  withdraw: '调整取消',
  extend: '申请延期',
  object: '提出职责异议',
  exempt: '申报不涉及',
  advise: '提出意见',
  grant: '同意',
  refuse: '不同意',
  set: '调整',
  urge: '提示',
  assign: '交办',
  instruct: '批示',
  carry: '结转',
  attach: '附材料',
} as const;
export type UpdateKind = keyof typeof updateKindNames;

/** Done on standing work is the end of this time round only. */
export function updateKindName({ kind, standing }: { kind: UpdateKind; standing: boolean }): string {
  return standing ? '报本期完成' : updateKindNames[kind];
}

/** Whether an update is such a report. */
export function isStandingDone({ kind, changes }: { kind: UpdateKind; changes: DutyChange[] }): boolean {
  return kind === 'done' && changes.some((change) => change.after.status === 'in-progress');
}

/** Stands where the unit's role stands, when somebody else entered the report for the unit (代录). */
export const recorderRole = 'recorder';

/** What an update did to one duty. */
export interface DutyChange extends DutyKey {
  before: DutyState;
  after: DutyState;
}

/** What a row says besides its words. Only what is known is there. */
export interface UpdateDetails {
  /** Whether the head of the unit has signed the report off: 已审签, 未审签. */
  signedOff?: boolean;
  /** How it reached the supervisor who entered it for the unit: 电话, 纸质. */
  source?: string;
  /** How a done report was verified: 资料核查, 现场核查. */
  verified?: string;
  /** The request that this row asks, advises on, decides or takes back; of which kind and of which unit it is. */
  request?: number;
  about?: RequestKind;
  of?: UnitId;
  /** The waiting request that this one takes the place of. */
  replaces?: number;
  /** The limit that is meant, where no duty changed: its number and its period. */
  milestone?: number;
  occurrence?: string;
  /** The day asked for or agreed to. */
  newDate?: string;
  /** Who agreed, where a supervisor enters the decision of a leader. */
  agreedBy?: string;
  round?: number;
  /** What was handed over, and the sequence of the update that it belongs to. */
  evidence?: SealedEvidence[];
  report?: number;
  /** An indicator's value beside its target, as reported. */
  indicator?: { value: number; unit: string };
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
  details: UpdateDetails;
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
    stateText(change.before),
    stateText(change.after),
  ]);
  const details = Object.entries(update.details).sort(([a], [b]) => (a < b ? -1 : 1));
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
    details,
    update.undoes,
  ]);
}

const stateText = ({ status, percent, problem }: DutyState) => [status, percent, problem];

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
