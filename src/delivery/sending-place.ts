import type { PersonId } from '../domain/person.js';
import type { WorkspaceId } from '../domain/workspace.js';
import type { Limits, PlatformAdapter, Target } from '../platforms/adapter.js';
import type { DeliveryRow } from '../store/deliveries.js';
import { findGroup, type GroupRow, listGroups } from '../store/groups.js';
import { findPerson, listAccounts } from '../store/people.js';
import type { Queries } from '../store/queries.js';
import type { DeliveryTarget } from '../store/tables.js';

export type Adapters = ReadonlyMap<string, PlatformAdapter>;

/** Where a delivery goes, and over which platform. */
export interface SendingPlace {
  adapter: PlatformAdapter;
  target: Target;
  limits: Limits;
  group: GroupRow | null;
  /** Names the target for its pace. */
  lane: string;
  /** And the app that speaks, for what it may say to all of them together. */
  app: string;
}

/** `null` where it can go nowhere: the platform is not configured, or the person has left or has no account where the bot is. */
export async function findPlace(
  q: Queries,
  adapters: Adapters,
  workspace: WorkspaceId,
  delivery: DeliveryRow,
): Promise<SendingPlace | null> {
  const group = await findGroup(q, workspace, delivery.groupId);
  const { target, personId } = delivery;
  if (target) return placeOf(adapters, target, group);
  if (personId !== null) return placeOfPerson(q, adapters, workspace, personId, group);
  if (!group) return null;
  const { platform, account, chatId } = group;
  return placeOf(adapters, { platform, account, chatId, userId: null, route: null }, group);
}

/** One to one where the group it concerns is, else on the first platform of the workspace's groups that knows the person. */
async function placeOfPerson(
  q: Queries,
  adapters: Adapters,
  workspace: WorkspaceId,
  personId: PersonId,
  group: GroupRow | null,
): Promise<SendingPlace | null> {
  const person = await findPerson(q, workspace, personId);
  if (!person?.active) return null;
  const accounts = await listAccounts(q, workspace, personId);
  const beside = ({ platform, account }: GroupRow) => {
    const known = accounts.find((one) => one.platform === platform);
    return known
      ? placeOf(adapters, { platform, account, chatId: '', userId: known.userId, route: null }, group)
      : null;
  };
  const here = group && beside(group);
  if (here) return here;
  for (const other of await listGroups(q, workspace)) {
    const place = beside(other);
    if (place) return place;
  }
  return null;
}

/** Of one whose target was written down with it. */
export function placeOf(adapters: Adapters, given: DeliveryTarget, group: GroupRow | null): SendingPlace | null {
  const { platform, ...where } = given;
  const adapter = adapters.get(platform);
  if (!adapter) return null;
  const { account, chatId, userId } = where;
  const webhook = userId === null && group?.chatId === chatId ? group.webhook : null;
  const target: Target = { ...where, webhook };
  return {
    adapter,
    target,
    limits: adapter.limitsFor?.(target) ?? adapter.limits,
    group: userId === null ? group : null,
    lane: `${platform} ${account} ${userId ?? chatId}`,
    app: `${platform} ${account}`,
  };
}

/** As which the platform knows a person. */
export async function findUserId(
  q: Queries,
  workspace: WorkspaceId,
  platform: string,
  person: PersonId,
): Promise<string | null> {
  const accounts = await listAccounts(q, workspace, person);
  return accounts.find((account) => account.platform === platform)?.userId ?? null;
}
