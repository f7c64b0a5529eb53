import type { Ledger } from '../../domain/ledger.js';
import type { WorkspaceId } from '../../domain/workspace.js';
import { ledgerVersion, readLedger } from '../../store/ledger.js';
import type { Queries } from '../../store/queries.js';
import { ledgerFrom } from './ledger-cache.js';

/**
 * The ledger between two commits, read again where one came in between. Not by the memory that messages are answered from:
 * what is seen outside a transaction must not get in there.
 */
export async function readWhole(q: Queries, workspace: WorkspaceId): Promise<Ledger> {
  for (;;) {
    const version = await ledgerVersion(q, workspace);
    const rows = await readLedger(q, workspace);
    if ((await ledgerVersion(q, workspace)) === version) return ledgerFrom(version, rows);
  }
}
