import chineseDays from 'chinese-days';

import { dayOf, type LocalDate } from '../../domain/local-date.js';

export interface MonthDay {
  month: number;
  day: number;
}

/** First days of the seasons that a limit may name, as the place keeps them: 采暖季前, 汛期前. */
export interface LocalDays {
  heating: MonthDay;
  flood: MonthDay;
}

export const usualDays: LocalDays = { heating: { month: 11, day: 15 }, flood: { month: 6, day: 1 } };

const heatingFrom: [MonthDay, string][] = [
  [{ month: 10, day: 10 }, '新疆'],
  [{ month: 10, day: 15 }, '内蒙古 青海'],
  [{ month: 10, day: 20 }, '黑龙江 吉林'],
  [{ month: 11, day: 1 }, '辽宁 甘肃 宁夏'],
];

/** 水防〔2024〕89号: the flood season is June to September in the north and begins in April in the south. */
const southern = '上海 浙江 福建 江西 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南'.split(' ');

/** What is usual in a province, `贵州` or `贵州省`; counties may have other days, so whoever imports can set their own. */
export function localDaysOf(province: string): LocalDays {
  const heating = heatingFrom.find(([, names]) => names.split(' ').some((name) => province.startsWith(name)));
  const isSouthern = southern.some((name) => province.startsWith(name));
  return {
    heating: heating?.[0] ?? usualDays.heating,
    flood: isSouthern ? { month: 4, day: 1 } : usualDays.flood,
  };
}

/** A festival or season that a limit may be counted from, by its first day. */
export interface Occasion {
  words: RegExp;
  firstDay(year: number, local: LocalDays): LocalDate | null;
  /** In winter: where the plan's year has passed it, the next one is meant. */
  winter?: boolean;
  /** On another day every year. */
  moves?: boolean;
}

const every =
  (month: number, day: number): Occasion['firstDay'] =>
  (year) =>
    dayOf(year, month, day);
const lunar =
  (month: number, day: number): Occasion['firstDay'] =>
  (year) =>
    chineseDays.getSolarDateFromLunar(`${year}-${month}-${day}`).date as LocalDate;
const never: Occasion['firstDay'] = () => null;

export const occasions: Occasion[] = [
  {
    words: /^(?:(?:采暖|供暖|供热|取暖)(?:季|期)?(?:开始|来临|到来)?)$/,
    firstDay: (year, { heating }) => dayOf(year, heating.month, heating.day),
  },
  {
    words: /^(?:(?:主?汛期?|入汛|雨季)(?:来临|到来|开始)?)$/,
    firstDay: (year, { flood }) => dayOf(year, flood.month, flood.day),
  },
  { words: /^(?:元旦(?:节|假期)?)$/, firstDay: every(1, 1), winter: true },
  { words: /^(?:(?:春节|农历新年|农历年|除夕)(?:假期)?)$/, firstDay: lunar(1, 1), moves: true, winter: true },
  { words: /^(?:元宵节?)$/, firstDay: lunar(1, 15), moves: true, winter: true },
  {
    words: /^(?:清明节?)$/,
    firstDay: (year) => chineseDays.getSolarTermDate(year, 4, 'pure_brightness') as LocalDate,
  },
  { words: /^(?:[“"]?(?:五一|五·一|劳动节)[”"]?(?:劳动节|节|假期)?)$/, firstDay: every(5, 1) },
  { words: /^(?:[“"]?六一[”"]?(?:儿童节|节)?)$/, firstDay: every(6, 1) },
  { words: /^(?:端午节?)$/, firstDay: lunar(5, 5), moves: true },
  { words: /^(?:高考)$/, firstDay: every(6, 7) },
  { words: /^(?:[“"]?(?:七一|七·一)[”"]?)$/, firstDay: every(7, 1) },
  { words: /^(?:中秋节?)$/, firstDay: lunar(8, 15), moves: true },
  { words: /^(?:[“"]?(?:国庆节?|十一)[”"]?(?:假期|长假)?)$/, firstDay: every(10, 1) },
  { words: /^(?:秋季(?:学期)?(?:开学|学期))$/, firstDay: every(9, 1) },
  { words: /^(?:(?:党的)?二十大(?:召开)?)$/, firstDay: () => dayOf(2022, 10, 16), moves: true },
  { words: /^(?:(?:党的)?十九大(?:召开)?)$/, firstDay: () => dayOf(2017, 10, 18), moves: true },
  {
    words:
      /^(?:(?:[春夏秋冬]季(?:学期)?)?(?:开学|学期开始)|(?:春耕|春播|三夏|三秋|秋收|秋种|冬灌|霜冻|入冬|雨季|台风季|防火期)(?:开始|来临)?|[寒暑]假|中考|学期结束|迎峰度[夏冬])$/,
    firstDay: never,
  },
];

/** All of their words, for a pattern. */
export const occasionWords = occasions.map(({ words }) => words.source.slice(1, -1)).join('|');
