import { createHash, randomInt } from 'node:crypto';

import type { WorkspaceId } from '../../domain/workspace.js';
import { insertBindCode } from '../../store/bind-codes.js';
import type { Tx } from '../../store/queries.js';
import type { BindPurpose } from '../../store/tables.js';

/** Letters and digits that nobody mistakes for one another. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const length = 8;

const lifeMs: Record<BindPurpose, number> = { group: 30 * 60_000, administrator: 24 * 3_600_000 };

export interface NewCode {
  purpose: BindPurpose;
  plans: string[] | null;
  createdBy: string;
  now: Date;
}

/** A code that works once. It is returned here and stored nowhere. */
export async function makeBindCode(
  tx: Tx,
  workspace: WorkspaceId,
  { purpose, plans, createdBy, now }: NewCode,
): Promise<{ code: string; expiresAt: Date }> {
  const code = Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  const expiresAt = new Date(now.getTime() + lifeMs[purpose]);
  await insertBindCode(tx, workspace, { hash: hashOf(code), purpose, plans, createdBy, createdAt: now, expiresAt });
  return { code, expiresAt };
}

export const hashOf = (code: string) => createHash('sha256').update(`duban bind ${code}`).digest('hex');

const typedCode = new RegExp(`^\\s*[/／]?\\s*(?:bind|绑定)\\s*([${alphabet}]{${length}})\\s*$`, 'iu');

/** The code in 「/bind 7KQ2M9XA」; `null` when the words are something else. */
export function codeIn(text: string): string | null {
  return typedCode.exec(text.normalize('NFKC'))?.[1]?.toUpperCase() ?? null;
}
