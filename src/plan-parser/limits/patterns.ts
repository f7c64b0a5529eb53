/** Pieces that the patterns of limits are made of. Office software leaves blanks around numbers: 2023 年 9 月底前. */
export const blank = '\\s{0,2}';

const yearWords = '今年|本年|当年|明年|次年|翌年|来年|同年';
export const year = `(?:(?<year>20\\d\\d)${blank}年度?${blank}|(?<word>${yearWords})${blank}的?)?`;

const monthNumber = '1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]';
export const month = `(?<![\\d第十.．])(?<month>${monthNumber})${blank}月份?${blank}`;
/** In digits only: 一月 without more may be one month's time. */
export const plainMonth = `(?<![\\d第.．])(?<month>1[0-2]|0?[1-9])${blank}月份?`;

export const day = `(?<day>[1-9]|[12]\\d|3[01]|0[1-9])${blank}[日号]`;

/** 前 that ends a limit; not 前期, 前往, 前后, 前三. */
export const before = '(?:(?:之前|以前|(?:来临|到来)前|前夕?)(?![后期往景沿述]|[三五十][名位]))';

const hour = `(?:${blank}\\d{1,2}(?:时|点|[:：]\\d\\d)|下班|营业)?`;
export const dayBefore = `(?:${hour}${before})`;

export const part = '(?<part>底|末|[上中下]旬|中下旬)';

const joint = '、|和|及|与|以及|,|，(?=\\d{1,2}月\\d{1,2}日)';
export const joints = `${blank}(?:${joint})${blank}`;

export const dash = `${blank}(?:[—–\\-~～－―]{1,2}|至|到)${blank}`;

const numerals = '零一二三四五六七八九十';

/** 9, 九, 十二 as a month or an ordinal. */
export function smallNumber(written: string | undefined): number {
  if (written === undefined) return Number.NaN;
  if (/^\d+$/.test(written)) return Number(written);
  const [tens, ones] = [written.startsWith('十') ? 10 : 0, written.replace(/^十/, '')];
  return tens + (ones === '' ? 0 : numerals.indexOf(ones.replace('两', '二')));
}
