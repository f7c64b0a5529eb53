import path from 'node:path';
import type { ScheduleRule } from '../../src/domain/slot.js';
import type { WorkspaceId } from '../../src/domain/workspace.js';
import { loadDataWhenEmpty } from '../../src/load-data.js';
import { projectRoot } from '../../src/project-root.js';
import { insertBoundGroup } from '../../src/services/group/insert-bound-group.js';
import { setScheduleRule } from '../../src/store/schedules.js';
import type { Store } from '../../src/store/store.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import type { Chance } from './chance.js';

export const timeZone = 'Asia/Shanghai';
/** For how long each platform knows a message by its key; 0 takes none. */
export const keyHonouredMs: Record<string, number> = { feishu: 3_600_000, wecom: 0 };

/** Few times of day, so that many schedules come at once, as they do in life. */
export const times = ['08:30', '09:00', '10:15', '15:00'] as const;

/** A rule as somebody might choose it. */
export function anyRule(chance: Chance, since: Date): ScheduleRule {
  const common = { time: chance.of(times), since: since.toISOString() };
  if (chance.is(0.65)) return { kind: 'weekly', weekday: chance.is(0.6) ? 1 : chance.upTo(7), ...common };
  if (chance.is(0.7)) return { kind: 'monthly', day: chance.upTo(31), ...common };
  return { kind: 'workday', ...common };
}

export interface Office {
  workspace: WorkspaceId;
  /** The digest of each group, by its schedule. */
  digests: { schedule: string; group: string }[];
}

/** The data folder's plans and people, and so many groups on two platforms, each with a schedule of its own. */
export async function foundOffice(store: Store, groups: number, chance: Chance, now: Date): Promise<Office> {
  const channel = { platform: 'feishu', account: 'office' } as const;
  await loadDataWhenEmpty(store, path.join(projectRoot, 'data'), channel, now, timeZone);
  const [row] = await listWorkspaces(store.read);
  if (!row) throw new Error('no workspace');
  const digests: Office['digests'] = [];
  for (let index = 1; index <= groups; index += 1) {
    const place = { platform: chance.is(0.5) ? 'feishu' : 'wecom', account: 'office', chatId: `chat ${index}` };
    await store.transaction(async (tx) => {
      const values = { ...place, name: `第${index}群`, plans: null, webhook: null };
      const group = await insertBoundGroup(tx, row.id, values, { changedBy: 'test', now });
      const schedule = `digest-${group}`;
      await setScheduleRule(tx, row.id, schedule, { rule: anyRule(chance, now), changedBy: 'test' });
      digests.push({ schedule, group });
    });
  }
  return { workspace: row.id, digests };
}
