import { and, desc, eq } from 'drizzle-orm';

import type { WorkspaceId } from '../domain/workspace.js';
import type { Queries } from './queries.js';
import type { Row } from './tables.js';

export type RoundRow = Row<'rounds'>;

/** Rounds that still take reports, the newest first. */
export async function listOpenRounds(q: Queries, workspace: WorkspaceId): Promise<RoundRow[]> {
  const t = q.t.rounds;
  return q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.state, 'open')))
    .orderBy(desc(t.number));
}
