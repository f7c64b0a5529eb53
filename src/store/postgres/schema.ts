import { tables } from '../tables.js';
import { postgresKit } from './kit.js';

/** One export for each table, which is how drizzle-kit finds them. */
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
} = tables(postgresKit);
