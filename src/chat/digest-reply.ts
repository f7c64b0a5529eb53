import { knowsYear } from '../domain/calendar.js';
import { dayName, type LocalDate, partsOf, wallClock } from '../domain/local-date.js';
import { digestName, goesIntoGroup, kindOfSchedule, scheduleNames, whenText } from '../domain/schedule.js';
import { dayText } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import type { DigestFate, GroupSchedule } from '../services/digest/group-digest.js';
import type { PastSlot, SlotHistory, WeekBurden } from '../services/digest/slot-history.js';
import { scopeName } from '../services/task/tasks-in-view.js';
import { type Reply, reply } from './message.js';

const fates: Record<DigestFate, string> = {
  sent: '本周的已发，',
  waiting: '本周的正在发，',
  unknown: '本周的不知道有没有发到，没有再发；',
  unsent: '本周的没有发出，',
};

/** 本群周报, 本群日报（县住建局）. */
function nameOf(ctx: Context, { kind, rule }: GroupSchedule): string {
  const scope = scopeName(ctx, rule.scope);
  return `本群${kind === 'digest' ? digestName(rule) : scheduleNames[kind]}${scope === '' ? '' : `（${scope}）`}`;
}

/** What was done, how it stands, and when the next one comes. */
export function scheduleReply(
  ctx: Context,
  done: string,
  schedule: GroupSchedule,
  others: GroupSchedule[] = [],
): Reply {
  const { kind, rule, next, thisWeek } = schedule;
  const when = whenText(rule);
  const name = nameOf(ctx, schedule);
  const beside = othersLine(others);
  if (!next) {
    const again = kind === 'digest' ? '' : `${scheduleNames[kind]} `;
    return reply.text(`${done}${name}：关（原定${when}）。要开发“/digest ${again}开”。`, beside);
  }
  const moved = next.moved ? `，${dayName(next.nominal, ctx.today)}逢假期顺延` : '';
  const { date } = wallClock(next.at, ctx.timeZone);
  const fate = thisWeek === null ? '' : fates[thisWeek];
  const later = rule.kind === 'weekly' || rule.kind === 'monthly' ? '，遇节假日顺延到上班第一天' : '';
  const look = goesIntoGroup(kind)
    ? `现在看内容发“/digest ${kind === 'digest' ? '' : `${scheduleNames[kind]} `}预览”。`
    : '';
  return reply.text(
    `${done}${name}：${when}发${later}。`,
    `${fate}下一期：${dayText(date, ctx.today)}${rule.time}${moved}。${look}`,
    unknownYearLine(date),
    beside,
  );
}

function unknownYearLine(date: LocalDate): string | null {
  const { year } = partsOf(date);
  return knowsYear(year) ? null : `${year}年的放假安排还没有收录，先按周六、周日休息算，请管理员补上。`;
}

/** 另有：到期提醒（单聊，每工作日 08:35）。没开：月末小结、季度调度清单。 */
function othersLine(others: GroupSchedule[]): string {
  const on = others
    .filter(({ next }) => next !== null)
    .map(({ kind, rule }) => {
      return `${scheduleNames[kind]}（${goesIntoGroup(kind) ? '' : '单聊，'}${whenText(rule)}）`;
    });
  const off = others.filter(({ next }) => next === null).map(({ kind }) => scheduleNames[kind]);
  const texts = [on.length > 0 ? `另有：${on.join('、')}。` : '', off.length > 0 ? `没开：${off.join('、')}。` : ''];
  return texts.join('');
}

/** Every slot of the group with its state and why; of those one to one how many there were. */
export function historyReply(ctx: Context, { slots, more, personal }: SlotHistory): Reply {
  const beside = [...personal].map(([kind, counts]) => {
    const texts = personalStates.flatMap(([state, word]) => {
      const count = counts.get(state);
      return count === undefined ? [] : [`${word}${count}次`];
    });
    return `${scheduleNames[kind]}（单聊）：${texts.join('，')}。`;
  });
  if (slots.length === 0) return reply.text('三个月内本群还没有到点的周报。下一期什么时候发“/digest”。', ...beside);
  return reply.card('本群三个月内各期，新的在前：', {
    blocks: [
      { kind: 'items', items: slots.map((slot) => slotLine(ctx, slot)) },
      ...(more > 0 ? [{ kind: 'note' as const, text: `更早的${more}期不列。` }] : []),
      ...beside.map((text) => ({ kind: 'line' as const, text })),
    ],
  });
}

const personalStates: [PastSlot['row']['state'], string][] = [
  ['sent', '按时'],
  ['late', '补发'],
  ['merged', '并入下一次'],
  ['missed', '漏发'],
];

const arrived: Record<DigestFate, string> = {
  sent: '已发',
  waiting: '正在发',
  unknown: '不知道有没有发到，没有再发',
  unsent: '没有发出去',
};

function slotLine(ctx: Context, { kind, row, fate }: PastSlot): string {
  const { date, time } = wallClock(row.plannedFor, ctx.timeZone);
  const late = row.state === 'late' ? '，补发' : '';
  const states = {
    claimed: '正在准备',
    sent: fate ? arrived[fate] : '已发',
    late: `${fate ? arrived[fate] : '已发'}${late}`,
    merged: '合并',
    missed: '漏发',
    failed: '没有发出去',
    empty: '没有发',
  };
  const name = kind === 'digest' ? '' : `${scheduleNames[kind]}，`;
  return `${dayText(date, ctx.today)}${time.slice(0, 5)} ${name}${states[row.state]}${row.why ? `：${row.why}` : ''}`;
}

/** How much the bot has said in the group of its own accord, and how much is too much. */
export function burdenReply(weeks: WeekBurden[], limit: number, ctx: Context): Reply {
  const [now, ...before] = weeks;
  if (!now) return reply.text('没有记录。');
  const sum = ({ own }: WeekBurden) => [...own.values()].reduce((a, b) => a + b, 0);
  const kinds = ({ own }: WeekBurden) => {
    return [...own].map(([kind, count]) => `${scheduleNames[kindOfSchedule(kind)]}${count}条`).join('、');
  };
  const line = (week: WeekBurden, name: string) => {
    const asked = week.asked > 0 ? `；有人发起的（提示、调度、通知）${week.asked}条，不计` : '';
    const unsent = week.unsent > 0 ? `；没有发出去${week.unsent}条` : '';
    return `${name}${sum(week)}条${kinds(week) === '' ? '' : `（${kinds(week)}）`}${asked}${unsent}`;
  };
  return reply.card(`本群本周主动发了${sum(now)}条，上限每周${limit}条，超出的并入下一期。`, {
    blocks: [
      {
        kind: 'items',
        items: [line(now, '本周'), ...before.map((week) => line(week, `${dayName(week.week, ctx.today)}那周`))],
      },
      { kind: 'note', text: '回答、确认和一对一的提醒不计。' },
    ],
  });
}
