import type { PlatformName } from '../../chat/message.js';
import type { LocalDate } from '../../domain/local-date.js';
import { type ActorRole, type Person, personId } from '../../domain/person.js';
import type { NoticeDraft } from '../../domain/plan-draft.js';
import { type UnitId, unitId } from '../../domain/unit.js';
import type { GroupId, WorkspaceId, WorkspaceSettings } from '../../domain/workspace.js';
import { insertDocument } from '../../store/documents.js';
import { insertGroup } from '../../store/groups.js';
import type { Tx } from '../../store/queries.js';
import { insertUnitAliases, insertUnitMembers, insertUnits } from '../../store/units.js';
import { insertWorkspace, raiseLedgerVersion } from '../../store/workspaces.js';
import { enterPeople } from '../person/write-roster.js';
import { writeNewPlans } from '../plan/write-plans.js';
import { insertDefaultSchedules } from '../schedule/default-schedules.js';

export interface Founding {
  workspace: {
    id: WorkspaceId;
    name: string;
    startOn: LocalDate;
    settings: WorkspaceSettings;
    groups: { id: GroupId; chat: string; name: string; plans?: string[] | undefined }[];
  };
  units: { name: string; aliases: string[]; members: string[] }[];
  people: {
    name: string;
    unit?: string | undefined;
    roles: ActorRole[];
    /** By platform. */
    accounts: Partial<Record<PlatformName, string | undefined>>;
    /** Units by name. */
    scope?: { plans: string[]; units: string[] } | undefined;
  }[];
  documents: { title: string; fileName: string; sha256: string; text: string; draft: NoticeDraft }[];
  /**
   * The channel on which the groups and people of the roster are. With `null` they come by their platform: no group is entered,
   * and of the people those whose accounts are told.
   */
  channel: { platform: PlatformName; account: string } | null;
  now: Date;
}

const foundedBy = 'data';

/** Writes an office's workspace with roster, plans, groups and their digests into an empty ledger. */
export async function foundWorkspace(tx: Tx, founding: Founding): Promise<void> {
  const { workspace, channel, now } = founding;
  const { id, name, startOn, settings } = workspace;
  await insertWorkspace(tx, { id, name, startOn, settings });
  const roster = await writeUnits(tx, founding);
  let position = 1;
  for (const [index, document] of founding.documents.entries()) {
    const { draft, ...file } = document;
    const documentId = `d${index + 1}`;
    const issuedOn = draft.plans[0]?.issuedOn ?? null;
    const imported = { importedAt: now, importedBy: foundedBy };
    await insertDocument(tx, id, { ...file, id: documentId, number: null, issuer: null, issuedOn, ...imported });
    const decision = { decidedBy: foundedBy, decidedAt: now };
    const unitOf = (name: string) => roster.get(name) ?? null;
    await writeNewPlans({ tx, workspace: id, documentId, unitOf, decision }, draft, position);
    position += draft.plans.length;
  }
  await writePeople(tx, founding, roster);
  if (channel !== null) await writeGroups(tx, founding, channel);
  await raiseLedgerVersion(tx, id);
}

async function writePeople(
  tx: Tx,
  { workspace, people, channel, now }: Founding,
  roster: Map<string, UnitId>,
): Promise<void> {
  const entries = people.map(({ name, unit, roles, accounts: told, scope }, index) => {
    const accounts = Object.entries(told).flatMap(([platform, userId]) => (userId ? [{ platform, userId }] : []));
    const person: Person = {
      id: personId.parse(`p${index + 1}`),
      name,
      unitId: unit === undefined ? null : (roster.get(unit) ?? null),
      roles,
      scope: scope ? { plans: scope.plans, units: scope.units.flatMap((one) => roster.get(one) ?? []) } : null,
      active: true,
      leftAt: null,
    };
    // On the sandbox people are told apart by their names.
    const here = channel === null ? [] : [{ platform: channel.platform, userId: name }];
    return { person, accounts: [...here, ...accounts] };
  });
  const entered = entries.filter(({ accounts }) => accounts.length > 0);
  await enterPeople({ tx, workspace: workspace.id, now, by: foundedBy }, entered, '读入 data/');
}

async function writeGroups(
  tx: Tx,
  { workspace, now }: Founding,
  channel: NonNullable<Founding['channel']>,
): Promise<void> {
  const { id } = workspace;
  for (const [index, group] of workspace.groups.entries()) {
    await insertGroup(tx, id, {
      ...channel,
      id: group.id,
      chatId: group.chat,
      name: group.name,
      plans: group.plans ?? null,
      // In their order, since the first one has a part that the others have not.
      boundAt: new Date(now.getTime() + index),
    });
    await insertDefaultSchedules(tx, id, group.id, { changedBy: foundedBy, now });
  }
}

/** Names and aliases of the roster and of units that only the documents name, in the order of the documents. */
async function writeUnits(tx: Tx, founding: Founding): Promise<Map<string, UnitId>> {
  const ids = new Map<string, UnitId>();
  const units = [...founding.units];
  const known = new Set(units.flatMap((unit) => [unit.name, ...unit.aliases]));
  for (const name of founding.documents.flatMap(({ draft }) => unitsNamed(draft))) {
    if (known.has(name)) continue;
    known.add(name);
    units.push({ name, aliases: [], members: [] });
  }
  for (const [index, unit] of units.entries()) {
    const id = unitId.parse(`u${index + 1}`);
    for (const name of [unit.name, ...unit.aliases]) if (!ids.has(name)) ids.set(name, id);
  }
  const idOf = (name: string) => ids.get(name) ?? unitId.parse(name);
  const { id: workspace } = founding.workspace;
  const rows = units.map((unit, index) => ({ id: idOf(unit.name), name: unit.name, position: index + 1 }));
  await insertUnits(tx, workspace, rows);
  const aliases = units.flatMap((unit) => unit.aliases.map((alias) => ({ alias, unitId: idOf(unit.name) })));
  await insertUnitAliases(tx, workspace, aliases);
  const members = units.flatMap((unit) =>
    unit.members.map((member, index) => ({ groupId: idOf(unit.name), unitId: idOf(member), position: index + 1 })),
  );
  await insertUnitMembers(tx, workspace, members);
  return ids;
}

function unitsNamed(draft: NoticeDraft): string[] {
  return draft.plans.flatMap((plan) =>
    plan.tasks.flatMap((task) => task.responsibility.flatMap((responsibility) => responsibility.units)),
  );
}
