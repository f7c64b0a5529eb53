import { agreedDayText, agreementText } from '../domain/extension-words.js';
import {
  carriedFrom,
  carriedTo,
  isClosedPlan,
  type Ledger,
  partsOf,
  unitName,
  unitNames,
  wholeOf,
} from '../domain/ledger.js';
import { limitsOpenTo } from '../domain/limit.js';
import type { LocalDate } from '../domain/local-date.js';
import type { Milestone } from '../domain/milestone.js';
import { type Responsibility, type Role, roleNames } from '../domain/responsibility.js';
import { milestoneCode, type Task, yearCode } from '../domain/task.js';
import { daysLeftText, dueText, shorten } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import { retiredText } from '../services/task/get-task.js';

const roles: Role[] = ['lead', 'support', 'implement'];

/** 牵头：县住建局 / 配合：…等; clause by clause where the document has several. */
export function responsibilityLines(ledger: Ledger, task: Task): string[] {
  const own = task.responsibility.filter((entry) => !entry.inherited);
  const inherited = task.responsibility.filter((entry) => entry.inherited);
  const groups = [...new Set(own.map((entry) => entry.group))];
  const lines = roles.flatMap((role) => {
    const texts = groups.flatMap((group) => {
      const entries = own.filter((entry) => entry.role === role && entry.group === group);
      const open = entries.some((entry) => entry.open) ? '等' : '';
      return entries.length > 0
        ? [`${[...new Set(entries.map((entry) => namedUnit(ledger, entry)))].join('、')}${open}`]
        : [];
    });
    return texts.length > 0 ? [`${roleNames[role]}：${texts.join('；')}`] : [];
  });
  const noLead = own.length > 0 && !own.some((entry) => entry.role === 'lead' && entry.setBy === null);
  return [
    ...(noLead ? ['文件没有写牵头，按职责分工负责。'] : []),
    ...lines,
    ...(inherited.length > 0
      ? [`落实：${unitNames(ledger, new Set(inherited.map((entry) => entry.unit)))}（文件统一写明，不再逐项列出）`]
      : []),
    ...(task.assembler === null ? [] : [`汇总：${unitName(ledger, task.assembler)}（${officeSet}）`]),
  ];
}

/** Beside the words of the document wherever they are shown. */
export const officeSet = '督查室定';

function namedUnit(ledger: Ledger, { unit, setBy }: Responsibility): string {
  return `${unitName(ledger, unit)}${setBy === null ? '' : `（${officeSet}）`}`;
}

/** What the office called it or noted beside the words of the document. */
export function settingLines({ code, milestones, shortTitle, shortTitleSetBy, corrections }: Task): string[] {
  const limits = milestones.flatMap((milestone) =>
    milestone.shortTitle === null
      ? []
      : [`${milestoneCode(code, milestone.number)}简称“${milestone.shortTitle}”（${officeSet}）`],
  );
  return [
    ...(shortTitleSetBy === null ? [] : [`简称“${shortTitle}”（${officeSet}）`]),
    ...limits,
    ...corrections.map((words) => `更正：${words}（督查室注，原文不改）`),
  ];
}

function limitText(ctx: Context, task: Task, milestone: Milestone): string {
  const { ledger, today, startOn } = ctx;
  const moved = limitsOpenTo(ledger, task, today, startOn).filter(
    (limit) => limit.milestone === milestone && limit.statedDue !== null,
  );
  const [only] = moved;
  if (only?.due && moved.length === 1 && only.units === null && only.period === null) {
    const left = milestone.kind === 'window' ? '结束' : `，${daysLeftText(only.due, today)}`;
    return `${milestone.phrase}，${dueText(only.due, today)}${left}（${agreementText(ledger, only, ctx)}）`;
  }
  const texts = moved.map((limit) => {
    const whom = `${limit.period?.label ?? ''}${limit.units ? unitNames(ledger, limit.units) : ''}`;
    return `，其中${whom}${limit.due ? agreedDayText(ledger, limit, limit.due, ctx) : ''}`;
  });
  return `${statedLimitText(milestone, today)}${texts.join('')}`;
}

function statedLimitText(milestone: Milestone, today: LocalDate): string {
  switch (milestone.kind) {
    case 'date': {
      if (!milestone.due) return milestone.phrase;
      const day = `${dueText(milestone.due, today)}，${daysLeftText(milestone.due, today)}`;
      return milestone.setBy === null ? `${milestone.phrase}，${day}` : `文件未写，${milestone.phrase}：${day}`;
    }
    case 'window':
      return milestone.to ? `${milestone.phrase}，${dueText(milestone.to, today)}结束` : milestone.phrase;
    case 'recurrence':
      return `${milestone.phrase}（周期）`;
    case 'ongoing':
      return `${milestone.phrase}（没有截止日期）`;
    case 'relative':
      return `${milestone.phrase}（从所指的事算起，没有固定日期）`;
  }
}

/** One line per limit, those written only in the annex included. */
export function limitLines(ctx: Context, task: Task): string[] {
  const several = task.milestones.length > 1;
  const own = task.milestones.map((milestone) => {
    const code = several ? `${milestoneCode(task.code, milestone.number)} ` : '';
    const what = milestone.what ? `：${shorten(milestone.what, 30)}` : '';
    return `${code}${limitText(ctx, task, milestone)}${several ? what : ''}`;
  });
  const annexed = partsOf(ctx.ledger, task).flatMap((part) =>
    part.milestones.map((milestone) => {
      const where = milestone.setBy === null ? '（附表所写）' : '';
      return `${part.code} ${limitText(ctx, part, milestone)}${where}`;
    }),
  );
  return [...own, ...annexed];
}

/** Said after the name of a task that the amended document no longer has. */
export function retiredMark(task: Task): string {
  return task.retired ? `（${retiredText}）` : '';
}

/** 是气-3的分项 / 分项：气附-3、气附-6 */
export function partsLine(ledger: Ledger, task: Task): string | null {
  const whole = wholeOf(ledger, task);
  if (whole !== task) return `是${whole.code} ${whole.shortTitle}的分项，报${whole.code}时一并记。`;
  const parts = partsOf(ledger, task);
  return parts.length > 0 ? `分项：${parts.map((part) => `${part.code} ${part.shortTitle}`).join('、')}` : null;
}

export function writtenNames(ledger: Ledger, task: Task): string | null {
  const issued = task.responsibility.filter((entry) => entry.setBy === null);
  const other = issued.filter((entry) => entry.written !== unitName(ledger, entry.unit));
  const texts = new Set(other.map((entry) => `${unitName(ledger, entry.unit)}写作“${entry.written}”`));
  return texts.size > 0 ? `原文中${[...texts].join('，')}。` : null;
}

/** 已结转为2024水-5 …; 由2023水-7、2023水-9结转。 */
export function carriedLine(ledger: Ledger, task: Task): string | null {
  const [to, from] = [carriedTo(ledger, task), carriedFrom(ledger, task)];
  if (to) return `${task.year}年的计划已收尾，结转为${yearCode(to)} ${to.shortTitle}。`;
  if (isClosedPlan(ledger, task)) return `${task.year}年的计划已收尾，这一项没有结转。`;
  return from.length > 0 ? `由${from.map(yearCode).join('、')}结转。` : null;
}
