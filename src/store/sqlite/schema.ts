import type { Kit } from '../postgres/kit.js';
import { tables } from '../tables.js';
import { sqliteKit } from './kit.js';

/** One export for each table, which is how drizzle-kit finds them. The cast is proved by tests/store/kits.test-d.ts. */
export const {
  workspaces,
  documents,
  plans,
  tasks,
  taskLinks,
  units,
  unitAliases,
  unitMembers,
  responsibilities,
  milestones,
  people,
  accounts,
  groups,
  inbound,
  duties,
  updates,
  pendingQuestions,
  joinRequests,
  bindCodes,
  imports,
  deliveries,
  schedules,
  slots,
} = tables(sqliteKit as unknown as Kit);
