import { kindOf, type Limit } from './limit.js';

const standingWords = ['长期坚持', '动态清零', '常态化', '持续推进'];

/** Ongoing limits, and tasks without a limit whose text asks for a lasting state, are never closed by a report. */
export function isStanding(limit: Limit): boolean {
  switch (kindOf(limit)) {
    case 'ongoing':
      return true;
    case 'task':
      return standingWords.some((word) => limit.task.text.includes(word));
    case 'date':
    case 'window':
    case 'recurrence':
    case 'relative':
      return false;
  }
}
