import { bigramsOf, shareInCommon } from './likeness.js';
import type { Task } from './task.js';

/** 结转: what was not reported done goes on as a task of the next plan, or as none. */
export interface Carry {
  from: Task;
  to: Task | null;
}

/** Below this two titles have little more in common than their field. */
const alike = 0.5;

/** For each task of a plan that ends the one of the next plan that is most like it, by title or by text. */
export function proposeCarries(from: readonly Task[], next: readonly Task[]): Carry[] {
  const candidates = next.map((task) => ({ task, ...pairsOf(task) }));
  return from.map((task) => {
    const own = pairsOf(task);
    let best: { task: Task; score: number } | null = null;
    for (const { task: to, title, text } of candidates) {
      const score = Math.max(shareInCommon(own.title, title), shareInCommon(own.text, text));
      if (score >= alike && score > (best?.score ?? 0)) best = { task: to, score };
    }
    return { from: task, to: best?.task ?? null };
  });
}

const pairsOf = ({ title, text }: Task) => ({ title: bigramsOf(title), text: bigramsOf(text) });
