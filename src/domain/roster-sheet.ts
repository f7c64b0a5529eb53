import { z } from 'zod';

import { actorRoles } from './person.js';

const account = z.object({
  /** `null` where the sheet names no platform: that on which the file came. */
  platform: z.string().nullable(),
  userId: z.string(),
});

const row = z.object({
  /** Of the sheet, as the office program numbers it. */
  row: z.number().int(),
  name: z.string(),
  unit: z.string(),
  roles: z.array(z.enum(actorRoles)),
  /** 离任 stands there instead of a role. */
  leaves: z.boolean(),
  accounts: z.array(account),
  /** 分管, as written. */
  scope: z.string(),
});
export type RosterRow = z.infer<typeof row>;

const doubt = z.object({ row: z.number().int(), why: z.string() });
export type RosterDoubt = z.infer<typeof doubt>;

/** 名单: people as a sheet names them, and the rows that could not be read. Nothing else of the file is kept. */
export const rosterSheet = z.object({ rows: z.array(row), doubts: z.array(doubt) });
export type RosterSheet = z.infer<typeof rosterSheet>;

export const mostRosterRows = 5000;
