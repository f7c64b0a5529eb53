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
import type { LocalDate } from '../domain/local-date.js';
import type { Milestone } from '../domain/milestone.js';
import { type Role, roleNames } from '../domain/responsibility.js';
import { milestoneCode, type Task, yearCode } from '../domain/task.js';
import { daysLeftText, dueText, shorten } from '../domain/wording.js';
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
      return entries.length > 0 ? [`${unitNames(ledger, new Set(entries.map((entry) => entry.unit)))}${open}`] : [];
    });
    return texts.length > 0 ? [`${roleNames[role]}：${texts.join('；')}`] : [];
  });
  const noLead = own.length > 0 && !own.some((entry) => entry.role === 'lead');
  return [
    ...(noLead ? ['文件没有写牵头，按职责分工负责。'] : []),
    ...lines,
    ...(inherited.length > 0
      ? [`落实：${unitNames(ledger, new Set(inherited.map((entry) => entry.unit)))}（文件统一写明，不再逐项列出）`]
      : []),
  ];
}

export function limitText(milestone: Milestone, today: LocalDate): string {
  switch (milestone.kind) {
    case 'date':
      return milestone.due
        ? `${milestone.phrase}，${dueText(milestone.due, today)}，${daysLeftText(milestone.due, today)}`
        : milestone.phrase;
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
export function limitLines(ledger: Ledger, task: Task, today: LocalDate): string[] {
  const several = task.milestones.length > 1;
  const own = task.milestones.map((milestone) => {
    const code = several ? `${milestoneCode(task.code, milestone.number)} ` : '';
    const what = milestone.what ? `：${shorten(milestone.what, 30)}` : '';
    return `${code}${limitText(milestone, today)}${several ? what : ''}`;
  });
  const annexed = partsOf(ledger, task).flatMap((part) =>
    part.milestones.map((milestone) => `${part.code} ${limitText(milestone, today)}（附表所写）`),
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
  const other = task.responsibility.filter((entry) => entry.written !== unitName(ledger, entry.unit));
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
