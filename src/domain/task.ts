import { z } from 'zod';

import type { Milestone } from './milestone.js';
import type { PersonId } from './person.js';
import type { Responsibility } from './responsibility.js';
import type { Target } from './target.js';
import type { UnitId } from './unit.js';

/** 水-7, or 气附-3 for an annex row. Unique within a workspace and a year. */
export const taskCode = z
  .string()
  .regex(/^\p{Script=Han}{1,4}-\d{1,6}$/u)
  .brand<'TaskCode'>();
export type TaskCode = z.infer<typeof taskCode>;

/**
 * Names a task for good, as its code did when it was first imported. An amended document may number its tasks anew; what was
 * reported stays with the task.
 */
export const taskKey = z.string().min(1).brand<'TaskKey'>();
export type TaskKey = z.infer<typeof taskKey>;

/** One numbered duty of a plan. */
export interface Task {
  year: number;
  key: TaskKey;
  code: TaskCode;
  prefix: string;
  number: number;
  annex: boolean;
  /** Order in the documents. */
  position: number;
  section: string[];
  title: string;
  shortTitle: string;
  text: string;
  /** Clauses of the text with a completion verb or a target. */
  points: string[];
  targets: Target[];
  responsibility: Responsibility[];
  /** People whom the document names as answering for the task (牵头领导, 包抓领导). */
  leaders: string[];
  milestones: Milestone[];
  /** The task that this annex row repeats or divides, once a person has confirmed it. */
  partOf: TaskKey | null;
  /** No longer in the amended document (已调整): kept with its history, owing nothing. */
  retired: boolean;
  /** Who set the short title; `null` for the one made from the document's. */
  shortTitleSetBy: PersonId | null;
  /** 汇总单位: puts the report together, as the office decided. */
  assembler: UnitId | null;
  /** Slips of the document put right with a note; the words stay as issued. */
  corrections: string[];
  line: number;
}

/** 气-5.1: the first limit of 气-5. */
export function milestoneCode(code: string, milestone: number): string {
  return milestone === 0 ? code : `${code}.${milestone}`;
}

/** 2023水-7: where a task of another year is named. */
export function yearCode({ year, code }: Pick<Task, 'year' | 'code'>): string {
  return `${year}${code}`;
}

/** 水-7 完善城镇生活污水处理设施及管网建设 */
export function taskName(task: Task): string {
  return `${task.code} ${task.shortTitle}`;
}
