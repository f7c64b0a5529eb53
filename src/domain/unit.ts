import { z } from 'zod';

export const unitId = z.string().min(1).brand<'UnitId'>();
export type UnitId = z.infer<typeof unitId>;

/** 责任单位, or a group noun of the document (各乡镇人民政府) that stands for its members. */
export interface Unit {
  id: UnitId;
  name: string;
  aliases: string[];
  /** Empty for a single unit; the members of a group noun in the roster's order. */
  members: UnitId[];
  /** Order of first mention in the documents. */
  position: number;
  /** The unit that took over its work. */
  mergedInto: UnitId | null;
}
