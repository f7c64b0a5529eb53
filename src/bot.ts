import type { Logger } from 'pino';
import { consult, type Knows } from './chat/dispatch.js';
import { hearWords } from './chat/hear-beside.js';
import type { CommandSet } from './chat/load-commands.js';
import type { FileContent, IncomingMessage, PlatformName, Reply } from './chat/message.js';
import { hearNotice } from './delivery/hear-notice.js';
import { Sender } from './delivery/sender.js';
import { StrangerReplies } from './delivery/stranger-replies.js';
import type { RulePacks } from './domain/rule-pack.js';
import { type WorkspaceId, workspaceId } from './domain/workspace.js';
import type { EvidenceFolder } from './evidence/evidence-folder.js';
import { EvidenceReader } from './evidence/evidence-reader.js';
import { EvidenceSweep } from './evidence-sweep.js';
import { FileCollector } from './file-collector.js';
import { FileIntake } from './file-intake.js';
import { writeIcs } from './file-making/ics.js';
import { FileSource } from './file-source.js';
import type { SentenceWords } from './language/sentence/sentence-words.js';
import type { PlanReader } from './plan-reading/plan-reader.js';
import type { MadeFile, Notice, PlatformAdapter } from './platforms/adapter.js';
import { sealYesterday } from './services/audit/seal-day.js';
import { readCalendar } from './services/calendar/read-calendar.js';
import { LedgerCache } from './services/ledger/ledger-cache.js';
import { type Answered, answerMessage, type Road } from './services/message/answer-message.js';
import { askLedger, type Question } from './services/message/ask-ledger.js';
import { runDepartures } from './services/person/run-departures.js';
import { forgetQuestions } from './services/question/forget-questions.js';
import { runMornings } from './services/reminder/run-mornings.js';
import { forgetOld } from './services/retention/forget-old.js';
import { RosterCache } from './services/roster/roster-cache.js';
import { roundMomentsBetween, runRounds } from './services/round/run-rounds.js';
import { EachDay } from './services/schedule/each-day.js';
import { nextSlotMoments, runSchedules } from './services/schedule/run-schedules.js';
import { SlotWatch } from './services/schedule/slot-watch.js';
import { nextDeliveryMoment } from './store/deliveries.js';
import type { Chat } from './store/groups.js';
import { findWorkspaceOfChat, findWorkspaceOfUser } from './store/places.js';
import type { Store } from './store/store.js';
import { listWorkspaces } from './store/workspaces.js';

export interface BotDeps {
  store: Store;
  commands: CommandSet;
  adapters: PlatformAdapter[];
  reader: PlanReader;
  /** Where what is handed over with reports is kept, and how much of it a workspace may have, in bytes. */
  evidence: { folder: EvidenceFolder; room: number };
  packs: RulePacks;
  sentences: SentenceWords;
  timeZone: string;
  /** Under which this server is reached, where somebody has said. */
  address?: () => string | null;
  now: () => Date;
  log: Logger;
}

/** The bot without its doors: what it answers, what it posts by schedule, what it delivers. */
export interface Bot {
  /** Nothing for what was not said to the bot; nothing, too, where the answer goes out as a delivery. */
  answer(message: IncomingMessage): Promise<Reply[]>;
  /** What somebody at the server asks. Nothing is written. */
  ask(question: Question): Promise<Reply[]>;
  /** What happened to a chat besides messages: the bot came, went, or is over its quota there. */
  notice(platform: PlatformName, notice: Notice): Promise<void>;
  makeFile(workspace: WorkspaceId, content: FileContent): Promise<MadeFile>;
  /** What a calendar link opens, as iCalendar text; `null` for nothing. */
  calendar(workspace: string, token: string): Promise<{ name: string; text: string } | null>;
  /** Whether the roster has this chat and this user of a platform. */
  knows(chat: Chat, userId: string): Promise<{ chat: boolean; user: boolean }>;
  /** Prepares what is due at `now`, forgets what is old enough once a day, and sends what is pending. */
  pass(): Promise<void>;
  /** The first moment after `after`, up to `until`, at which `pass` has something to do; for a clock that is moved. */
  nextMoment(after: Date, until: Date): Promise<Date | null>;
  /** Lets what is being sent end. */
  stop(): Promise<void>;
}

export function createBot(deps: BotDeps): Bot {
  const { store, packs, timeZone, now, log } = deps;
  const knows: Knows = { commands: deps.commands, sentences: deps.sentences };
  const adapters = new Map(deps.adapters.map((adapter) => [adapter.name as string, adapter]));
  const fileWay: Road['fileWay'] = (message, webhook) =>
    adapters.get(message.platform)?.fileWay?.(message, webhook) ?? { kind: 'with-answer' };
  const speaksWhereItHears: Road['speaksWhereItHears'] = (platform, group) =>
    adapters.get(platform)?.speaksWhereItHears?.(group) ?? true;
  const files = new FileSource({ store, folder: deps.evidence.folder, timeZone, log });
  const makeFile: Bot['makeFile'] = (workspace, content) => files.make(workspace, content);
  const sender = new Sender({ store, adapters, makeFile, timeZone, now, log });
  const lease: Road['lease'] = (target) => sender.lease(target);
  const caches = { ledgers: new LedgerCache(), rosters: new RosterCache() };
  const slots = new SlotWatch();
  const shared = {
    store,
    ...caches,
    slots,
    packs,
    timeZone,
    address: deps.address ?? (() => null),
    fileWay,
    lease,
    speaksWhereItHears,
    log,
  };
  const seals = new EachDay(shared, sealYesterday);
  const retention = new EachDay(shared, forgetOld);
  const strangers = new StrangerReplies({ adapters, now, log });
  const wake = () => {
    sender.wake().catch((error) => log.error({ err: error }, 'sending failed; it is tried again'));
  };
  const settle = (message: IncomingMessage, { replies, place, owed }: Answered): Reply[] => {
    if (owed && owed.taken.length > 0) sender.handOver({ ...owed, deliveries: owed.taken });
    // What is sent again may be owed still.
    if (owed ? owed.waits : message.answeredBy === 'delivery' && place === 'bound') wake();
    if (message.answeredBy === 'response') return replies;
    if (place !== 'bound') strangers.answer(message, replies, place === 'unbound');
    return [];
  };
  const intake = new FileIntake({
    ...shared,
    ...deps.evidence,
    knows,
    plans: deps.reader,
    evidence: new EvidenceReader(),
    now,
    settle,
    onAwaited: () => collector.wake(),
  });
  const evidence = new EvidenceSweep({ store, folder: deps.evidence.folder, timeZone, log });
  const collector = new FileCollector({ store, log, adapters, intake, now });
  return {
    makeFile,
    async answer(message) {
      if (!message.addressed) return [];
      if (message.files && message.files.length > 0) return intake.hear(message, message.files);
      return settle(message, await answerMessage(shared, message, now(), (ctx, text) => hearWords(ctx, knows, text)));
    },
    async calendar(workspace, token) {
      const id = workspaceId.parse(workspace);
      const agenda = await readCalendar(store.read, id, token, { now: now(), timeZone });
      return agenda && { name: agenda.name, text: writeIcs(agenda, { now: now(), timeZone }) };
    },
    ask: (question) => askLedger(shared, question, now(), (ctx, text) => consult(ctx, knows, text)),
    async notice(platform, notice) {
      await hearNotice(shared, platform, notice, now());
      wake();
    },
    async knows(chat, userId) {
      const { rosters } = shared;
      const [held, user] = [rosters.holdsChat(chat), rosters.holdsUser(chat.platform, userId)];
      return {
        chat: held || (await findWorkspaceOfChat(store.read, chat)) !== null,
        user: user || (await findWorkspaceOfUser(store.read, chat.platform, userId)) !== null,
      };
    },
    async pass() {
      await runSchedules(shared, now());
      await runMornings(shared, now());
      await runRounds(shared, now());
      await runDepartures(shared, now());
      await forgetQuestions(shared, now());
      await seals.run(now());
      await retention.run(now());
      await evidence.run(now());
      collector.wake();
      await sender.wake();
    },
    async nextMoment(after, until) {
      const moments = [
        ...(await nextSlotMoments(shared, after)).filter((moment) => moment <= until),
        ...(await roundMomentsBetween(shared, after, until)),
      ];
      for (const { id } of await listWorkspaces(store.read)) {
        const sending = await nextDeliveryMoment(store.read, id, after);
        if (sending && sending <= until) moments.push(sending);
      }
      return moments.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
    },
    async stop() {
      await collector.stop();
      await sender.stop();
      await strangers.stop();
    },
  };
}
