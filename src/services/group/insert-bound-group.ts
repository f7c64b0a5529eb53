import { randomUUID } from 'node:crypto';

import { type GroupId, groupId, type WorkspaceId } from '../../domain/workspace.js';
import { insertGroup } from '../../store/groups.js';
import type { Tx } from '../../store/queries.js';
import { insertDefaultSchedules } from '../schedule/default-schedules.js';

export interface BoundGroup {
  platform: string;
  account: string;
  chatId: string;
  name: string;
  plans: string[] | null;
  webhook: string | null;
}

/** A group that is bound gets the Monday digest, its liaisons what is due one to one. */
export async function insertBoundGroup(
  tx: Tx,
  workspace: WorkspaceId,
  group: BoundGroup,
  { changedBy, now }: { changedBy: string; now: Date },
): Promise<GroupId> {
  const id = groupId.parse(randomUUID());
  await insertGroup(tx, workspace, { ...group, id, boundAt: now });
  await insertDefaultSchedules(tx, workspace, id, { changedBy, now });
  return id;
}
