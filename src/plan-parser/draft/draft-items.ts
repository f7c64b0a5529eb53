import type { ImportIssue, TaskDraft } from '../../domain/plan-draft.js';
import type { Passage } from '../blocks.js';
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
}

/** The title, where it is set off from the body, may hold a limit of its own. */
function titleOf({ title, body, line }: Item): Passage[] {
  return body[0]?.text.includes(title) ? [] : [{ text: title, line }];
}

/** The numbered tasks of a plan. What one clause says for all that follows (以下均需…) begins with the next item. */
export function draftItems(items: Item[], context: ItemContext): Drafts {
  const { numbers, issues } = numberItems(items, context);
  const drafts: Drafts = { tasks: [], issues };

  let shared: SharedRun[] = [];
  items.forEach((item, order) => {
    const { title, section, line } = item;
    const number = numbers[order] ?? order + 1;
    const code = `${context.prefix}-${number}`;
    const passages = item.body.map(findClauses);
    const clauses = passages.flatMap((passage) => passage.clauses);
    const prose = passages.map((passage) => passage.rest);
    const responsibility = responsibilityOf(clauses, shared);
    const limits = readLimits([...titleOf(item), ...prose], { ...context, title });

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
      points: readPoints(prose.map((passage) => passage.text).join('\n')),
      targets: [],
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
