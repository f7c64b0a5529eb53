import type { ImportIssue, TaskDraft } from '../../domain/plan-draft.js';
import type { Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { type LimitContext, readLimits } from '../limits/read-limits.js';
import type { Item } from '../outline/outline.js';
import { findClauses } from '../responsibility/find-clauses.js';
import {
  doubtClauses,
  doubtResponsibility,
  responsibilityOf,
  type SharedRun,
  sharedBy,
} from '../responsibility/responsibility-of.js';
import { readTargets } from '../targets/read-targets.js';
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

/** The numbered tasks of a plan. What one clause says for all that follows (以下均需…) begins with the next item. */
export function draftItems(items: Item[], prefix: string, context: Omit<LimitContext, 'title'>): Drafts {
  const drafts: Drafts = { tasks: [], issues: [] };
  const restarts = new Set(items.map((item) => item.number)).size < items.length;
  const [first] = items;
  if (restarts && first) drafts.issues.push(issue('numbers-restart', { line: first.line, text: first.title }));

  let shared: SharedRun[] = [];
  items.forEach((item, order) => {
    const { title, section, line } = item;
    const number = restarts ? order + 1 : item.number;
    const code = `${prefix}-${number}`;
    const passages = item.body.map(findClauses);
    const clauses = passages.flatMap((passage) => passage.clauses);
    const prose = passages.map((passage) => passage.rest);
    const responsibility = responsibilityOf(clauses, shared);
    const limits = readLimits([...titleOf(item), ...prose], { ...context, title });

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
      points: readPoints(prose.map((passage) => passage.text).join('\n')),
      targets: readTargets([...titleOf(item), ...prose], title),
      leaders: [],
      responsibility,
      milestones: limits.milestones,
      line,
    });
    drafts.issues.push(
      ...doubtResponsibility(code, { line, text: title }, responsibility),
      ...doubtClauses(code, clauses),
      ...limits.issues,
      ...doubtQuantities(prose),
    );
    const inherited = sharedBy(clauses);
    if (inherited.length > 0) shared = inherited;
  });
  return drafts;
}
