import { eq, max } from 'drizzle-orm';

import type { WorkspaceId } from '../domain/workspace.js';
import type { Tx } from './queries.js';
import { lockWorkspace } from './workspaces.js';

type Numbered = 'feedback' | 'imports' | 'joinRequests' | 'requests' | 'rounds';

/** Counts from 1 within the workspace; whoever numbers next waits for the end of this transaction. */
export async function nextNumber(tx: Tx, workspace: WorkspaceId, table: Numbered): Promise<number> {
  const t = tx.t[table];
  await lockWorkspace(tx, workspace);
  const [last] = await tx
    .select({ number: max(t.number) })
    .from(t)
    .where(eq(t.workspace, workspace));
  return (last?.number ?? 0) + 1;
}
