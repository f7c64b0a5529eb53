import { z } from 'zod';

import type { UnitId } from './unit.js';

export const personId = z.string().min(1).brand<'PersonId'>();
export type PersonId = z.infer<typeof personId>;

/** 联络员, 调度单位, 督查室, 领导, 审计员, 管理员. Anybody without one is a member (成员). */
export const actorRoles = ['liaison', 'coordinator', 'supervisor', 'leader', 'auditor', 'administrator'] as const;
export type ActorRole = (typeof actorRoles)[number];

export const actorRoleNames: Record<ActorRole, string> = {
  liaison: '联络员',
  coordinator: '调度单位',
  supervisor: '督查室',
  leader: '领导',
  auditor: '审计员',
  administrator: '管理员',
};

/** What somebody has in charge: units, or plans by their prefix. Either holds by itself. */
export interface Scope {
  plans: string[];
  units: UnitId[];
}

/** Somebody of the roster, whatever they may do. */
export interface Person {
  id: PersonId;
  name: string;
  unitId: UnitId | null;
  roles: ActorRole[];
  scope: Scope | null;
  active: boolean;
  leftAt: Date | null;
}

/** What people call the bot and address it by. */
export const botName = '督办助手';

/** Who speaks, as the platform signed it. */
export interface Actor {
  /** `null` for somebody whom the roster does not know. */
  person: PersonId | null;
  name: string;
  unit: UnitId | null;
  roles: ActorRole[];
  /** `null` is everything. */
  scope: Scope | null;
}

export function holds(actor: Actor, ...roles: ActorRole[]): boolean {
  return roles.some((role) => actor.roles.includes(role));
}

/** Who accepts, reads or sets up what units report does not report for one. */
export const rolesApart = ['supervisor', 'auditor', 'administrator'] as const satisfies ActorRole[];

/** The role among these that nobody holds together with `role`; an auditor changes nothing, so holds nothing else. */
export function roleApart(role: ActorRole, roles: readonly ActorRole[]): ActorRole | null {
  const apart = (other: ActorRole) =>
    other !== role &&
    (role === 'auditor' ||
      other === 'auditor' ||
      (role === 'liaison' && rolesApart.some((one) => one === other)) ||
      (other === 'liaison' && rolesApart.some((one) => one === role)));
  return roles.find(apart) ?? null;
}

/** Whom a supervisor appoints; the other roles are given by an administrator. */
const bySupervisor: readonly ActorRole[] = ['liaison', 'coordinator'];

export function isOfAdministrators(roles: readonly ActorRole[]): boolean {
  return roles.some((role) => !bySupervisor.includes(role));
}

export function isLiaisonOf({ active, roles, unitId }: Person, unit: UnitId): boolean {
  return active && unitId === unit && roles.includes('liaison');
}

/** Somebody has to be left who gives roles. */
export function isLastAdministrator(people: readonly Person[], id: PersonId): boolean {
  const administrators = people.filter(({ active, roles }) => active && roles.includes('administrator'));
  return administrators.length === 1 && administrators[0]?.id === id;
}

const nameForm = /^[\p{L}\p{N}][\p{L}\p{N}·.()（）\- ]{0,39}$/u;

/** A name as people write it: no number of a phone, and no mark that a table or a chat would read as something else. */
export function isPersonName(text: string): boolean {
  return nameForm.test(text) && !/\d{7}/u.test(text);
}

/** For so long the account of somebody who left stays theirs, so that a mistake can be undone (复任). */
export const daysToComeBack = 30;

/** The unit for which this person may report. */
export function reportsFor(actor: Actor): UnitId | null {
  return holds(actor, 'liaison') && !holds(actor, ...rolesApart) ? actor.unit : null;
}
