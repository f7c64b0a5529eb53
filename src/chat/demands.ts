import type { Limit } from '../domain/limit.js';
import { otherPoints } from '../domain/points.js';
import type { Task } from '../domain/task.js';
import { shorten } from '../domain/wording.js';

const pointShown = 40;

/** What else the text asks for, besides what was said and what the limits reported on are about. */
export function demandsOf(task: Task, limits: Limit[], note: string): string {
  const several = task.milestones.length > 1;
  const met = several ? limits.map((limit) => limit.milestone?.what ?? '') : [];
  const others = otherPoints(task.points, [note, ...met].join('。'));
  return others.map((point) => shorten(point, pointShown)).join('；');
}
