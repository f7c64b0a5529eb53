import type { ContentIndex } from '../../domain/content-index.js';
import { unitName } from '../../domain/ledger.js';
import type { Task } from '../../domain/task.js';
import type { Context } from '../context.js';
import { tasksInView } from './tasks-in-view.js';

export interface Found {
  task: Task;
  /** The clause of the text in which the words stand, or the title. */
  clause: string;
  score: number;
}

const weights = { title: 8, unit: 3, text: 2 } as const;
/** How much of the words a clause holds that is shown where none holds all of them. */
const near = 0.75;

/**
 * Tasks of the current plans in which every word stands, best first: in the title, then the text, then a unit's name. Where
 * there is none with the words in its title, those that hold most of them in one clause. The first of the variants that finds
 * something counts.
 */
export function searchTasks(ctx: Context, index: ContentIndex, variants: readonly string[]): Found[] {
  for (const typed of variants) {
    const found = searchFor(ctx, index, typed);
    if (found.length > 0) return found;
  }
  return [];
}

function searchFor(ctx: Context, index: ContentIndex, typed: string): Found[] {
  const words = typed
    .toLowerCase()
    .split(/[\s,，、。；;？?!！]+/u)
    .filter(Boolean)
    .slice(0, 10);
  if (words.length === 0) return [];
  const { tasks } = tasksInView(ctx, {});
  const current = new Set(tasks);
  const pool = index.tasksWith(words)?.filter((task) => current.has(task)) ?? tasks;
  const exact = pool
    .map((task) => scored(ctx, task, words))
    .filter((one) => one !== null)
    .sort((a, b) => b.score - a.score || a.task.position - b.task.position);
  if (exact.some(({ score }) => score >= weights.title)) return exact;
  const known = new Set(exact.map(({ task }) => task));
  const others = index.find(words, {
    share: exact.length > 0 ? 1 : near,
    among: (task) => current.has(task) && !known.has(task),
  });
  return [...exact, ...others];
}

function scored(ctx: Context, task: Task, words: string[]): Found | null {
  const title = `${task.code} ${task.title} ${task.shortTitle}`.toLowerCase();
  const text = [task.text, ...task.section, ...task.milestones.map(({ phrase }) => phrase)].join(' ').toLowerCase();
  const units = task.responsibility
    .map((entry) => `${unitName(ctx.ledger, entry.unit)} ${entry.written}`)
    .join(' ')
    .toLowerCase();
  let score = 0;
  for (const word of words) {
    const places =
      Number(title.includes(word)) * weights.title +
      Number(text.includes(word)) * weights.text +
      Number(units.includes(word)) * weights.unit;
    if (places === 0) return null;
    score += places;
  }
  return { task, clause: clauseWith(task, words), score };
}

/** The first clause that holds a word, without the responsibility in brackets. */
function clauseWith(task: Task, words: string[]): string {
  const clauses = task.text.split(/(?<=[。；])|[，,]/u).map((clause) => clause.trim());
  return clauses.find((clause) => words.some((word) => clause.toLowerCase().includes(word))) ?? task.title;
}
