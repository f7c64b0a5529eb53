import type { Ledger } from './ledger.js';
import { rolesIn } from './ledger.js';
import { type Actor, type ActorRole, holds, reportsFor } from './person.js';
import type { Task } from './task.js';

/** What changes the ledger, the roster or the group, by who may do it. Asking is open to everybody in a bound group. */
export const rights = {
  report: { roles: ['liaison'], who: '报送由责任单位的联络员来报' },
  request: { roles: ['liaison'], who: '申请由责任单位的联络员提出' },
  record: { roles: ['supervisor', 'coordinator'], who: '代录由督查室登记，调度单位代录所管计划的进展' },
  accept: { roles: ['supervisor', 'leader'], who: '销号由督查室核查，督查室代录的由另一位督查员或分管领导销号' },
  return: { roles: ['supervisor'], who: '退回由督查室决定' },
  reopen: { roles: ['supervisor'], who: '重开由督查室决定' },
  pause: { roles: ['leader'], who: '暂缓由分管领导决定，请领导发“/pause 编号 原因”' },
  resume: { roles: ['leader'], who: '恢复由分管领导决定，请领导发“/resume 编号”' },
  withdraw: { roles: ['leader'], who: '调整取消由分管领导决定，请领导发“/withdraw 编号 原因”' },
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
  'decide-join': {
    roles: ['administrator', 'supervisor'],
    who: '联络员的申请由督查室或管理员同意，要申请发“/join 单位名”',
  },
  roles: { roles: ['administrator'], who: '督查室、领导、审计员、管理员由管理员设' },
  roster: { roles: ['administrator'], who: '名单文件由管理员导入' },
  'read-feedback': { roles: ['administrator'], who: '意见由管理员查看' },
  unit: { roles: ['administrator'], who: '单位由管理员调整' },
  'see-evidence': {
    roles: ['liaison', 'coordinator', 'supervisor', 'leader', 'auditor', 'administrator'],
    who: '材料给名单里的联络员、督查室、领导看',
  },
  audit: { roles: ['auditor', 'supervisor', 'administrator'], who: '全部记录由审计员查阅' },
} as const satisfies Record<string, { roles: readonly ActorRole[]; who: string }>;

export type Right = keyof typeof rights;

export function mayDo(actor: Actor, right: Right): boolean {
  if (actor.person === null) return false;
  if (right === 'report' || right === 'request') return reportsFor(actor) !== null;
  return holds(actor, ...rights[right].roles);
}

/** Whether a leader or coordinator has this task in charge: its plan, or a unit that it names. */
export function hasInCharge({ scope }: Pick<Actor, 'scope'>, ledger: Ledger, task: Task): boolean {
  if (scope === null) return true;
  return scope.plans.includes(task.prefix) || scope.units.some((unit) => rolesIn(ledger, task, unit).length > 0);
}
