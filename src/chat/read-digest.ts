import type { Scope } from '../domain/person.js';
import type { ScheduleKind } from '../domain/schedule.js';
import { BotError } from '../errors.js';
import { fold } from '../language/fold.js';
import type { Lexicon } from '../language/lexicon.js';
import type { ScheduleChange } from '../services/digest/group-digest.js';
import { readScope } from './read-scope.js';

/** What is wanted of the group's schedules. */
export type DigestSetting =
  | { does: 'show' | 'history' | 'burden' | 'copy' }
  | { does: 'limit'; limit: number | null }
  | { does: 'calendar'; step: 'show' | 'open' | 'close' }
  | { does: 'preview'; kind: ScheduleKind }
  | { does: 'switch'; kind: ScheduleKind; on: boolean }
  | { does: 'change'; kind: ScheduleKind; typed: string }
  | { does: 'nothing'; why: string };

const kindWords: [RegExp, ScheduleKind][] = [
  [/^(?:月末小结|月末|月底|小结|month-?end)(?=\s|$|[开关发预打停])/u, 'month-end'],
  [/^(?:季度调度清单|季度调度|季度|quarter(?:ly)?)(?=\s|$|[开关发预打停])/u, 'quarter'],
  [/^(?:到期提醒|提醒|reminders?)(?=\s|$|[开关发预打停])/u, 'reminder'],
  [/^(?:督查待办|待办|worklist)(?=\s|$|[开关发预打停])/u, 'worklist'],
  [/^(?:周报|日报|月报|digest)(?=\s|$|[开关发预打停])/u, 'digest'],
];

/** 预览, 月末 开, 周一 9:00, 每工作日 8:30 县住建局. */
export function readDigestSetting(typed = ''): DigestSetting {
  const whole = fold(typed).toLowerCase().trim();
  if (/^(?:|什么时候发?|几点发?|哪天发?|show)[?？呢啊]*$/.test(whole)) return { does: 'show' };
  if (/^(?:历史|记录|history)$/.test(whole)) return { does: 'history' };
  if (/^(?:负担|条数|发了多少|burden)$/.test(whole)) return { does: 'burden' };
  const limit = /^(?:上限|limit)\s*(?:(?:每周)?(\d{1,4})条?|默认|default)$/.exec(whole);
  if (limit) return { does: 'limit', limit: limit[1] === undefined ? null : Number(limit[1]) };
  const calendar = /^(?:日历|日程|calendar)\s*(?:(开|打开|换|换链接|on|new)|(关|关闭|停|停用|off))?$/.exec(whole);
  if (calendar) return { does: 'calendar', step: calendar[1] ? 'open' : calendar[2] ? 'close' : 'show' };
  if (/^(?:复制|文本|copy)$/.test(whole)) return { does: 'copy' };
  const looks = /^(?:preview|预览|看看|看一下)\s*(.*)$/.exec(whole);
  const asked = looks?.[1] ?? whole;
  const named = kindWords.flatMap(([pattern, kind]) => {
    const found = pattern.exec(asked)?.[0];
    return found === undefined ? [] : [{ kind, rest: asked.slice(found.length).trim() }];
  });
  const { kind, rest } = named[0] ?? { kind: 'digest' as const, rest: asked };
  if (looks || /^(?:preview|预览)$/.test(rest)) {
    if (looks && rest !== '') return { does: 'nothing', why: unreadable };
    return { does: 'preview', kind };
  }
  if (/^(?:off|关|关闭|关掉|停|停发)$/.test(rest)) return { does: 'switch', kind, on: false };
  if (/^(?:on|开|打开|开启|启用)$/.test(rest)) return { does: 'switch', kind, on: true };
  return { does: 'change', kind, typed: rest };
}

const weekdays = '一二三四五六日';
const englishDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const unreadable =
  '没看懂要怎么设。可以发“/digest 周一 9:00”“/digest 每工作日 8:30”“/digest 每月1日”“/digest 关”“/digest 预览”。';

const dayWords =
  /(?:每个?)?工作日|每天|every ?(?:work(?:ing)? ?)?day|每个?月(?:的)?(\d{1,2})[日号]|(?:每个?)?(?:周|星期|礼拜)([一二三四五六日天])|(?:every )?\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}/u;
const clock = /(?:改到?|at)?\s*(上午|下午)?\s*(\d{1,2})(?::(\d{2})|点(半|整)?)/u;

/** On which days, when and about what: in any order, each at most once. */
export function readScheduleChange(typed: string, lexicon: Lexicon): ScheduleChange {
  const day = dayWords.exec(typed);
  const rest = day ? `${typed.slice(0, day.index)} ${typed.slice(day.index + day[0].length)}` : typed;
  const at = clock.exec(rest);
  const left = (at ? `${rest.slice(0, at.index)} ${rest.slice(at.index + at[0].length)}` : rest).trim();
  const [on, time, scope] = [day && daysOf(day), at && timeOf(at), scopeOf(left, lexicon)];
  if (!on && !time && scope === undefined) throw new BotError('invalid', unreadable);
  return { ...(on ? { on } : {}), ...(time ? { time } : {}), ...(scope === undefined ? {} : { scope }) };
}

function daysOf([, ofMonth, ofWeek, english]: RegExpExecArray): NonNullable<ScheduleChange['on']> {
  if (ofMonth !== undefined) {
    const day = Number(ofMonth);
    if (day < 1 || day > 31) throw new BotError('invalid', `没有${day}日。请写1日到31日，如“/digest 每月1日 9:00”。`);
    return { kind: 'monthly', day };
  }
  if (ofWeek !== undefined) return { kind: 'weekly', weekday: weekdays.indexOf(ofWeek === '天' ? '日' : ofWeek) + 1 };
  if (english !== undefined) return { kind: 'weekly', weekday: englishDays.indexOf(english) + 1 };
  return { kind: 'workday' };
}

function timeOf([, half, hour, minute, halfPast]: RegExpExecArray): string {
  const hours = Number(hour) + (half === '下午' && Number(hour) < 12 ? 12 : 0);
  const minutes = halfPast === '半' ? 30 : Number(minute ?? 0);
  const two = (number: number) => String(number).padStart(2, '0');
  if (hours > 23 || minutes > 59) {
    throw new BotError('invalid', `没有${hour}:${two(minutes)}这个时间。请写0:00到23:59，如“/digest 周一 9:00”。`);
  }
  return `${two(hours)}:${two(minutes)}`;
}

function scopeOf(typed: string, lexicon: Lexicon): Scope | null | undefined {
  if (typed === '') return undefined;
  if (/^(?:全部|所有|all)(?:任务|计划|单位)?$/u.test(typed)) return null;
  const { plans, units, left } = readScope(typed.replace(/^只(?:发|看|要)?/u, ''), lexicon);
  if (left !== '') throw new BotError('invalid', unreadable);
  return { plans, units };
}
