import type { CommandSet } from './chat/load-commands.js';
import type { Reply } from './chat/message.js';
import { zonedIso } from './domain/local-date.js';
import type { WorkspaceId } from './domain/workspace.js';
import { rendered } from './platforms/sandbox/adapter.js';
import type { SandboxState } from './platforms/sandbox/routes.js';
import { listRecentDeliveries } from './store/deliveries.js';
import { listGroups } from './store/groups.js';
import { readLedger } from './store/ledger.js';
import { listPeople } from './store/people.js';
import type { Store } from './store/store.js';
import { findWorkspace } from './store/workspaces.js';

const messagesShown = 50;

/** What the sandbox page shows when it opens. */
export async function sandboxState(
  store: Store,
  workspaceId: WorkspaceId,
  commands: CommandSet,
  clock: { now: Date; start: Date; timeZone: string },
): Promise<SandboxState> {
  const workspace = await findWorkspace(store.read, workspaceId);
  const [group] = await listGroups(store.read, workspaceId);
  const people = await listPeople(store.read, workspaceId);
  const { units } = await readLedger(store.read, workspaceId);
  const unitNames = new Map(units.map((unit) => [unit.id, unit.name]));
  const personNames = new Map(people.map((person) => [person.id, person.name]));
  const deliveries = group ? await listRecentDeliveries(store.read, workspaceId, group.id, messagesShown) : [];
  return {
    now: zonedIso(clock.now, clock.timeZone),
    default: zonedIso(clock.start, clock.timeZone),
    workspace: workspace?.name ?? '',
    group: { id: group?.chatId ?? '', name: group?.name ?? '' },
    people: people.map(({ name, unitId, roles }) => ({
      name,
      unit: unitId === null ? null : (unitNames.get(unitId) ?? null),
      roles,
    })),
    commands: commands.list.map(({ name, aliases, help }) => ({
      name,
      aliases,
      usage: `/${name} ${help.usage}`.trim(),
      summary: help.summary,
      examples: help.examples,
    })),
    messages: deliveries
      .filter((delivery) => delivery.state === 'sent' && delivery.sentAt !== null)
      .reverse()
      .map((delivery) => ({
        id: delivery.key,
        at: (delivery.sentAt ?? delivery.createdAt).toISOString(),
        to: delivery.personId === null ? null : (personNames.get(delivery.personId) ?? null),
        reply: rendered(delivery.reply as Reply),
      })),
  };
}
