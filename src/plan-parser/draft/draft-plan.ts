import type { LocalDate } from '../../domain/local-date.js';
import { partsOf } from '../../domain/local-date.js';
import type { ImportIssue, PlanDraft } from '../../domain/plan-draft.js';
import { issue } from '../issues.js';
import type { LocalDays } from '../limits/local-days.js';
import { planCalendar } from '../limits/plan-calendar.js';
import type { PlanOutline } from '../outline/outline.js';
import { yearsIn } from '../outline/titles.js';
import type { LeadRule } from '../responsibility/lead-rules.js';
import { draftItems } from './draft-items.js';
import { draftRows } from './draft-rows.js';
import { readGoals } from './goals.js';
import { proposeLinks } from './links.js';
import { proposePrefix } from './prefix.js';

export interface PlanContext {
  issuedOn: LocalDate | null;
  /** The year in the document's own number. */
  numberedIn: number | null;
  /** The year in the name of the file. */
  namedIn: number | null;
  /** Prefixes of the plans before this one. */
  taken: ReadonlySet<string>;
  /** Unit names in the clauses of the whole document. */
  known: ReadonlySet<string>;
  /** What the document says of leads where it names none. */
  rules: LeadRule[];
  localDays: LocalDays;
}

/** The year of the title; of a title that spans several, the year of issue where it is one of them, else the first. */
function readYear(
  outline: PlanOutline,
  { issuedOn, numberedIn, namedIn }: PlanContext,
): { year: number | null; issues: ImportIssue[] } {
  const years = yearsIn(outline.title.text);
  const issued = issuedOn ? partsOf(issuedOn).year : null;
  const first = years[0] ?? issued;
  if (first === null && numberedIn !== null) {
    return { year: numberedIn, issues: [issue('year-of-number', outline.title, String(numberedIn))] };
  }
  if (first === null && namedIn !== null) {
    return { year: namedIn, issues: [issue('year-of-file-name', outline.title, String(namedIn))] };
  }
  if (first === null) return { year: null, issues: [issue('no-year', outline.title)] };
  if (new Set(years).size <= 1) return { year: first, issues: [] };
  const spanned = issued !== null && issued >= Math.min(...years) && issued <= Math.max(...years);
  const year = spanned ? issued : first;
  return { year, issues: [issue('several-years', outline.title, String(year))] };
}

export function draftPlan(outline: PlanOutline, context: PlanContext): { plan: PlanDraft; issues: ImportIssue[] } {
  const { title } = outline;
  const { issuedOn, known, rules, localDays } = context;
  const { year, issues } = readYear(outline, context);
  const { prefix, guessed } = proposePrefix(title.text, context.taken);
  if (guessed) issues.push(issue('prefix-guessed', title, prefix));

  const calendar = planCalendar(title.text, { year, issuedOn, localDays });
  const about = { calendar, rules, known };
  const items = draftItems(outline.items, { ...about, prefix, annex: false, after: 0 });
  const annex = items.tasks.length > 0;
  const annexPrefix = annex ? `${prefix}附` : prefix;
  const rows = draftRows(outline.rows, { ...about, annex, prefix: annexPrefix });
  const after = Math.max(0, ...rows.tasks.map((task) => task.number));
  const annexItems = draftItems(outline.annexItems, { ...about, prefix: annexPrefix, annex, after });
  const annexTasks = proposeLinks([...rows.tasks, ...annexItems.tasks], items.tasks);
  const goals = readGoals(outline.prose, calendar);

  return {
    plan: {
      title: title.text,
      prefix,
      year: year ?? 0,
      issuedOn,
      goals: goals.goals,
      tasks: [...items.tasks, ...annexTasks.rows],
      line: title.line,
    },
    issues: [
      ...issues,
      ...outline.issues,
      ...goals.issues,
      ...items.issues,
      ...rows.issues,
      ...annexItems.issues,
      ...annexTasks.issues,
    ],
  };
}
