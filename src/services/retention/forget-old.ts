import { workspaceSettings } from '../../domain/workspace.js';
import { forgetBindCodes } from '../../store/bind-codes.js';
import { forgetSaid } from '../../store/deliveries.js';
import { forgetEvidence } from '../../store/evidence.js';
import { forgetClaims } from '../../store/inbound.js';
import { findWorkspace } from '../../store/workspaces.js';
import type { Context } from '../context.js';

/** What serves only to know again what comes twice, or a chat by its code, and for how many days it is kept. */
const kept = [
  // The platforms resend for hours; what is taken twice for new is a false report.
  { days: 30, forget: forgetClaims },
  // Key, state, times and reason stay.
  { days: 90, forget: forgetSaid },
  { days: 1, forget: forgetBindCodes },
];
const dayMs = 86_400_000;
/** Of each kind, so that nobody waits for it. */
const mostAtOnce = 1000;

/** Forgets what has been kept for long enough, as much as may be done at once. Returns whether something may be left. */
export async function forgetOld({ tx, workspace, now }: Pick<Context, 'tx' | 'workspace' | 'now'>): Promise<boolean> {
  let left = (await forgetHandedOver({ tx, workspace, now })) === mostAtOnce;
  for (const { days, forget } of kept) {
    const forgotten = await forget(tx, workspace, new Date(now.getTime() - days * dayMs), mostAtOnce);
    left ||= forgotten === mostAtOnce;
  }
  return left;
}

/** What nobody said of where it belongs, what was taken back, and the rest as the workspace says. Rows and hashes stay. */
async function forgetHandedOver({ tx, workspace, now }: Pick<Context, 'tx' | 'workspace' | 'now'>): Promise<number> {
  const before = (days: number) => new Date(now.getTime() - days * dayMs);
  const row = await findWorkspace(tx, workspace);
  const { keepEvidenceDays: days } = workspaceSettings.parse(row?.settings ?? {});
  const ends = { held: before(1), takenBack: before(30), attached: days === undefined ? null : before(days) };
  return forgetEvidence(tx, workspace, ends, now, mostAtOnce);
}
