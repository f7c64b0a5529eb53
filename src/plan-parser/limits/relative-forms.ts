import { addDays } from '../../domain/local-date.js';
import { occasions, occasionWords } from './local-days.js';
import { onDay, relative } from './meaning.js';
import { before, blank } from './patterns.js';
import type { PhraseForm } from './phrase-form.js';
import { yearOf } from './plan-calendar.js';

const number = `(?<![\\d一二两三四五六七八九十.．])(?:[一二两三四五六七八九十半]{1,3}|\\d{1,3})`;
const unit = `(?:年|个月|个?季度|个?(?:自然|工作)?日|个?星期|[天周])`;
const clauseStart = '(?<=^|[，,。；;：:、在于应须要（(])';
const happening = '[^，,。；;：:在于自从（()）]{1,30}(?:之日起|之后|以后|后|起)的?';
const event = `(?:自|从)${happening}|${clauseStart}${happening}|(?<=[在于])[^，,。；;：:在于]{1,20}`;

const meetings = '(?:大会|会议|两会|博览会|洽谈会|运动会|论坛|赛事|展会|活动)';

/** Limits counted from an event. */
export const relativeForms: PhraseForm[] = [
  {
    // 纳入名录一年内, 自收到发票之日起10个工作日内: the event belongs to the words
    pattern: new RegExp(`(?:${event})?${number}${blank}${unit}(?:之|以)?内(?![部外容需])`, 'g'),
    read: () => relative('limit-relative'),
  },
  {
    // 采暖季前, 2025年汛期前, 春节前
    pattern: new RegExp(
      `(?:(?<year>20\\d\\d)${blank}年|(?<word>今年|本年|当年|明年|次年|翌年|来年))?(?<occasion>${occasionWords})${before}`,
      'g',
    ),
    read: (groups, years) => {
      const occasion = occasions.find(({ words }) => words.test(groups.occasion ?? ''));
      const found = yearOf(groups, years, null);
      if (!occasion || !found) return relative('limit-event');
      const { issuedOn, localDays } = years.plan;
      const isOwn = groups.year === undefined && groups.word === undefined && years.written === null;
      let first = occasion.firstDay(found.year, localDays);
      const passed = first !== null && issuedOn !== null && first <= issuedOn;
      if (occasion.winter && isOwn && passed) first = occasion.firstDay(found.year + 1, localDays);
      return first === null ? relative('limit-event') : onDay(addDays(first, -1), 'limit-occasion');
    },
  },
  {
    // 全省健康大会召开前
    pattern: new RegExp(`${clauseStart}[一-龥“”]{2,16}?${meetings}(?:召开|举办|开幕|举行)${before}`, 'g'),
    read: () => relative('limit-event'),
  },
  {
    // 月底前
    pattern: new RegExp(`(?<![\\d一二三四五六七八九十每当个]|20\\d\\d年)(?:本月|当月|月|下月)[底末]${before}`, 'g'),
    read: () => relative('limit-event'),
  },
];
