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

/** The unit for which this person may report. */
export function reportsFor(actor: Actor): UnitId | null {
  return holds(actor, 'liaison') && !holds(actor, ...rolesApart) ? actor.unit : null;
}
