import { type EvidenceType, evidenceBounds } from '../../domain/evidence.js';
import { holds, reportsFor } from '../../domain/person.js';
import {
  type EvidenceRow,
  insertEvidence,
  listHeldEvidence,
  listOfferedEvidence,
  sumEvidence,
  withholdEvidence,
} from '../../store/evidence.js';
import type { Context } from '../context.js';

/** A piece whose content has been looked at and lies in the folder. */
export interface KeptFile {
  name: string;
  type: EvidenceType;
  size: number;
  sha256: string;
}

const offeredMs = 600_000;

/** Who reports, records or reviews hands over what shows it. */
export function handsOver({ actor }: Pick<Context, 'actor'>): boolean {
  return actor.person !== null && (reportsFor(actor) !== null || holds(actor, 'supervisor', 'coordinator', 'leader'));
}

export type Holding = { kind: 'held'; rows: EvidenceRow[] } | { kind: 'full'; say: string };

/**
 * Enters what was sent while nobody has said yet to which report it belongs; for ten minutes it goes with the next one. `room`
 * is what the workspace may keep, in bytes.
 */
export async function holdEvidence(
  ctx: Context,
  files: KeptFile[],
  { receivedAt, room }: { receivedAt: Date; room: number },
): Promise<Holding> {
  const { tx, workspace, actor, chat, now } = ctx;
  if (actor.person === null) return { kind: 'full', say: '名单里没有你，没有收。' };
  const held = await listHeldEvidence(tx, workspace, actor.person, chat.id);
  if (held.length + files.length > evidenceBounds.filesHeld) {
    const say = `你已有${held.length}份材料没有说附到哪里，先发“/attach 编号”附上，再发新的。`;
    return { kind: 'full', say };
  }
  const { bytes } = await sumEvidence(tx, workspace);
  const wanted = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes + wanted > room) {
    ctx.log.error({ bytes, room }, 'no room for evidence: DUBAN_EVIDENCE_GB');
    return { kind: 'full', say: '存材料的地方满了，没有收，报送不受影响。请告诉管理员。' };
  }
  const person = actor.person;
  const offeredUntil = new Date(now.getTime() + offeredMs);
  const rows = files.map((file) => ({ ...file, personId: person, chatId: chat.id, receivedAt, offeredUntil }));
  return { kind: 'held', rows: await insertEvidence(tx, workspace, rows) };
}

/** What the speaker has sent here and that belongs nowhere yet. */
export async function heldBySpeaker({ tx, workspace, actor, chat }: Context): Promise<EvidenceRow[]> {
  return actor.person === null ? [] : listHeldEvidence(tx, workspace, actor.person, chat.id);
}

/** Of that what goes with whatever they report next. */
export async function offeredBySpeaker({ tx, workspace, actor, chat, now }: Context): Promise<EvidenceRow[]> {
  return actor.person === null ? [] : listOfferedEvidence(tx, workspace, actor.person, chat.id, now);
}

/** The speaker has thought better of what they were about to report. Returns how much they had sent for it. */
export async function withhold({ tx, workspace, actor, chat }: Context): Promise<number> {
  return actor.person === null ? 0 : withholdEvidence(tx, workspace, actor.person, chat.id);
}
