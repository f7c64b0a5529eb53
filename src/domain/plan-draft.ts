import type { LocalDate } from './local-date.js';
import type { DayOfPeriod, MilestoneKind, Recurrence } from './milestone.js';
import type { Role } from './responsibility.js';
import type { Target } from './target.js';

/** What the parser read of a document: words as written, and where they stand. Lines count from 1. */
export interface NoticeDraft {
  plans: PlanDraft[];
  issues: ImportIssue[];
}

export interface PlanDraft {
  title: string;
  prefix: string;
  year: number;
  issuedOn: LocalDate | null;
  goals: GoalDraft[];
  tasks: TaskDraft[];
  line: number;
}

/** A dated promise of the plan as a whole, which belongs to no task. */
export interface GoalDraft {
  text: string;
  phrase: string;
  due: LocalDate | null;
  line: number;
}

export interface TaskDraft {
  /** 水-7, or 气附-3 for an annex row. */
  code: string;
  number: number;
  annex: boolean;
  /** The code of the body task that an annex row repeats or divides; `null` when it stands alone. */
  partOf: string | null;
  /** Why `partOf` is proposed, in a few words for the person who confirms it. */
  partOfReason: string | null;
  section: string[];
  title: string;
  shortTitle: string;
  text: string;
  /** Clauses with a completion verb or a target, as written. */
  points: string[];
  targets: Target[];
  responsibility: ResponsibilityDraft[];
  /** People named as answering for the task (牵头领导, 包抓领导); never units. */
  leaders: string[];
  milestones: MilestoneDraft[];
  line: number;
}

/** One role of one responsibility clause. A task with two clauses has entries with `group` 1 and 2. */
export interface ResponsibilityDraft {
  role: Role;
  /** Names with the level character that the list says only once: 区行政审批局、市场监督管理局 are both of the 区. */
  units: string[];
  /** The same names as they stand in the document. */
  written: string[];
  /** Said once for the whole plan (以下均需…落实，不再列出). */
  inherited: boolean;
  /** The list ends with 等: there may be others. */
  open: boolean;
  group: number;
  line: number;
}

export interface MilestoneDraft {
  /** The words of the document: 9月底前. */
  phrase: string;
  /** The clause that the limit governs: 完成一轮活性炭更换. */
  what: string;
  kind: MilestoneKind;
  due: LocalDate | null;
  from: LocalDate | null;
  to: LocalDate | null;
  every: Recurrence | null;
  by: DayOfPeriod | null;
  line: number;
}

export interface ImportIssue {
  line: number;
  code: string;
  message: string;
  /** The words in question. */
  text: string;
}
