import type { Ledger } from './ledger.js';
import { rolesIn } from './ledger.js';
import { type Actor, type ActorRole, holds, reportsFor } from './person.js';
import type { Task } from './task.js';

/** What changes the ledger, the roster or the group, by who may do it. Asking is open to everybody in a bound group. */
export const rights = {
  report: { roles: ['liaison'], who: '报送由责任单位的联络员来报' },
  request: { roles: ['liaison'], who: '申请由责任单位的联络员提出' },
  record: { roles: ['supervisor'], who: '代录由督查室登记' },
  accept: { roles: ['supervisor', 'leader'], who: '销号由督查室核查' },
  return: { roles: ['supervisor'], who: '退回由督查室决定' },
  reopen: { roles: ['supervisor'], who: '重开由督查室决定' },
  pause: { roles: ['leader'], who: '暂缓由领导决定' },
  resume: { roles: ['leader'], who: '恢复由领导决定' },
  withdraw: { roles: ['leader'], who: '调整取消由领导决定' },
  instruct: { roles: ['leader'], who: '批示由领导作出' },
  advise: { roles: ['supervisor'], who: '意见由督查室提出' },
  'decide-request': { roles: ['supervisor'], who: '职责异议和不涉及由督查室决定' },
  'decide-extension': { roles: ['leader', 'supervisor'], who: '延期由分管领导批准' },
  set: { roles: ['supervisor'], who: '调整由督查室登记' },
  urge: { roles: ['supervisor'], who: '提示由督查室发出' },
  assign: { roles: ['supervisor'], who: '交办由督查室下达' },
  round: { roles: ['supervisor', 'coordinator'], who: '调度由督查室或计划的调度单位开' },
  'close-plan': { roles: ['supervisor'], who: '计划由督查室收尾' },
  people: { roles: ['administrator', 'supervisor'], who: '名单由管理员或督查室管理' },
  unit: { roles: ['administrator'], who: '单位由管理员调整' },
  audit: { roles: ['auditor', 'supervisor', 'administrator'], who: '全部记录由审计员查阅' },
} as const satisfies Record<string, { roles: readonly ActorRole[]; who: string }>;

export type Right = keyof typeof rights;

export function mayDo(actor: Actor, right: Right): boolean {
  if (actor.person === null) return false;
  if (right === 'report' || right === 'request') return reportsFor(actor) !== null;
  return holds(actor, ...rights[right].roles);
}

/** Whether a leader or coordinator has this task in charge: its plan, or a unit that it names. */
export function hasInCharge({ scope }: Actor, ledger: Ledger, task: Task): boolean {
  if (scope === null) return true;
  return scope.plans.includes(task.prefix) || scope.units.some((unit) => rolesIn(ledger, task, unit).length > 0);
}
