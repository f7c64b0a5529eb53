import type { ImportIssue, TaskDraft } from '../../domain/plan-draft.js';
import type { Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { type LimitContext, readLimits } from '../limits/read-limits.js';
import type { Item, Prose } from '../outline/outline.js';
import { findClauses } from '../responsibility/find-clauses.js';
import type { LeadRule } from '../responsibility/lead-rules.js';
import { ResponsibilityReader } from '../responsibility/responsibility-reader.js';
import { readPoints } from './points.js';
import { doubtQuantities } from './quantities.js';
import { shortenTitle } from './short-title.js';

export interface Drafts {
  tasks: TaskDraft[];
  issues: ImportIssue[];
}

/** Sections that say how the plan is run; what is numbered there is a task only where units are named. */
const frame =
  /目标$|总体要求|指导思想|基本原则|保障措施|组织保障|保障机制|组织实施|组织领导|工作要求|推进机制|实施步骤/;

/** The title, where it is set off from the body, may hold a limit of its own. */
function titleOf({ title, body, line }: Item): Passage[] {
  return body[0]?.text.includes(title) ? [] : [{ text: title, line }];
}

export function isTask(item: Item): boolean {
  return !frame.test(item.section[0] ?? '') || item.body.some((passage) => findClauses(passage).clauses.length > 0);
}

export interface ItemContext extends Omit<LimitContext, 'title'> {
  prefix: string;
  rules: LeadRule[];
  known: ReadonlySet<string>;
  prose: Prose[];
}

const pathOf = ({ section }: { section: string[] }) => section.join('\n');

/** The numbered tasks of a plan. */
export function draftItems(items: Item[], { prefix, rules, known, prose, ...context }: ItemContext): Drafts {
  const drafts: Drafts = { tasks: [], issues: [] };
  const restarts = new Set(items.map((item) => item.number)).size < items.length;
  const [first] = items;
  if (restarts && first) drafts.issues.push(issue('numbers-restart', { line: first.line, text: first.title }));

  const reader = new ResponsibilityReader(rules, known);
  const proseUnder = Map.groupBy(prose, pathOf);
  items.forEach((item, order) => {
    const { title, section, line } = item;
    const number = restarts ? order + 1 : item.number;
    const code = `${prefix}-${number}`;
    const assignment = reader.read({ ...item, parent: proseUnder.get(pathOf(item)) ?? [] }, code);
    const limits = readLimits([...titleOf(item), ...assignment.prose], { ...context, title });

    drafts.tasks.push({
      code,
      number,
      annex: false,
      partOf: null,
      partOfReason: null,
      section,
      title,
      shortTitle: shortenTitle(title),
      text: item.body.map((passage) => passage.text).join('\n'),
      points: readPoints(assignment.prose.map((passage) => passage.text).join('\n')),
      targets: [],
      leaders: assignment.leaders,
      responsibility: assignment.responsibility,
      milestones: limits.milestones,
      line,
    });
    drafts.issues.push(...assignment.issues, ...limits.issues, ...doubtQuantities(assignment.prose));
  });
  return drafts;
}
