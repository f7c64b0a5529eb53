import { holidaySpan, lastWorkingDayUpTo } from '../../domain/calendar.js';
import { type Ledger, wholeOf } from '../../domain/ledger.js';
import { kindOf, type Limit, limitName } from '../../domain/limit.js';
import { dayName, type LocalDate } from '../../domain/local-date.js';
import type { Reminder } from '../../domain/reminder.js';
import { dueText, nearDayText, windowName } from '../../domain/wording.js';

const worksNamed = 10;

/** What a liaison is told one to one of their unit's limits: what is to be done today on top, at most five lines. */
export function reminderLines(ledger: Ledger, reminders: Reminder[], today: LocalDate): string[] {
  const ofStage = (kind: Reminder['stage']['kind']) => reminders.filter(({ stage }) => stage.kind === kind);
  const dated = (some: Reminder[]) => some.map((one) => ({ ...one, limits: only(one, 'date') })).filter(hasLimits);
  const periodic = (some: Reminder[]) =>
    some.map((one) => ({ ...one, limits: only(one, 'recurrence') })).filter(hasLimits);
  const windows = ofStage('after').flatMap((one) => only(one, 'window'));
  const now = [...ofStage('after'), ...ofStage('last-day')];
  const apart = new Set(now.flatMap(({ extended }) => extended.map(({ task }) => task)));
  const coming = ofStage('before')
    .map((one) => ({ ...one, limits: one.limits.filter(({ task }) => !apart.has(task)) }))
    .filter(hasLimits);
  return [
    lastDayLine(ledger, dated(ofStage('last-day')), today),
    afterLine(ledger, dated(ofStage('after')), today),
    periodicLine(ledger, periodic(now), today),
    windows.length > 0
      ? `${names(ledger, windows)}“${windowName(windows[0]?.milestone ?? null)}”措施已结束，请报一次总体情况。`
      : '',
    comingLine(ledger, coming, today),
  ].filter(Boolean);
}

const only = ({ limits }: Reminder, kind: string) => limits.filter((limit) => kindOf(limit) === kind);
const hasLimits = ({ limits }: Reminder) => limits.length > 0;

/** 今天是节前最后一个工作日：气-7、气附-3时限9月30日，还没收到办结报告，请下班前报一句情况。 */
function lastDayLine(ledger: Ledger, reminders: Reminder[], today: LocalDate): string {
  if (reminders.length === 0) return '';
  const free = reminders.find(({ due }) => due !== today);
  const day = free === undefined ? '今天到时限' : `今天是${holidaySpan(free.due) ? '节前' : '时限前'}最后一个工作日`;
  const what = reminders.map(({ limits, due }) => {
    return `${names(ledger, limits)}${free === undefined ? '' : `时限${due === today ? '今天' : dayName(due, today)}`}`;
  });
  return `${day}：${what.join('；')}，还没收到办结报告，请下班前报一句情况。${apartText(ledger, reminders, today)}`;
}

function afterLine(ledger: Ledger, reminders: Reminder[], today: LocalDate): string {
  if (reminders.length === 0) return '';
  const what = reminders.map(({ limits, due }) => `${names(ledger, limits)}时限${dayName(due, today)}`);
  return `${what.join('；')}已到，还没收到办结报告，请今天下班前报一句情况，材料可后补。${apartText(ledger, reminders, today)}`;
}

function periodicLine(ledger: Ledger, reminders: Reminder[], today: LocalDate): string {
  if (reminders.length === 0) return '';
  const what = reminders.map(({ limits, due }) => `${names(ledger, limits)}${dayName(due, today)}止`);
  return `${what.join('；')}，还没收到报告，请今天下班前报一次。`;
}

function comingLine(ledger: Ledger, reminders: Reminder[], today: LocalDate): string {
  const [first] = reminders;
  if (!first) return '';
  const what = reminders.map(({ limits, due, stage }) => {
    const left = stage.kind === 'before' ? `，还有${stage.workingDays}个工作日` : '';
    return `${names(ledger, limits)}时限${dueText(due, today)}${left}`;
  });
  const by = nearDayText(lastWorkingDayUpTo(first.due), today);
  return `快到时限：${what.join('；')}。预计完不成的，${by}前提出延期。${apartText(ledger, reminders, today)}`;
}

/** 气附-6已同意延至10月15日，不在此列。 */
function apartText(ledger: Ledger, reminders: Reminder[], today: LocalDate): string {
  const extended = reminders.flatMap((one) => one.extended);
  const byDay = Map.groupBy(extended, ({ due }) => due);
  const texts = [...byDay].map(
    ([due, limits]) => `${names(ledger, limits)}已同意延至${due ? dayName(due, today) : ''}`,
  );
  const asked = reminders.flatMap((one) => one.asked);
  if (asked.length > 0) texts.push(`${names(ledger, asked)}已申请延期、待批`);
  return texts.length > 0 ? `${texts.join('，')}，不在此列。` : '';
}

/** 气-3（含气附-3、气附-6）、气-7. */
function names(ledger: Ledger, limits: Limit[]): string {
  const wholes = new Set(limits.map(({ task }) => task));
  const isPart = ({ task }: Limit) => wholeOf(ledger, task) !== task && wholes.has(wholeOf(ledger, task));
  const shown = [...limits].filter((limit) => !isPart(limit)).sort((a, b) => a.task.position - b.task.position);
  const texts = shown.slice(0, worksNamed).map((limit) => {
    const parts = limits.filter((other) => isPart(other) && wholeOf(ledger, other.task) === limit.task);
    const beside = parts.length > 0 ? `（含${parts.map((part) => part.task.code).join('、')}）` : '';
    return `${limitName(ledger, limit)}${beside}`;
  });
  return `${texts.join('、')}${shown.length > worksNamed ? `等${shown.length}项` : ''}`;
}
