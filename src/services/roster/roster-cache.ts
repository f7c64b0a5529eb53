import type { WorkspaceId } from '../../domain/workspace.js';
import { type Chat, type GroupRow, listGroups } from '../../store/groups.js';
import { listAllAccounts, listPeople, type PersonRow } from '../../store/people.js';
import { findWorkspaceOfChat, findWorkspaceOfUser } from '../../store/places.js';
import type { Queries } from '../../store/queries.js';
import { findWorkspace, type WorkspaceRow } from '../../store/workspaces.js';

/** Who speaks and where, as the platform signed it. */
export interface Whereabouts {
  platform: string;
  account: string;
  chat: { id: string; private: boolean };
  sender: string;
}

export interface Place {
  workspace: WorkspaceRow;
  /** `null` one to one with a person of the roster, before a group of the same account is bound. */
  group: GroupRow | null;
  /** `null` for somebody whom the roster does not know. */
  person: PersonRow | null;
}

interface Roster {
  version: number;
  groups: GroupRow[];
  groupByChat: ReadonlyMap<string, GroupRow>;
  personByUser: ReadonlyMap<string, PersonRow>;
}

/** Stands for the one-to-one chats of an account while no group of it is bound. */
export const oneToOneChat = 'one-to-one';

const chatKey = ({ platform, account, chatId }: Chat) => `chat ${platform} ${account} ${chatId}`;
const userKey = (platform: string, userId: string) => `user ${platform} ${userId}`;

/** Groups, people and accounts in memory, read anew when their version in the database is another. */
export class RosterCache {
  readonly #rosters = new Map<WorkspaceId, Roster>();
  /** Only says where to look: what is found there is checked against the version. */
  readonly #workspaces = new Map<string, WorkspaceId>();

  /**
   * The chat names the group and so the workspace; a one-to-one chat belongs to the workspace that knows the person, and
   * stands beside its first group on the same account. `null` where no group is bound.
   */
  async find(q: Queries, where: Whereabouts): Promise<Place | null> {
    const { platform, account, sender } = where;
    const chat = { platform, account, chatId: where.chat.id };
    const known = this.#workspaces.get(where.chat.private ? userKey(platform, sender) : chatKey(chat));
    const held = known === undefined ? null : await this.#findIn(q, known, where);
    if (held) return held;
    const found = where.chat.private
      ? await findWorkspaceOfUser(q, platform, sender)
      : await findWorkspaceOfChat(q, chat);
    return found === null ? null : this.#findIn(q, found, where);
  }

  forget(): void {
    this.#rosters.clear();
    this.#workspaces.clear();
  }

  /** Whether the roster in memory has the person; somebody added since is not seen. */
  holdsUser(platform: string, userId: string): boolean {
    return this.#workspaces.has(userKey(platform, userId));
  }

  holdsChat(chat: Chat): boolean {
    return this.#workspaces.has(chatKey(chat));
  }

  async #findIn(q: Queries, id: WorkspaceId, where: Whereabouts): Promise<Place | null> {
    const workspace = await findWorkspace(q, id);
    if (!workspace) return null;
    const roster = await this.#current(q, workspace);
    const { platform, account, chat, sender } = where;
    const person = roster.personByUser.get(userKey(platform, sender)) ?? null;
    if (chat.private) return person && { workspace, group: groupBeside(roster, platform, account), person };
    const group = roster.groupByChat.get(chatKey({ platform, account, chatId: chat.id }));
    return group ? { workspace, group, person } : null;
  }

  async #current(q: Queries, { id, rosterVersion: version }: WorkspaceRow): Promise<Roster> {
    const held = this.#rosters.get(id);
    if (held?.version === version) return held;
    const groups = await listGroups(q, id);
    const people = new Map((await listPeople(q, id)).map((person) => [person.id, person]));
    const personByUser = new Map<string, PersonRow>();
    for (const { platform, userId, personId } of await listAllAccounts(q, id)) {
      const person = people.get(personId);
      if (person) personByUser.set(userKey(platform, userId), person);
    }
    const roster = {
      version,
      groups,
      groupByChat: new Map(groups.map((group) => [chatKey(group), group])),
      personByUser,
    };
    this.#rosters.set(id, roster);
    for (const key of [...roster.groupByChat.keys(), ...personByUser.keys()]) {
      if (!this.#workspaces.has(key)) this.#workspaces.set(key, id);
    }
    return roster;
  }
}

/** The account's first bound group, else the row that stands for its one-to-one chats. */
function groupBeside({ groups }: Roster, platform: string, account: string): GroupRow | null {
  const beside = groups.filter((one) => one.platform === platform && one.account === account);
  return beside.find((one) => one.chatId !== oneToOneChat) ?? beside[0] ?? null;
}
