import type { LocalDate } from '../../domain/local-date.js';
import type { ImportIssue } from '../../domain/plan-draft.js';
import type { Role } from '../../domain/responsibility.js';
import type { Passage } from '../blocks.js';

export interface Outline {
  issuedOn: LocalDate | null;
  /** The year in the document's own number, 云政发〔2024〕3号. */
  numberedIn: number | null;
  /** What stands before the first plan: issuer, addressees, transmittal, signature. */
  notice: Passage[];
  plans: PlanOutline[];
  issues: ImportIssue[];
}

export interface PlanOutline {
  title: Passage;
  items: Item[];
  rows: Row[];
  /** Numbered tasks in the text of an annex. */
  annexItems: Item[];
  /** Paragraphs that belong to no task: preamble, goals, safeguards, notes to a table. */
  prose: Prose[];
  issues: ImportIssue[];
}

export interface Item {
  number: number;
  /** The number as printed: （十六）, 1．. */
  mark: string;
  /** One of the run of numbered tasks, not a task found among headings or safeguards. */
  ordinary: boolean;
  section: string[];
  title: string;
  body: Passage[];
  /** What the nearest heading above says of units; holds for tasks that name none. */
  parent: Passage[];
  line: number;
}

/** A row of a task table. Cells whose column the table lacks are empty. */
export interface Row {
  number: number | null;
  section: string[];
  title: Passage;
  measure: Passage;
  limit: Passage;
  units: (Passage & { role: Role })[];
  /** People named as answering for the row (牵头领导). */
  leaders: Passage;
  line: number;
}

export interface Prose extends Passage {
  section: string[];
}
