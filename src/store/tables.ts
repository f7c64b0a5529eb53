import { isNotNull, isNull } from 'drizzle-orm';

import type { DutyKey, DutyStatus } from '../domain/duty.js';
import type { EvidenceType } from '../domain/evidence.js';
import type { LocalDate } from '../domain/local-date.js';
import type { DayOfPeriod, MilestoneKind, Recurrence } from '../domain/milestone.js';
import type { ActorRole, PersonId, Scope } from '../domain/person.js';
import type { PlanKind } from '../domain/plan.js';
import type { GoalDraft, NoticeDraft } from '../domain/plan-draft.js';
import type { Role } from '../domain/responsibility.js';
import type { Target } from '../domain/target.js';
import type { TaskCode, TaskKey } from '../domain/task.js';
import type { UnitId } from '../domain/unit.js';
import type { DutyChange, UpdateDetails, UpdateKind } from '../domain/update-chain.js';
import type { GroupId, WorkspaceId } from '../domain/workspace.js';
import type { Kit } from './postgres/kit.js';

export type LinkState = 'proposed' | 'confirmed';
/** What a one-time code makes of whoever sends it: a bound group, or the first administrator. */
export type BindPurpose = 'group' | 'administrator';
export type ImportState = 'proposed' | 'confirmed' | 'discarded';
export type JoinRequestState = 'waiting' | 'granted' | 'refused';
/** 延期, 职责异议, 不涉及 of a unit, and a leader's 批示 that waits as a draft. */
export type RequestKind = 'extension' | 'objection' | 'exemption' | 'instruction';
export type RequestState = 'waiting' | 'granted' | 'refused' | 'taken-back';
/** What a supervisor says of a request before it is decided. */
export interface Opinion {
  favours: boolean;
  words: string;
  by: PersonId;
  /** ISO. */
  at: string;
  /** The line of the history that keeps it. */
  update: number;
}
/** What an office sets beside the words of the document (调整). */
export type AdjustmentKind = 'limit' | 'assembler' | 'lead' | 'support' | 'correction' | 'short-title';
export type RoundState = 'open' | 'closed';
export type UrgingKind = 'remind' | 'urge' | 'escalate';
export type DeliveryState = 'pending' | 'sent' | 'refused' | 'unknown' | 'expired';
/** The chat, or the person one to one, that a reply answers, and what the platform needs to answer that very message. */
export interface DeliveryTarget {
  platform: string;
  account: string;
  chatId: string;
  /** For a one-to-one chat. */
  userId: string | null;
  route: unknown;
}

/** What a message was to which files belong: who said it, where, and how it is answered. */
export interface HeardWithFiles {
  account: string;
  id: string;
  chat: { id: string; private: boolean };
  sender: string;
  text: string;
  /** It had words, which were answered. */
  worded: boolean;
  quoted: { messageId: string | null; text: string | null } | null;
  route: unknown;
}

/** `empty`: there was nothing to say. */
export type SlotState = 'claimed' | 'sent' | 'late' | 'merged' | 'missed' | 'failed' | 'empty';

/** The tables, once for both engines. `workspace` comes first in every key and index. */
export function tables(k: Kit) {
  const workspaces = k.table('workspaces', {
    id: k.words<WorkspaceId>().primaryKey(),
    name: k.words(),
    startOn: k.maybe.day(),
    ledgerVersion: k.count().default(0),
    rosterVersion: k.count().default(0),
    settings: k.value<Record<string, unknown>>(),
  });
  // Tables with a parent reach their workspace through it: a row of `workspaces` that every insert locks is a bottleneck.
  const workspace = () => k.words<WorkspaceId>();
  const ofWorkspace = () => workspace().references(() => workspaces.id);

  const documents = k.table(
    'documents',
    {
      workspace: ofWorkspace(),
      id: k.words(),
      title: k.words(),
      number: k.maybe.words(),
      issuer: k.maybe.words(),
      issuedOn: k.maybe.day(),
      fileName: k.words(),
      sha256: k.words(),
      text: k.words(),
      importedAt: k.instant(),
      importedBy: k.words(),
    },
    (t) => [k.primaryKey({ columns: [t.workspace, t.id] })],
  );

  const plans = k.table(
    'plans',
    {
      workspace: workspace(),
      year: k.count(),
      prefix: k.words(),
      /** `null` for what was assigned by hand. */
      documentId: k.maybe.words(),
      position: k.count(),
      title: k.words(),
      issuedOn: k.maybe.day(),
      goals: k.value<GoalDraft[]>(),
      line: k.count(),
      /** `assigned` holds what was assigned by hand (临-1, …). */
      kind: k.words<PlanKind>().default('document'),
      /** The year's work is over: what was unfinished has been carried on. */
      closedOn: k.maybe.day(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.year, t.prefix] }),
      k.foreignKey({
        name: 'plans_document',
        columns: [t.workspace, t.documentId],
        foreignColumns: [documents.workspace, documents.id],
      }),
    ],
  );

  const tasks = k.table(
    'tasks',
    {
      workspace: workspace(),
      year: k.count(),
      key: k.words<TaskKey>(),
      code: k.words<TaskCode>(),
      retired: k.flag().default(false),
      prefix: k.words(),
      number: k.count(),
      annex: k.flag(),
      position: k.count(),
      section: k.value<string[]>(),
      title: k.words(),
      shortTitle: k.words(),
      text: k.words(),
      points: k.value<string[]>(),
      targets: k.value<Target[]>().default([]),
      leaders: k.value<string[]>().default([]),
      line: k.count(),
      updateCount: k.count().default(0),
      lastHash: k.words().default(''),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.year, t.key] }),
      k.foreignKey({
        name: 'tasks_plan',
        columns: [t.workspace, t.year, t.prefix],
        foreignColumns: [plans.workspace, plans.year, plans.prefix],
      }),
    ],
  );

  const taskLinks = k.table(
    'task_links',
    {
      workspace: workspace(),
      year: k.count(),
      part: k.words<TaskKey>(),
      whole: k.words<TaskKey>(),
      state: k.words<LinkState>(),
      reason: k.words(),
      decidedBy: k.maybe.words(),
      decidedAt: k.maybe.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.year, t.part] }),
      k.foreignKey({
        name: 'task_links_part',
        columns: [t.workspace, t.year, t.part],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
      k.foreignKey({
        name: 'task_links_whole',
        columns: [t.workspace, t.year, t.whole],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
    ],
  );

  const units = k.table(
    'units',
    {
      workspace: ofWorkspace(),
      id: k.words<UnitId>(),
      name: k.words(),
      position: k.count(),
      /** The unit that took over its work (机构改革). */
      mergedInto: k.maybe.words<UnitId>(),
    },
    (t) => [k.primaryKey({ columns: [t.workspace, t.id] }), k.uniqueIndex('units_name').on(t.workspace, t.name)],
  );

  const unitAliases = k.table(
    'unit_aliases',
    { workspace: workspace(), alias: k.words(), unitId: k.words<UnitId>() },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.alias] }),
      k.foreignKey({
        name: 'unit_aliases_unit',
        columns: [t.workspace, t.unitId],
        foreignColumns: [units.workspace, units.id],
      }),
    ],
  );

  const unitMembers = k.table(
    'unit_members',
    { workspace: workspace(), groupId: k.words<UnitId>(), unitId: k.words<UnitId>(), position: k.count() },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.groupId, t.unitId] }),
      k.foreignKey({
        name: 'unit_members_group',
        columns: [t.workspace, t.groupId],
        foreignColumns: [units.workspace, units.id],
      }),
      k.foreignKey({
        name: 'unit_members_unit',
        columns: [t.workspace, t.unitId],
        foreignColumns: [units.workspace, units.id],
      }),
    ],
  );

  const responsibilities = k.table(
    'responsibilities',
    {
      workspace: workspace(),
      year: k.count(),
      task: k.words<TaskKey>(),
      position: k.count(),
      role: k.words<Role>(),
      unitId: k.words<UnitId>(),
      written: k.words(),
      inherited: k.flag(),
      open: k.flag(),
      clauseGroup: k.count(),
      line: k.count(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.year, t.task, t.position] }),
      k.foreignKey({
        name: 'responsibilities_task',
        columns: [t.workspace, t.year, t.task],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
      k.foreignKey({
        name: 'responsibilities_unit',
        columns: [t.workspace, t.unitId],
        foreignColumns: [units.workspace, units.id],
      }),
    ],
  );

  const milestones = k.table(
    'milestones',
    {
      workspace: workspace(),
      year: k.count(),
      task: k.words<TaskKey>(),
      number: k.count(),
      phrase: k.words(),
      what: k.words(),
      kind: k.words<MilestoneKind>(),
      dueOn: k.maybe.day(),
      fromOn: k.maybe.day(),
      toOn: k.maybe.day(),
      every: k.maybe.words<Recurrence>(),
      by: k.maybe.value<DayOfPeriod>(),
      line: k.count(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.year, t.task, t.number] }),
      k.foreignKey({
        name: 'milestones_task',
        columns: [t.workspace, t.year, t.task],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
    ],
  );

  const people = k.table(
    'people',
    {
      workspace: ofWorkspace(),
      id: k.words<PersonId>(),
      name: k.words(),
      unitId: k.maybe.words<UnitId>(),
      roles: k.value<ActorRole[]>(),
      active: k.flag(),
      /** What a leader has in charge (分管), or a coordinator coordinates; `null` is everything. */
      scope: k.maybe.value<Scope>(),
      leftAt: k.maybe.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.id] }),
      k.index('people_unit').on(t.workspace, t.unitId),
      k.foreignKey({
        name: 'people_unit_id',
        columns: [t.workspace, t.unitId],
        foreignColumns: [units.workspace, units.id],
      }),
    ],
  );

  const accounts = k.table(
    'accounts',
    { workspace: workspace(), platform: k.words(), userId: k.words(), personId: k.words<PersonId>() },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.platform, t.userId] }),
      k.index('accounts_person').on(t.workspace, t.personId),
      // A one-to-one chat names only the person; their account leads to the workspace.
      k.index('accounts_user').on(t.platform, t.userId),
      k.foreignKey({
        name: 'accounts_person_id',
        columns: [t.workspace, t.personId],
        foreignColumns: [people.workspace, people.id],
      }),
    ],
  );

  const groups = k.table(
    'groups',
    {
      workspace: ofWorkspace(),
      id: k.words<GroupId>(),
      platform: k.words(),
      account: k.words(),
      chatId: k.words(),
      name: k.words(),
      plans: k.maybe.value<string[]>(),
      boundAt: k.instant(),
      /** Where the group's own webhook robot is posted to: a credential, never shown. */
      webhook: k.maybe.words(),
      /** Nothing can be sent there any more, since then and for that reason. */
      lostAt: k.maybe.instant(),
      lostWhy: k.maybe.words(),
      /** How many messages a week of the bot's own accord; `null` as the workspace says. */
      weeklyMessages: k.maybe.count(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.id] }),
      k.uniqueIndex('groups_chat').on(t.workspace, t.platform, t.account, t.chatId),
      // A message names only its chat, which leads to the workspace.
      k.index('groups_of_chat').on(t.platform, t.account, t.chatId),
    ],
  );

  const inbound = k.table(
    'inbound',
    {
      workspace: workspace(),
      platform: k.words(),
      account: k.words(),
      messageId: k.words(),
      receivedAt: k.instant(),
      personId: k.maybe.words<PersonId>(),
      groupId: k.maybe.words<GroupId>(),
      commands: k.value<string[]>(),
      replies: k.maybe.value<unknown>(),
      errorId: k.maybe.words(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.platform, t.account, t.messageId] }),
      k.index('inbound_received').on(t.workspace, t.receivedAt),
    ],
  );

  const duties = k.table(
    'duties',
    {
      workspace: workspace(),
      year: k.count(),
      task: k.words<TaskKey>(),
      milestone: k.count(),
      occurrence: k.words().default(''),
      unitId: k.words<UnitId>(),
      status: k.words<DutyStatus>(),
      percent: k.maybe.count(),
      problem: k.flag().default(false),
      changedAt: k.instant(),
      changedBy: k.words<PersonId>(),
      sequence: k.count(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.year, t.task, t.milestone, t.occurrence, t.unitId] }),
      k.foreignKey({
        name: 'duties_task',
        columns: [t.workspace, t.year, t.task],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
      k.foreignKey({
        name: 'duties_unit',
        columns: [t.workspace, t.unitId],
        foreignColumns: [units.workspace, units.id],
      }),
    ],
  );

  const updates = k.table(
    'updates',
    {
      sequence: k.sequence(),
      workspace: workspace(),
      year: k.count(),
      task: k.words<TaskKey>(),
      number: k.count(),
      at: k.instant(),
      personId: k.words<PersonId>(),
      unitId: k.maybe.words<UnitId>(),
      role: k.maybe.words(),
      groupId: k.maybe.words<GroupId>(),
      platform: k.words(),
      messageId: k.words(),
      kind: k.words<UpdateKind>(),
      note: k.words(),
      percent: k.maybe.count(),
      changes: k.value<DutyChange[]>(),
      details: k.value<UpdateDetails>().default({}),
      undoes: k.maybe.count(),
      version: k.count(),
      algorithm: k.words(),
      previousHash: k.words(),
      hash: k.words(),
    },
    (t) => [
      k.uniqueIndex('updates_chain').on(t.workspace, t.year, t.task, t.number),
      k.index('updates_person').on(t.workspace, t.personId, t.sequence),
      k.index('updates_message').on(t.workspace, t.platform, t.messageId),
      k.index('updates_at').on(t.workspace, t.at),
      k.index('updates_undoes').on(t.workspace, t.undoes).where(isNotNull(t.undoes)),
      k.foreignKey({
        name: 'updates_task',
        columns: [t.workspace, t.year, t.task],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
      k.foreignKey({
        name: 'updates_person_id',
        columns: [t.workspace, t.personId],
        foreignColumns: [people.workspace, people.id],
      }),
    ],
  );

  const pendingQuestions = k.table(
    'pending_questions',
    {
      workspace: workspace(),
      personId: k.words<PersonId>(),
      chatId: k.words(),
      kind: k.words(),
      payload: k.value<unknown>(),
      askedAt: k.instant(),
      expiresAt: k.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.personId, t.chatId] }),
      k.foreignKey({
        name: 'pending_questions_person',
        columns: [t.workspace, t.personId],
        foreignColumns: [people.workspace, people.id],
      }),
    ],
  );

  const topics = k.table(
    'topics',
    {
      workspace: workspace(),
      chatId: k.words(),
      /** The platform's user id. */
      sender: k.words(),
      topic: k.value<unknown>(),
      at: k.instant(),
    },
    (t) => [k.primaryKey({ columns: [t.workspace, t.chatId, t.sender] })],
  );

  const joinRequests = k.table(
    'join_requests',
    {
      workspace: workspace(),
      number: k.count(),
      personId: k.words<PersonId>(),
      unitId: k.words<UnitId>(),
      askedAt: k.instant(),
      groupId: k.maybe.words<GroupId>(),
      state: k.words<JoinRequestState>(),
      decidedBy: k.maybe.words<PersonId>(),
      decidedAt: k.maybe.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.number] }),
      k.foreignKey({
        name: 'join_requests_person',
        columns: [t.workspace, t.personId],
        foreignColumns: [people.workspace, people.id],
      }),
      k.foreignKey({
        name: 'join_requests_unit',
        columns: [t.workspace, t.unitId],
        foreignColumns: [units.workspace, units.id],
      }),
    ],
  );

  const bindCodes = k.table(
    'bind_codes',
    {
      workspace: ofWorkspace(),
      /** sha256 of the code; the code itself is shown once and kept nowhere. */
      hash: k.words(),
      purpose: k.words<BindPurpose>(),
      plans: k.maybe.value<string[]>(),
      createdBy: k.words(),
      createdAt: k.instant(),
      expiresAt: k.instant(),
      usedAt: k.maybe.instant(),
      usedBy: k.maybe.words(),
    },
    (t) => [k.primaryKey({ columns: [t.workspace, t.hash] })],
  );

  const imports = k.table(
    'imports',
    {
      workspace: ofWorkspace(),
      number: k.count(),
      fileName: k.words(),
      sha256: k.words(),
      /** The document as text, its lines counted as the draft's. */
      text: k.words(),
      draft: k.value<NoticeDraft>(),
      state: k.words<ImportState>(),
      proposedBy: k.words<PersonId>(),
      proposedAt: k.instant(),
      decidedBy: k.maybe.words<PersonId>(),
      decidedAt: k.maybe.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.number] }),
      k.foreignKey({
        name: 'imports_person',
        columns: [t.workspace, t.proposedBy],
        foreignColumns: [people.workspace, people.id],
      }),
    ],
  );

  const deliveries = k.table(
    'deliveries',
    {
      sequence: k.sequence(),
      workspace: workspace(),
      key: k.words(),
      groupId: k.words<GroupId>(),
      personId: k.maybe.words<PersonId>(),
      kind: k.words(),
      /** Where a reply goes; `null` for what the group or the person is sent, whose place is looked up when it is. */
      target: k.maybe.value<DeliveryTarget>(),
      /** `null` once it has been forgotten. */
      reply: k.maybe.value<unknown>(),
      state: k.words<DeliveryState>(),
      attempts: k.count().default(0),
      firstTriedAt: k.maybe.instant(),
      mayHaveArrived: k.flag().default(false),
      notBefore: k.instant(),
      usefulUntil: k.maybe.instant(),
      takenUntil: k.maybe.instant(),
      createdAt: k.instant(),
      sentAt: k.maybe.instant(),
      platformMessageId: k.maybe.words(),
      why: k.maybe.words(),
    },
    (t) => [
      k.uniqueIndex('deliveries_key').on(t.workspace, t.key),
      k.index('deliveries_waiting').on(t.workspace, t.state, t.sequence),
      k.index('deliveries_group').on(t.workspace, t.groupId, t.sequence),
      k.index('deliveries_worded').on(t.workspace, t.createdAt).where(isNotNull(t.reply)),
      // A person who answers one of the bot's messages names it by the platform's id.
      k.index('deliveries_message').on(t.workspace, t.platformMessageId),
      k.foreignKey({
        name: 'deliveries_group_id',
        columns: [t.workspace, t.groupId],
        foreignColumns: [groups.workspace, groups.id],
      }),
    ],
  );

  const schedules = k.table(
    'schedules',
    {
      workspace: workspace(),
      id: k.words(),
      groupId: k.words<GroupId>(),
      kind: k.words(),
      rule: k.value<unknown>(),
      active: k.flag(),
      createdAt: k.instant(),
      changedBy: k.words(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.id] }),
      k.index('schedules_group').on(t.workspace, t.groupId),
      k.foreignKey({
        name: 'schedules_group_id',
        columns: [t.workspace, t.groupId],
        foreignColumns: [groups.workspace, groups.id],
      }),
    ],
  );

  const slots = k.table(
    'slots',
    {
      workspace: workspace(),
      scheduleId: k.words(),
      slot: k.words(),
      state: k.words<SlotState>(),
      plannedFor: k.instant(),
      coversUntil: k.maybe.day(),
      preparedAt: k.maybe.instant(),
      deliveryKey: k.maybe.words(),
      why: k.maybe.words(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.scheduleId, t.slot] }),
      k.index('slots_planned').on(t.workspace, t.scheduleId, t.plannedFor),
      k.foreignKey({
        name: 'slots_schedule',
        columns: [t.workspace, t.scheduleId],
        foreignColumns: [schedules.workspace, schedules.id],
      }),
    ],
  );

  const requests = k.table(
    'requests',
    {
      workspace: workspace(),
      number: k.count(),
      kind: k.words<RequestKind>(),
      year: k.count(),
      task: k.words<TaskKey>(),
      /** The duties that it is about. */
      duties: k.value<DutyKey[]>(),
      unitId: k.maybe.words<UnitId>(),
      personId: k.words<PersonId>(),
      askedAt: k.instant(),
      groupId: k.words<GroupId>(),
      words: k.words(),
      /** Of an extension: the limit's day when it was asked, the day asked for, and the day granted. */
      statedDue: k.maybe.day(),
      newDue: k.maybe.day(),
      grantedDue: k.maybe.day(),
      inTime: k.flag().default(true),
      opinion: k.maybe.value<Opinion>(),
      state: k.words<RequestState>(),
      decidedBy: k.maybe.words<PersonId>(),
      decidedAt: k.maybe.instant(),
      decision: k.maybe.words(),
      /** The leader who agreed, where a supervisor entered the decision. */
      agreedBy: k.maybe.words(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.number] }),
      k.index('requests_state').on(t.workspace, t.state),
      k.index('requests_task').on(t.workspace, t.year, t.task),
      k.foreignKey({
        name: 'requests_task_key',
        columns: [t.workspace, t.year, t.task],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
      k.foreignKey({
        name: 'requests_person',
        columns: [t.workspace, t.personId],
        foreignColumns: [people.workspace, people.id],
      }),
    ],
  );

  const adjustments = k.table(
    'adjustments',
    {
      workspace: workspace(),
      year: k.count(),
      task: k.words<TaskKey>(),
      number: k.count(),
      kind: k.words<AdjustmentKind>(),
      /** Which limit of the task is meant; `null` for the task. */
      milestone: k.maybe.count(),
      due: k.maybe.day(),
      unitId: k.maybe.words<UnitId>(),
      words: k.words(),
      setBy: k.words<PersonId>(),
      setAt: k.instant(),
      /** Replaced or taken back by a later one. */
      endedAt: k.maybe.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.year, t.task, t.number] }),
      k.foreignKey({
        name: 'adjustments_task',
        columns: [t.workspace, t.year, t.task],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
    ],
  );

  const rounds = k.table(
    'rounds',
    {
      workspace: workspace(),
      number: k.count(),
      name: k.words(),
      groupId: k.words<GroupId>(),
      openedBy: k.words<PersonId>(),
      openedAt: k.instant(),
      /** Reports from then on count for it. */
      countsFrom: k.instant(),
      lastDay: k.day(),
      /** What each party owed when it was opened. */
      owed: k.value<{ unit: UnitId; tasks: { year: number; key: TaskKey }[] }[]>(),
      state: k.words<RoundState>(),
      /** Those missing have been reminded on the last morning. */
      remindedAt: k.maybe.instant(),
      closedAt: k.maybe.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.number] }),
      k.index('rounds_state').on(t.workspace, t.state),
      k.foreignKey({
        name: 'rounds_group',
        columns: [t.workspace, t.groupId],
        foreignColumns: [groups.workspace, groups.id],
      }),
    ],
  );

  const urgings = k.table(
    'urgings',
    {
      workspace: workspace(),
      unitId: k.words<UnitId>(),
      /** One for each unit and working day. */
      day: k.day(),
      kind: k.words<UrgingKind>(),
      tasks: k.value<{ year: number; key: TaskKey; due: LocalDate | null }[]>(),
      words: k.words(),
      groupId: k.words<GroupId>(),
      sentBy: k.words<PersonId>(),
      sentAt: k.instant(),
      /** 签收: the unit's liaison answered 收到. */
      acknowledgedBy: k.maybe.words<PersonId>(),
      acknowledgedAt: k.maybe.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.unitId, t.day] }),
      k.index('urgings_day').on(t.workspace, t.day),
      k.foreignKey({
        name: 'urgings_unit',
        columns: [t.workspace, t.unitId],
        foreignColumns: [units.workspace, units.id],
      }),
    ],
  );

  /** Files that somebody sent and that have yet to be fetched from the platform. A row goes when that is settled. */
  const awaitedFiles = k.table(
    'awaited_files',
    {
      sequence: k.sequence(),
      workspace: workspace(),
      platform: k.words(),
      personId: k.words<PersonId>(),
      /** What is fetched for one of them is answered together. */
      lane: k.words(),
      /** The message as it was heard; of its words only those that are about the files and wait for them. */
      message: k.value<HeardWithFiles>(),
      name: k.words(),
      picture: k.flag(),
      /** What the platform needs to give it out. */
      source: k.value<unknown>(),
      receivedAt: k.instant(),
      attempts: k.count().default(0),
      notBefore: k.instant(),
      takenUntil: k.maybe.instant(),
    },
    (t) => [
      k.index('awaited_files_due').on(t.workspace, t.notBefore),
      k.index('awaited_files_person').on(t.workspace, t.personId),
      k.foreignKey({
        name: 'awaited_files_person_id',
        columns: [t.workspace, t.personId],
        foreignColumns: [people.workspace, people.id],
      }),
    ],
  );

  /** What was handed over with a report. The content is a file beside the database, named by its sha256. */
  const evidence = k.table(
    'evidence',
    {
      sequence: k.sequence(),
      workspace: workspace(),
      /** The update that it belongs to, and the one that attached it; `null` while nobody has said to which. */
      report: k.maybe.count(),
      attachedBy: k.maybe.count(),
      year: k.maybe.count(),
      task: k.maybe.words<TaskKey>(),
      /** From 1 within the task. */
      number: k.maybe.count(),
      personId: k.words<PersonId>(),
      chatId: k.words(),
      name: k.words(),
      type: k.words<EvidenceType>(),
      size: k.count(),
      sha256: k.words(),
      receivedAt: k.instant(),
      /** Until then it is attached to what the person reports next. */
      offeredUntil: k.maybe.instant(),
      /** Taken back, with its report or by itself. */
      takenBackAt: k.maybe.instant(),
      /** The content is no longer kept, and then no longer there. */
      forgottenAt: k.maybe.instant(),
      removedAt: k.maybe.instant(),
    },
    (t) => [
      k.uniqueIndex('evidence_number').on(t.workspace, t.year, t.task, t.number),
      k.index('evidence_report').on(t.workspace, t.report),
      k.index('evidence_held').on(t.workspace, t.personId, t.chatId).where(isNull(t.report)),
      k.index('evidence_content').on(t.workspace, t.sha256, t.size),
      k.foreignKey({
        name: 'evidence_task_key',
        columns: [t.workspace, t.year, t.task],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
      k.foreignKey({
        name: 'evidence_person_id',
        columns: [t.workspace, t.personId],
        foreignColumns: [people.workspace, people.id],
      }),
    ],
  );

  const mutes = k.table(
    'mutes',
    {
      workspace: workspace(),
      personId: k.words<PersonId>(),
      year: k.count(),
      task: k.words<TaskKey>(),
      untilOn: k.day(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.personId, t.year, t.task] }),
      k.foreignKey({
        name: 'mutes_person',
        columns: [t.workspace, t.personId],
        foreignColumns: [people.workspace, people.id],
      }),
    ],
  );

  /** Where a person's calendar program reads what their unit owes; the link itself is told once and stored nowhere. */
  const calendarLinks = k.table(
    'calendar_links',
    {
      workspace: workspace(),
      personId: k.words<PersonId>(),
      unitId: k.words<UnitId>(),
      hash: k.words(),
      createdAt: k.instant(),
      expiresAt: k.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.personId] }),
      k.uniqueIndex('calendar_links_hash').on(t.workspace, t.hash),
      k.foreignKey({
        name: 'calendar_links_person',
        columns: [t.workspace, t.personId],
        foreignColumns: [people.workspace, people.id],
      }),
    ],
  );

  const feedback = k.table(
    'feedback',
    {
      workspace: ofWorkspace(),
      number: k.count(),
      /** `null` for somebody whom the roster does not know. */
      personId: k.maybe.words<PersonId>(),
      words: k.words(),
      at: k.instant(),
    },
    (t) => [k.primaryKey({ columns: [t.workspace, t.number] })],
  );

  const rosterChanges = k.table(
    'roster_changes',
    {
      sequence: k.sequence(),
      workspace: ofWorkspace(),
      at: k.instant(),
      changedBy: k.words(),
      /** Whom or what it is about: a person or a unit. */
      subject: k.words(),
      kind: k.words<'person' | 'unit'>(),
      before: k.maybe.value<unknown>(),
      after: k.maybe.value<unknown>(),
      words: k.words(),
    },
    (t) => [k.index('roster_changes_subject').on(t.workspace, t.subject, t.sequence)],
  );

  const carriedTasks = k.table(
    'carried_tasks',
    {
      workspace: workspace(),
      fromYear: k.count(),
      fromTask: k.words<TaskKey>(),
      toYear: k.count(),
      toTask: k.words<TaskKey>(),
      by: k.words<PersonId>(),
      at: k.instant(),
    },
    (t) => [
      k.primaryKey({ columns: [t.workspace, t.fromYear, t.fromTask] }),
      k.foreignKey({
        name: 'carried_tasks_from',
        columns: [t.workspace, t.fromYear, t.fromTask],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
      k.foreignKey({
        name: 'carried_tasks_to',
        columns: [t.workspace, t.toYear, t.toTask],
        foreignColumns: [tasks.workspace, tasks.year, tasks.key],
      }),
    ],
  );

  /** One row a day over the heads of all chains, so that a chain cut off with its head is found. */
  const seals = k.table(
    'seals',
    {
      workspace: ofWorkspace(),
      day: k.day(),
      sealedAt: k.instant(),
      heads: k.value<{ year: number; key: TaskKey; updateCount: number; lastHash: string }[]>(),
      previousHash: k.words(),
      hash: k.words(),
    },
    (t) => [k.primaryKey({ columns: [t.workspace, t.day] })],
  );

  return {
    workspaces,
    documents,
    plans,
    tasks,
    taskLinks,
    units,
    unitAliases,
    unitMembers,
    responsibilities,
    milestones,
    people,
    accounts,
    groups,
    inbound,
    duties,
    updates,
    pendingQuestions,
    topics,
    joinRequests,
    bindCodes,
    imports,
    deliveries,
    schedules,
    slots,
    requests,
    adjustments,
    rounds,
    urgings,
    awaitedFiles,
    evidence,
    mutes,
    calendarLinks,
    feedback,
    rosterChanges,
    carriedTasks,
    seals,
  };
}

export type Tables = ReturnType<typeof tables>;

/** A row as it is read. */
export type Row<Name extends keyof Tables> = Tables[Name]['$inferSelect'];

/**
 * A row as it is written: the workspace comes from the context, `Own` are the columns the database or a query sets. What may
 * be null or has a default may be left out.
 */
export type NewRow<Name extends keyof Tables, Own extends keyof Row<Name> = never> = Omit<
  Tables[Name]['$inferInsert'],
  'workspace' | Own
>;
