import type { ImportIssue, TaskDraft } from '../../domain/plan-draft.js';
import type { Role } from '../../domain/responsibility.js';
import { issue } from '../issues.js';
import { bigramsOf } from '../text/bigrams.js';

/** Below this share of common wording two texts have nothing to do with each other. */
const leastLikeness = 0.08;
const leastWithoutLead = 0.25;
/** Below it the task must have a word of the row's title. */
const leastWithoutName = 0.2;
/** A second task as near as this leaves open which one is meant. */
const leastRival = 0.15;
const rivalShare = 0.6;
/** So near that other leads are worth a question. */
const leastForOthers = 0.4;
const sameLimitWeight = 1.2;
const wordsShown = 2;
const longestShown = 12;
const longestCompared = { row: 600, task: 6000 };

const wordsOf = (task: TaskDraft) => `${task.title}\n${task.text}`;
const unitsOf = (task: TaskDraft, role: Role) =>
  task.responsibility.filter((entry) => entry.role === role && !entry.inherited).flatMap((entry) => entry.units);

/** Who answers for a task: its leads, or all that are responsible where none leads. */
function partiesOf(task: TaskDraft): string[] {
  const leads = unitsOf(task, 'lead');
  return leads.length > 0 ? leads : unitsOf(task, 'implement');
}

interface Near {
  task: TaskDraft;
  /** Share of the row's telling words that the task has too, more where the limit is the same. */
  score: number;
}

/**
 * Proposes which task of the body each annex row repeats or divides: the one whose words are nearest, provided that
 * they share who answers for it. When the nearest has other leads the row stands alone; where two are nearly as near
 * none is proposed. A person confirms every link.
 */
export function proposeLinks(rows: TaskDraft[], tasks: TaskDraft[]): { rows: TaskDraft[]; issues: ImportIssue[] } {
  const wording = new Wording(tasks);
  const issues: ImportIssue[] = [];
  const linked = rows.map((row) => {
    const [nearest, ...others] = wording.near(row);
    const at = { line: row.line, text: row.title };
    if (!nearest || (nearest.score < leastWithoutName && !wording.namesOf(row, nearest.task))) {
      issues.push(issue('link-none', at, row.code));
      return row;
    }
    const party = sharedParty(row, nearest);
    if (!party) {
      const doubtful = nearest.score >= leastForOthers;
      issues.push(doubtful ? issue('link-ambiguous', at, otherLead(row, nearest)) : issue('link-none', at, row.code));
      return row;
    }
    const rival = others.find((other) => isRival(other, nearest) && sharedParty(row, other));
    if (rival) {
      issues.push(issue('link-ambiguous', at, between(row, nearest, rival)));
      return row;
    }
    return { ...row, partOf: nearest.task.code, partOfReason: reasonFor(row, nearest.task, party, wording) };
  });
  return { rows: linked, issues };
}

const isRival = (other: Near, nearest: Near) => other.score >= Math.max(leastRival, nearest.score * rivalShare);

const otherLead = (row: TaskDraft, { task }: Near) => `${row.code}与${task.code}文字相近而责任单位不同`;
const between = (row: TaskDraft, { task }: Near, rival: Near) => `${row.code}与${task.code}、${rival.task.code}都相近`;

/** The unit that answers for both; a task without a lead must be all the nearer in words. */
function sharedParty(row: TaskDraft, { task, score }: Near): string | undefined {
  const leads = unitsOf(task, 'lead');
  if (leads.length === 0 && score < leastWithoutLead) return undefined;
  return partiesOf(task).find((unit) => partiesOf(row).includes(unit));
}

function reasonFor(row: TaskDraft, task: TaskDraft, party: string, wording: Wording): string {
  const limit = sharedLimit(row, task);
  const role = unitsOf(task, 'lead').includes(party) ? '牵头单位' : '责任单位';
  const reasons = [
    `${role}相同（${party}）`,
    limit && `时限相同（${limit}）`,
    `文字相近（${wording.sharedBy(row, task).join('、')}）`,
  ];
  return reasons.filter(Boolean).join('，');
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

  /** The tasks near a row, the nearest first. */
  near(row: TaskDraft): Near[] {
    const scores = new Map<TaskDraft, number>();
    let total = 0;
    for (const pair of bigramsOf(wordsOf(row))) {
      const weight = this.#weightOf(pair);
      total += weight;
      for (const task of this.#tasksWith.get(pair) ?? []) scores.set(task, (scores.get(task) ?? 0) + weight);
    }
    return [...scores]
      .map(([task, words]) => ({ task, score: (words / total) * (sharedLimit(row, task) ? sameLimitWeight : 1) }))
      .filter(({ score }) => score >= leastLikeness)
      .toSorted((a, b) => b.score - a.score);
  }

  /** Whether the task has a word of the row's title. */
  namesOf(row: TaskDraft, task: TaskDraft): boolean {
    return [...bigramsOf(row.title)].some((pair) => this.#tasksWith.get(pair)?.includes(task));
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
