import type { DaySeal } from './day-seal.js';
import type { SealedEvidence } from './evidence.js';
import type { Ledger } from './ledger.js';
import type { LocalDate } from './local-date.js';
import type { TaskKey } from './task.js';
import type { UnitId } from './unit.js';
import type { DutyChange, Seal, SealedUpdate, UpdateDetails, UpdateKind } from './update-chain.js';

/** An update with all that its hash is made of. */
export interface ChainedUpdate extends SealedUpdate, Seal {
  /** Its place in the whole history. */
  sequence: number;
  task: TaskKey;
  unitId: UnitId | null;
  kind: UpdateKind;
  changes: DutyChange[];
  details: UpdateDetails;
}

/** A piece as the history seals it, and what it was called as long as that is kept. */
export interface NamedEvidence extends SealedEvidence {
  name: string | null;
}

/** One row of the history, with the names of what its keys stand for. */
export interface HistoryRow {
  update: ChainedUpdate;
  person: string;
  group: string | null;
  evidence: NamedEvidence[];
  /** The first seal of a day that holds it; `null` until that day is over. */
  sealed: { day: LocalDate; hash: string } | null;
}

/** The whole history of a workspace, read as it is written down. */
export interface HistoryFacts {
  workspace: { id: string; name: string };
  ledger: Ledger;
  timeZone: string;
  /** The sequence of the last row. */
  through: number;
  seals: DaySeal[];
  rows(): AsyncIterable<HistoryRow>;
}
