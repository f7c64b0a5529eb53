import { reply } from '../chat/message.js';
import { kindOfSchedule, scheduleNames } from '../domain/schedule.js';
import type { WorkspaceId } from '../domain/workspace.js';
import type { GroupRow } from '../store/groups.js';
import type { Tx } from '../store/queries.js';
import { tellAdministrators } from './lost-target.js';

/** `unknown`: it may have arrived, so it is not sent again. */
export type LostDigest = { key: string; kind: string; state: 'unknown' | 'refused' | 'expired'; why: string | null };

/** Tells every administrator one to one, once, of a digest that did not surely arrive. */
export async function tellLostDigest(
  tx: Tx,
  workspace: WorkspaceId,
  group: GroupRow,
  { key, kind, state, why }: LostDigest,
  now: Date,
): Promise<void> {
  const name = scheduleNames[kindOfSchedule(kind)];
  const reason = why === null ? '' : `：${why}`;
  const said =
    state === 'unknown'
      ? reply.text(
          `群“${group.name}”的${name}不知道有没有发到${reason}。`,
          '没有再发，免得重复。请到群里看一眼，没有就在群里发“/digest 预览”。',
        )
      : reply.text(`群“${group.name}”的${name}没有发出去${reason}。`, '内容可以在群里发“/digest 预览”看。');
  await tellAdministrators(tx, workspace, group.id, `${state} ${key}`, said, now);
}
