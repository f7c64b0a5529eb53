const digits: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const written = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** Regular-expression source of a number up to 99 in either script, the usual case in dates and codes. */
export const smallNumber = '(?:\\d{1,2}|[一二两三四五六七八九十]{1,3})';

/** 十二 → 12, 二〇二三 → 2023, 一百五 → 150, '07' → 7; null when the whole text is not one number up to 9999. */
export function readNumber(text: string): number | null {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  if (/^[〇零一二三四五六七八九]{1,4}$/.test(text)) {
    return Number([...text].map((char) => digits[char]).join(''));
  }
  return /^[〇零一二两三四五六七八九十百千]{1,8}$/.test(text) ? readWithUnits(text) : null;
}

function readWithUnits(text: string): number | null {
  let total = 0;
  let digit: number | null = null;
  let lastUnit = 10_000;
  let zero = false;
  for (const char of text) {
    const unit = units[char];
    if (unit === undefined) {
      if (digit !== null) return null;
      const value = digits[char] ?? 0;
      zero ||= value === 0;
      digit = value === 0 ? null : value;
    } else {
      // 十二 needs no 一 in front; 百 and 千 do.
      if (unit >= lastUnit || (digit === null && (unit > 10 || total > 0))) return null;
      total += (digit ?? 1) * unit;
      [digit, lastUnit, zero] = [null, unit, false];
    }
  }
  if (digit === null) return zero && total > 0 ? null : total;
  if (lastUnit === 10_000) return digit;
  return total + (zero || lastUnit === 10 ? digit : (digit * lastUnit) / 10);
}

/** 24 → 二十四, for whole numbers from 0 to 9999. */
export function chineseNumeral(n: number): string {
  const digitAt = (i: number) => written[i] ?? '';
  if (n < 10) return digitAt(n);
  if (n < 20) return `十${n === 10 ? '' : digitAt(n - 10)}`;
  const [unit, name] = n < 100 ? [10, '十'] : n < 1000 ? [100, '百'] : [1000, '千'];
  const rest = n % unit;
  const head = `${digitAt(Math.floor(n / unit))}${name}`;
  if (rest === 0) return head;
  const gap = rest < unit / 10 ? '零' : '';
  return `${head}${gap}${rest >= 10 && rest < 20 ? '一' : ''}${chineseNumeral(rest)}`;
}
