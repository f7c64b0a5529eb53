import type { ImportIssue, TaskDraft } from '../../domain/plan-draft.js';
import { bigramsOf } from '../text/bigrams.js';

/** Below this share of common wording two texts have nothing to do with each other. */
const leastLikeness = 0.08;
const sameLimitWeight = 1.2;
const wordsShown = 2;
const longestShown = 12;
const longestCompared = { row: 600, task: 6000 };

const wordsOf = (task: TaskDraft) => `${task.title}\n${task.text}`;
const leadsOf = (task: TaskDraft) =>
  task.responsibility.filter((entry) => entry.role === 'lead' && !entry.inherited).flatMap((entry) => entry.units);

/**
 * Proposes which task of the body each annex row repeats or divides: the one whose words are nearest, provided that it
 * shares a lead. When the nearest has other leads the row stands alone; a person confirms every link.
 */
export function proposeLinks(rows: TaskDraft[], tasks: TaskDraft[]): { rows: TaskDraft[]; issues: ImportIssue[] } {
  const wording = new Wording(tasks);
  const issues: ImportIssue[] = [];
  const linked = rows.map((row) => {
    const nearest = wording.nearestTo(row);
    const lead = nearest && leadsOf(nearest).find((unit) => leadsOf(row).includes(unit));
    if (!nearest || !lead) return row;
    const limit = sharedLimit(row, nearest);
    const reason = [
      `牵头单位相同（${lead}）`,
      limit && `时限相同（${limit}）`,
      `文字相近（${wording.sharedBy(row, nearest).join('、')}）`,
    ];
    return { ...row, partOf: nearest.code, partOfReason: reason.filter(Boolean).join('，') };
  });
  return { rows: linked, issues };
}

function sharedLimit(row: TaskDraft, task: TaskDraft): string | null {
  const days = new Set(task.milestones.map((milestone) => milestone.due));
  return row.milestones.find(({ due }) => due !== null && days.has(due))?.phrase ?? null;
}

/** Pairs of characters that few tasks have in common say most about what a row is about. */
class Wording {
  readonly #tasksWith = new Map<string, TaskDraft[]>();
  readonly #count: number;

  constructor(tasks: TaskDraft[]) {
    this.#count = tasks.length;
    for (const task of tasks) {
      for (const pair of bigramsOf(wordsOf(task))) {
        const sharers = this.#tasksWith.get(pair);
        if (sharers) sharers.push(task);
        else this.#tasksWith.set(pair, [task]);
      }
    }
  }

  nearestTo(row: TaskDraft): TaskDraft | null {
    const scores = new Map<TaskDraft, number>();
    let total = 0;
    for (const pair of bigramsOf(wordsOf(row))) {
      const weight = this.#weightOf(pair);
      total += weight;
      for (const task of this.#tasksWith.get(pair) ?? []) scores.set(task, (scores.get(task) ?? 0) + weight);
    }
    let best: { task: TaskDraft; score: number } | null = null;
    for (const [task, words] of scores) {
      const score = (words / total) * (sharedLimit(row, task) ? sameLimitWeight : 1);
      if (score >= leastLikeness && score > (best?.score ?? 0)) best = { task, score };
    }
    return best?.task ?? null;
  }

  /** The most telling words of the row that the task has too. */
  sharedBy(row: TaskDraft, task: TaskDraft): string[] {
    const text = wordsOf(task).slice(0, longestCompared.task);
    const found = new Map<string, number>();
    for (const [words] of wordsOf(row)
      .slice(0, longestCompared.row)
      .matchAll(/[\p{L}\p{N}]+/gu)) {
      for (let from = 0; from + 1 < words.length; ) {
        let end = from + 1;
        while (end < words.length && text.includes(words.slice(from, end + 1))) end += 1;
        const shared = words.slice(from, end);
        if (shared.length > 1) found.set(shared, this.#weightOfAll(shared));
        from = end;
      }
    }
    return [...found]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, wordsShown)
      .map(([words]) => (words.length > longestShown ? `${words.slice(0, longestShown)}…` : words));
  }

  #weightOfAll(words: string): number {
    return [...bigramsOf(words)].reduce((sum, pair) => sum + this.#weightOf(pair), 0);
  }

  #weightOf(pair: string): number {
    return Math.log((this.#count + 1) / ((this.#tasksWith.get(pair)?.length ?? 0) + 0.5));
  }
}
