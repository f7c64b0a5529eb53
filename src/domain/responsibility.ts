import type { PersonId } from './person.js';
import type { UnitId } from './unit.js';

/** lead 牵头, support 配合, implement 负责 or 落实. */
export type Role = 'lead' | 'support' | 'implement';

export const roleNames: Record<Role, string> = { lead: '牵头', support: '配合', implement: '负责' };

/** One unit in one role of one task, as the document says it. */
export interface Responsibility {
  role: Role;
  unit: UnitId;
  /** The name as written, when it differs from the unit's own. */
  written: string;
  /** Said once for the whole plan; owes no report of its own. */
  inherited: boolean;
  /** The list it stands in ends with 等. */
  open: boolean;
  /** Which responsibility clause of the task, from 1. */
  group: number;
  line: number;
  /** The supervisor who set it beside the words of the document; `null` for the document's own. */
  setBy: PersonId | null;
}
