import type { LocalDate } from '../../domain/local-date.js';
import type { ImportIssue } from '../../domain/plan-draft.js';
import type { Role } from '../../domain/responsibility.js';
import type { Passage } from '../blocks.js';

export interface Outline {
  issuedOn: LocalDate | null;
  plans: PlanOutline[];
  issues: ImportIssue[];
}

export interface PlanOutline {
  title: Passage;
  items: Item[];
  rows: Row[];
  /** Paragraphs that belong to no item: preamble, goals, safeguards. */
  prose: Prose[];
  issues: ImportIssue[];
}

export interface Item {
  number: number;
  section: string[];
  title: string;
  body: Passage[];
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
  line: number;
}

export interface Prose extends Passage {
  section: string[];
}
