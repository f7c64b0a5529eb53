import type { ImportIssue, TaskDraft } from '../../domain/plan-draft.js';
import type { Passage } from '../blocks.js';
import { type LimitContext, readLimits } from '../limits/read-limits.js';
import type { Item } from '../outline/outline.js';
import { findClauses } from '../responsibility/find-clauses.js';
import type { LeadRule } from '../responsibility/lead-rules.js';
import { ResponsibilityReader } from '../responsibility/responsibility-reader.js';
import { readTargets } from '../targets/read-targets.js';
import { numberItems } from './number-items.js';
import { readPoints } from './points.js';
import { doubtQuantities } from './quantities.js';
import { shortenTitle } from './short-title.js';

export interface Drafts {
  tasks: TaskDraft[];
  issues: ImportIssue[];
}

export interface ItemContext extends Omit<LimitContext, 'title'> {
  /** 气, or 气附 for tasks in the text of an annex. */
  prefix: string;
  annex: boolean;
  /** How many annex tasks stand before these. */
  after: number;
  rules: LeadRule[];
  known: ReadonlySet<string>;
}

/** The title, where it is set off from the body, may hold a limit of its own. */
function titleOf({ title, body, line }: Item): Passage[] {
  return body[0]?.text.includes(title) ? [] : [{ text: title, line }];
}

/** 管好广场（县文旅局）: the units at the end of a title are no part of it. */
function withoutClause({ title, line }: Item): string {
  const { clauses, rest } = findClauses({ text: title, line });
  const words = rest.text.replace(/。+$/, '');
  return clauses.length > 0 && words !== '' && title.startsWith(words) ? words : title;
}

/** The numbered tasks of a plan. */
export function draftItems(items: Item[], context: ItemContext): Drafts {
  const { numbers, issues } = numberItems(items, context);
  const drafts: Drafts = { tasks: [], issues };

  const reader = new ResponsibilityReader(context.rules, context.known);
  items.forEach((item, order) => {
    const { section, line } = item;
    const title = withoutClause(item);
    const number = numbers[order] ?? order + 1;
    const code = `${context.prefix}-${number}`;
    const assignment = reader.read(item, code);
    const limits = readLimits([...titleOf(item), ...assignment.prose], { ...context, title });

    drafts.tasks.push({
      code,
      number,
      annex: context.annex,
      partOf: null,
      partOfReason: null,
      section,
      title,
      shortTitle: shortenTitle(title),
      text: item.body.map((passage) => passage.text).join('\n'),
      points: readPoints(assignment.prose.map((passage) => passage.text).join('\n')),
      targets: readTargets([...titleOf(item), ...assignment.prose], title),
      leaders: assignment.leaders,
      responsibility: assignment.responsibility,
      milestones: limits.milestones,
      line,
    });
    drafts.issues.push(...assignment.issues, ...limits.issues, ...doubtQuantities(assignment.prose));
  });
  return drafts;
}
