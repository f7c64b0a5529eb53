import { type Check, type Finding, skipped } from '../platforms/check/check.js';
import type { Inspection } from '../store/inspection.js';
import type { Queries } from '../store/queries.js';
import { listWorkspaces, type WorkspaceRow } from '../store/workspaces.js';

/** The ledger once the check of the database has opened it, for the checks that look into it. */
export class LedgerLook {
  inspection: Inspection | null = null;

  /** What runs on the ledger; skipped while there is none. */
  check(
    id: string,
    title: string,
    run: (inspection: Inspection, signal: AbortSignal) => Promise<Finding | Finding[]>,
  ): Check {
    return {
      id,
      title,
      run: async (signal) => (this.inspection ? run(this.inspection, signal) : skipped('台账没有打开，见“数据库”')),
    };
  }

  /** The same for each workspace, named where there are several. */
  ofEach(
    id: string,
    title: string,
    run: (q: Queries, workspace: WorkspaceRow, signal: AbortSignal) => Promise<Finding | Finding[]>,
  ): Check {
    return this.check(id, title, async ({ read }, signal) => {
      const workspaces = await listWorkspaces(read);
      if (workspaces.length === 0) return skipped('台账还是空的');
      const findings: Finding[] = [];
      for (const workspace of workspaces) {
        const found = [await run(read, workspace, signal)].flat();
        findings.push(...(workspaces.length === 1 ? found : found.map((one) => named(one, workspace.name))));
      }
      return findings;
    });
  }

  async close(): Promise<void> {
    await this.inspection?.close();
    this.inspection = null;
  }
}

const named = (finding: Finding, name: string): Finding => ({ ...finding, say: `${name}：${finding.say}` });
