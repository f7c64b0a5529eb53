import { z } from 'zod';
import type { Role } from '../domain/responsibility.js';
import type { UnitId } from '../domain/unit.js';
import type { WorkStatus } from '../domain/work-status.js';
import type { CodeMention } from '../language/codes.js';
import type { NewDay } from '../language/new-day.js';
import type { RangeMention } from '../language/ranges.js';

/** What a schema reads from the words typed. Entities stand anywhere; codes and percent come first when words follow. */
export type ArgumentKind =
  | 'codes'
  | 'range'
  | 'unit'
  | 'units'
  | 'plan'
  | 'status'
  | 'role'
  | 'percent'
  | 'page'
  | 'period'
  | 'new-day'
  | 'words';

const reads = (kind: ArgumentKind) => ({ reads: kind });

export const taskCodes = z
  .custom<CodeMention[]>((value) => Array.isArray(value) && value.length > 0)
  .meta(reads('codes'));
/** A range of days, what is overdue, or everything; an impossible day is refused before it gets here. */
export type TypedRange = Exclude<RangeMention, { kind: 'problem' }> | { kind: 'all' };
export const dueRange = z.custom<TypedRange>().meta(reads('range'));
export const unit = z.custom<UnitId>((value) => typeof value === 'string').meta(reads('unit'));
/** One or several at the beginning: 县水利局、县住建局. */
export const units = z.custom<UnitId[]>((value) => Array.isArray(value) && value.length > 0).meta(reads('units'));
/** A plan's prefix. */
export const plan = z.string().meta(reads('plan'));
export const status = z.custom<WorkStatus>((value) => typeof value === 'string').meta(reads('status'));
/** 牵头, 配合, 负责: in which role a unit stands. */
export const role = z.custom<Role>((value) => typeof value === 'string').meta(reads('role'));
export const percent = z.number().min(0).max(100).meta(reads('percent'));
/** 第2页; from 1. */
export const page = z.number().int().min(1).meta(reads('page'));
/** The occurrence of a recurring limit, named before the new day: 三季度. */
export const period = z.string().meta(reads('period'));
/** The day asked for; an impossible one is refused before it gets here. */
export const newDay = z.custom<NewDay>().meta(reads('new-day'));
/** The rest, word for word. */
export const words = z.string().meta(reads('words'));

export function kindRead(schema: unknown): ArgumentKind | null {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  const meta = inner instanceof z.ZodType ? inner.meta() : undefined;
  return typeof meta?.reads === 'string' ? (meta.reads as ArgumentKind) : null;
}
