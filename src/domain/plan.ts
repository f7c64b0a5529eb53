import type { LocalDate } from './local-date.js';
import type { GoalDraft } from './plan-draft.js';

/** 行动计划: an issued document part with numbered tasks; identified by prefix and year. */
export interface Plan {
  prefix: string;
  year: number;
  title: string;
  issuedOn: LocalDate | null;
  goals: GoalDraft[];
  position: number;
  /** `assigned` holds what was assigned by hand (临-1, …) and has no document. */
  kind: PlanKind;
  /** The year's work is over. */
  closedOn: LocalDate | null;
}

export type PlanKind = 'document' | 'assigned';
