import { reply } from '../../chat/message.js';
import { decidingParties, membersOf, partsOf, rolesIn, unitName, unitNames, unitsInRole } from '../../domain/ledger.js';
import { addDays, dayName, type LocalDate } from '../../domain/local-date.js';
import { onOneLine } from '../../domain/note.js';
import { statedLimits } from '../../domain/plan-diff.js';
import { type Role, roleNames } from '../../domain/responsibility.js';
import { milestoneCode, type Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { BotError } from '../../errors.js';
import { endAdjustments, insertAdjustment } from '../../store/adjustments.js';
import type { AdjustmentKind } from '../../store/tables.js';
import type { Context } from '../context.js';
import { tellUnits } from '../notice/tell-units.js';
import { requireRight } from '../person/require-right.js';
import { getCurrentTask, refuseClosedPlan, type TaskRef } from '../task/get-task.js';
import { lockWork, recordUpdate } from '../update/record-update.js';

export type { AdjustmentKind };

export const adjustmentNames: Record<AdjustmentKind, string> = {
  limit: '时限',
  assembler: '汇总单位',
  lead: '牵头单位',
  support: '配合单位',
  correction: '更正',
  'short-title': '简称',
};

/** What is set beside the words of the document; `none` takes back what was. */
export type Setting =
  | { kind: 'limit'; day: LocalDate }
  | { kind: 'assembler' | 'lead' | 'support'; unit: UnitId }
  | { kind: 'correction' | 'short-title'; words: string }
  | { kind: AdjustmentKind; none: true };

export interface SetAnswer {
  task: Task;
  /** 气-5.1, where one limit was meant. */
  code: string;
  /** 时限定为10月31日 */
  text: string;
}

const longestShortTitle = 18;
const longestCorrection = 200;
const latestLimitDays = 366 * 5;

/** Sets it, in the place of what was set before, and says so in the history. */
export async function setAdjustment(ctx: Context, ref: TaskRef, setting: Setting): Promise<SetAnswer> {
  const setBy = requireRight(ctx, 'set');
  const answer = planSetting(ctx, ref, setting);
  const { task } = answer;
  await lockWork(ctx, task);
  const place = { year: task.year, task: task.key, kind: setting.kind, milestone: milestoneOf(ref, setting) };
  const adds = !('none' in setting);
  // Several units may lead or support, and several slips be put right; of the rest there is one.
  const replaces = !adds || ['limit', 'assembler', 'short-title'].includes(setting.kind);
  const ended = replaces ? await endAdjustments(ctx.tx, ctx.workspace, { ...place, endedAt: ctx.now }) : 0;
  if (!adds && ended === 0) {
    throw new BotError(
      'not-found',
      `${answer.code}没有定过${adjustmentNames[setting.kind]}。发“/task ${task.code}”看情况。`,
    );
  }
  if (adds) {
    await insertAdjustment(ctx.tx, ctx.workspace, { ...place, ...valuesOf(setting), setBy, setAt: ctx.now });
  }
  await recordUpdate(ctx, {
    ...{ task, person: setBy, unit: null, role: 'supervisor', kind: 'set', note: answer.text },
    ...{ percent: null, changes: [], undoes: null },
    details: place.milestone === null ? {} : { milestone: place.milestone },
  });
  await tellConcerned(ctx, answer, setting);
  return answer;
}

/** Those whose duties are other ones now. */
async function tellConcerned(ctx: Context, { task, code, text }: SetAnswer, setting: Setting): Promise<void> {
  const said = reply.text(
    `${code} ${task.shortTitle}，督查室${text}。`,
    `文件原文不变。发“/task ${task.code}”看情况。`,
  );
  const key = `set ${ctx.message.platform} ${ctx.message.id} ${task.year} ${task.key} ${setting.kind}`;
  await tellUnits(ctx, unitsConcerned(ctx, task, setting), () => ({ key, kind: 'set', said }));
}

function unitsConcerned(ctx: Context, task: Task, setting: Setting): UnitId[] {
  if ('unit' in setting) return membersOf(ctx.ledger, setting.unit);
  if (setting.kind === 'correction' || setting.kind === 'short-title') return [];
  return decidingParties(ctx.ledger, task).flatMap(({ members }) => members);
}

function milestoneOf(ref: TaskRef, { kind }: Setting): number | null {
  return kind === 'short-title' ? ref.milestone : null;
}

function valuesOf(setting: Exclude<Setting, { none: true }>): {
  due: LocalDate | null;
  unitId: UnitId | null;
  words: string;
} {
  const none = { due: null, unitId: null, words: '' };
  switch (setting.kind) {
    case 'limit':
      return { ...none, due: setting.day, words: '督查室定' };
    case 'assembler':
    case 'lead':
    case 'support':
      return { ...none, unitId: setting.unit };
    case 'correction':
    case 'short-title':
      return { ...none, words: onOneLine(setting.words) };
  }
}

/** What would be set. Throws a refusal where it can't be. */
export function planSetting(ctx: Context, ref: TaskRef, setting: Setting): SetAnswer {
  requireRight(ctx, 'set');
  const task = getCurrentTask(ctx, ref);
  if (setting.kind !== 'correction') refuseClosedPlan(ctx, task);
  const code = milestoneCode(task.code, milestoneOf(ref, setting) ?? 0);
  const name = adjustmentNames[setting.kind];
  if ('none' in setting) return { task, code, text: `取消所定的${name}，按文件` };
  switch (setting.kind) {
    case 'limit':
      refuseLimit(ctx, task, setting.day);
      return { task, code, text: `${name}定为${dayName(setting.day, ctx.today)}` };
    case 'assembler':
      refuseAssembler(ctx, task, setting.unit);
      return { task, code, text: `${name}定为${unitName(ctx.ledger, setting.unit)}` };
    case 'lead':
    case 'support':
      refuseNamed(ctx, task, setting.kind, setting.unit);
      return { task, code, text: `增加${name}${unitName(ctx.ledger, setting.unit)}` };
    case 'short-title':
      return { task, code, text: `${name}定为“${wordsToSet(task, setting.kind, setting.words)}”` };
    case 'correction':
      return { task, code, text: `${name}：${wordsToSet(task, setting.kind, setting.words)}` };
  }
}

/** A day that the document states is moved by an extension only. */
function refuseLimit(ctx: Context, task: Task, day: LocalDate): void {
  const [stated] = [task, ...partsOf(ctx.ledger, task)].flatMap((row) =>
    statedLimits(row).map(({ phrase }) => `${row === task ? '' : `附表${row.code}`}写了“${phrase}”`),
  );
  if (stated) {
    throw new BotError(
      'invalid',
      `${task.code}文件${stated}，不能另定时限。要改走延期：责任单位发“/extend ${task.code} 日期 原因”。`,
    );
  }
  // Without a limit there is nothing to extend, whatever was agreed to before it was taken back.
  if (task.milestones.length > 0 && ctx.ledger.extended.has(task)) {
    throw new BotError('conflict', `${task.code}已同意延期，再改走延期：责任单位发“/extend ${task.code} 日期 原因”。`);
  }
  if (day < ctx.today) throw new BotError('invalid', `${dayName(day, ctx.today)}已经过了，请写今天以后的日期。`);
  if (day > addDays(ctx.today, latestLimitDays)) throw new BotError('invalid', '时限最多定到五年以后，请换一个日期。');
}

function refuseAssembler(ctx: Context, task: Task, unit: UnitId): void {
  const leads = unitsInRole(task, 'lead');
  if (leads.length === 1) {
    throw new BotError(
      'invalid',
      `${task.code}由${unitNames(ctx.ledger, leads)}牵头，报告由它汇总，不用另定。发“/who ${task.code}”看分工。`,
    );
  }
  const units = decidingParties(ctx.ledger, task).flatMap((party) => [party.unit, ...party.members]);
  if (!units.includes(unit)) {
    const names = unitNames(
      ctx.ledger,
      decidingParties(ctx.ledger, task).map((party) => party.unit),
    );
    throw new BotError('invalid', `汇总单位从${task.code}的责任单位里定：${names}。`);
  }
}

function refuseNamed(ctx: Context, task: Task, role: Role, unit: UnitId): void {
  const named = rolesIn(ctx.ledger, task, unit).find((entry) => entry.role === role && !entry.inherited);
  if (!named) return;
  const by = named.setBy === null ? '文件已写' : '督查室已定';
  throw new BotError('conflict', `${task.code}${by}${unitName(ctx.ledger, unit)}${roleNames[role]}，不用再定。`);
}

function wordsToSet(task: Task, kind: 'correction' | 'short-title', words: string): string {
  const length = [...words].length;
  const name = adjustmentNames[kind];
  if (length === 0) throw new BotError('invalid', `请写${name}的内容，如：/set ${task.code} ${name} 内容。`);
  const most = kind === 'short-title' ? longestShortTitle : longestCorrection;
  if (length > most) throw new BotError('invalid', `${name}最多${most}个字，这里有${length}个。请写短一些。`);
  return onOneLine(words);
}
