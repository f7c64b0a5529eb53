import { currentPlans } from '../../domain/current-plans.js';
import { findGroup } from '../../store/groups.js';
import { ledgerVersion } from '../../store/ledger.js';
import type { Context } from '../context.js';
import { readWhole } from './read-whole.js';

/** The same on the ledger as this transaction has changed it; itself where it has not. */
export async function afterChange(ctx: Context): Promise<Context> {
  const { tx, workspace, chat, today } = ctx;
  if ((await ledgerVersion(tx, workspace)) === ctx.ledger.version) return ctx;
  const ledger = await readWhole(tx, workspace);
  const group = chat.private ? null : await findGroup(tx, workspace, ctx.group);
  return { ...ctx, ledger, plans: currentPlans(ledger.plans, group?.plans ?? null, today) };
}
