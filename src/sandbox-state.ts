import { type Command, isOpenTo } from './chat/command.js';
import type { CommandSet } from './chat/load-commands.js';
import type { Reply } from './chat/message.js';
import { zonedIso } from './domain/local-date.js';
import type { WorkspaceId } from './domain/workspace.js';
import { renderedPost } from './platforms/sandbox/adapter.js';
import type { FileShelf } from './platforms/sandbox/file-shelf.js';
import type { RenderedReply, SandboxHub, SandboxMessage } from './platforms/sandbox/hub.js';
import type { SandboxState } from './platforms/sandbox/routes.js';
import { type DeliveryRow, listRecentDeliveries } from './store/deliveries.js';
import { listGroups } from './store/groups.js';
import { type LedgerRows, readLedger } from './store/ledger.js';
import { listPeople } from './store/people.js';
import type { Store } from './store/store.js';
import { findWorkspace } from './store/workspaces.js';

const messagesShown = 50;

export interface SandboxView {
  store: Store;
  workspaceId: WorkspaceId;
  commands: CommandSet;
  hub: SandboxHub;
  shelf: FileShelf;
}

/** What the sandbox page shows `person` when it opens. */
export async function sandboxState(
  { store, workspaceId, commands, hub, shelf }: SandboxView,
  person: string | null,
  clock: { now: Date; start: Date; timeZone: string },
): Promise<SandboxState> {
  const workspace = await findWorkspace(store.read, workspaceId);
  const [group] = await listGroups(store.read, workspaceId);
  const people = await listPeople(store.read, workspaceId);
  const ledger = await readLedger(store.read, workspaceId);
  const unitNames = new Map(ledger.units.map((unit) => [unit.id, unit.name]));
  const personNames = new Map(people.map(({ id, name }) => [id, name]));
  const deliveries = group ? await listRecentDeliveries(store.read, workspaceId, group.id, messagesShown) : [];
  const posted = deliveries.reverse().flatMap((delivery) => postedFrom(delivery, personNames, shelf) ?? []);
  return {
    now: zonedIso(clock.now, clock.timeZone),
    default: zonedIso(clock.start, clock.timeZone),
    workspace: workspace?.name ?? '',
    group: { id: group?.chatId ?? '', name: group?.name ?? '' },
    people: people.map(({ name, unitId, roles }) => ({
      name,
      unit: unitId === null ? null : (unitNames.get(unitId) ?? null),
      roles,
      may: commands.list.filter((command) => isOpenTo(command, roles)).map((command) => command.name),
    })),
    commands: commands.list.map((command) => ({
      name: command.name,
      aliases: command.aliases,
      usage: `/${command.name} ${command.help.usage}`.trim(),
      summary: command.help.summary,
      verb: verbOf(command),
      // What only sometimes writes asks before it does.
      writes: command.writes === true,
      examples: command.help.examples,
    })),
    prefixes: [...new Set(ledger.plans.map((plan) => plan.prefix))],
    questions: questionsTo(ledger, commands),
    messages: inOrder(posted, hub.kept(person), person).map((message) => withSizes(message, shelf)),
  };
}

const verbOf = ({ name, aliases, help }: Command) => help.verb ?? aliases[0] ?? name;

function postedFrom(
  delivery: DeliveryRow,
  personNames: ReadonlyMap<string, string>,
  shelf: FileShelf,
): SandboxMessage | null {
  if (delivery.state !== 'sent' || delivery.sentAt === null || delivery.reply === null) return null;
  return {
    kind: 'posted',
    id: delivery.key,
    at: delivery.sentAt.toISOString(),
    to: delivery.personId === null ? null : (personNames.get(delivery.personId) ?? null),
    reply: renderedPost(delivery.reply as Reply, shelf, delivery.key),
  };
}

/** A file may have been made since it was told of. */
function withSizes(message: SandboxMessage, shelf: FileShelf): SandboxMessage {
  const sized = (one: RenderedReply) => (one.kind === 'file' ? { ...one, size: shelf.sizeOf(one.url) } : one);
  return message.kind === 'said'
    ? { ...message, replies: message.replies.map(sized) }
    : { ...message, reply: sized(message.reply) };
}

/** What the hub does not hold was posted before all that it holds. */
function inOrder(posted: SandboxMessage[], kept: SandboxMessage[], person: string | null): SandboxMessage[] {
  const held = new Set(kept.map(({ id }) => id));
  const seen = posted.filter(({ id, to }) => !held.has(id) && (to === null || to === person));
  return [...seen, ...kept];
}

/** Questions that this ledger can answer, in the words of the people who ask. */
function questionsTo({ tasks, responsibilities, units }: LedgerRows, commands: CommandSet): SandboxState['questions'] {
  const leads = new Map(
    responsibilities
      .filter(({ role, inherited }) => role === 'lead' && !inherited)
      .map(({ year, task, unitId }) => [`${year} ${task}`, unitId]),
  );
  const current = tasks.filter(({ year, retired }) => year === tasks.at(-1)?.year && !retired);
  const task = current.find(({ year, key }) => leads.has(`${year} ${key}`));
  const lead = task && leads.get(`${task.year} ${task.key}`);
  const unit = units.find(({ id }) => id === lead);
  const questions = [
    { text: '本周到期', command: 'due' },
    task && { text: `${task.code}谁牵头`, command: 'who' },
    { text: '我的', command: 'mine' },
    task && { text: `${task.code}原文`, command: 'task' },
    unit && { text: `${unit.name}清单`, command: 'list' },
    { text: '进度', command: 'status' },
    { text: '周报预览', command: 'digest' },
    { text: '帮助', command: 'help' },
  ];
  return questions.flatMap((question) => (question && commands.byWord.has(question.command) ? [question] : []));
}
