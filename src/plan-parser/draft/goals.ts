import type { GoalDraft, ImportIssue } from '../../domain/plan-draft.js';
import { issue } from '../issues.js';
import { findPhrases } from '../limits/find-phrases.js';
import type { PlanCalendar } from '../limits/plan-calendar.js';
import { doubtsOf } from '../limits/read-limits.js';
import type { Prose } from '../outline/outline.js';
import { sentencesOf } from '../text/clauses.js';

const goalHeading = /目标|总体要求|总体思路/;

/** Dated sentences under a heading such as 行动目标: promises of the plan as a whole. A day set elsewhere outside the tasks is doubtful. */
export function readGoals(prose: Prose[], calendar: PlanCalendar): { goals: GoalDraft[]; issues: ImportIssue[] } {
  const goals: GoalDraft[] = [];
  const issues: ImportIssue[] = [];
  for (const { text, line, section } of prose) {
    const isGoal = section.some((heading) => goalHeading.test(heading));
    for (const sentence of sentencesOf(text)) {
      for (const { phrase, meaning } of findPhrases(sentence, { plan: calendar })) {
        if (meaning.kind !== 'date' && meaning.kind !== 'window') continue;
        if (!isGoal) {
          if (meaning.kind === 'date') issues.push(issue('limit-unassigned', { text: phrase, line }, phrase));
          continue;
        }
        goals.push({ text: sentence, phrase, due: meaning.due ?? meaning.to, line });
        issues.push(...doubtsOf(meaning, { text: phrase, line }, calendar.issuedOn));
      }
    }
  }
  return { goals, issues };
}
