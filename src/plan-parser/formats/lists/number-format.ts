const digits = '〇一二三四五六七八九';
const formal = '零壹贰叁肆伍陆柒捌玖';
const stems = '甲乙丙丁戊己庚辛壬癸';
const branches = '子丑寅卯辰巳午未申酉戌亥';

const positional = (n: number) => [...String(n)].map((digit) => digits.charAt(Number(digit))).join('');

function counting(n: number, names: string, units: string[], leading: string): string {
  if (n > 9999) return String(n);
  let written = '';
  let gap = false;
  [...String(n)].forEach((digit, at, all) => {
    if (digit === '0') {
      gap = true;
      return;
    }
    if (gap && written) written += names.charAt(0);
    gap = false;
    written += names.charAt(Number(digit)) + (units[all.length - 1 - at] ?? '');
  });
  return written.startsWith(leading) && leading ? written.slice(1) : written;
}

const chinese = (n: number) => counting(n, `零${digits.slice(1)}`, ['', '十', '百', '千'], '一十');
const chineseFormal = (n: number) => counting(n, formal, ['', '拾', '佰', '仟'], '');

/** ①…⑳ and their like: a run of single characters from `first`, plain numbers beyond it. */
const enclosed = (first: number, count: number) => (n: number) =>
  n >= 1 && n <= count ? String.fromCodePoint(first + n - 1) : String(n);

const roman = (n: number) => {
  if (n > 3999) return String(n);
  const parts: [string, number][] = [
    ...([
      ['m', 1000],
      ['cm', 900],
      ['d', 500],
      ['cd', 400],
      ['c', 100],
      ['xc', 90],
    ] as [string, number][]),
    ...([
      ['l', 50],
      ['xl', 40],
      ['x', 10],
      ['ix', 9],
      ['v', 5],
      ['iv', 4],
      ['i', 1],
    ] as [string, number][]),
  ];
  let rest = n;
  return parts.reduce((written, [letters, value]) => {
    const times = Math.floor(rest / value);
    rest -= times * value;
    return written + letters.repeat(times);
  }, '');
};

/** a … z, aa, bb. */
const letter = (n: number) => String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.min(Math.ceil(n / 26), 9));

const formats: Record<string, (n: number) => string> = {
  decimalZero: (n) => String(n).padStart(2, '0'),
  decimalFullWidth: (n) => String(n).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  decimalEnclosedCircle: enclosed(0x2460, 20),
  decimalEnclosedCircleChinese: enclosed(0x2460, 20),
  decimalEnclosedParen: (n) => `(${n})`,
  decimalEnclosedFullstop: (n) => `${n}.`,
  ideographEnclosedCircle: enclosed(0x3280, 10),
  upperRoman: (n) => roman(n).toUpperCase(),
  lowerRoman: roman,
  upperLetter: (n) => letter(n).toUpperCase(),
  lowerLetter: letter,
  chineseCounting: chinese,
  chineseCountingThousand: chinese,
  taiwaneseCounting: chinese,
  taiwaneseCountingThousand: chinese,
  japaneseCounting: chinese,
  koreanDigital2: positional,
  ideographDigital: positional,
  taiwaneseDigital: positional,
  japaneseDigitalTenThousand: positional,
  chineseLegalSimplified: chineseFormal,
  ideographLegalTraditional: chineseFormal,
  japaneseLegal: chineseFormal,
  ideographTraditional: (n) => stems.charAt((n - 1) % 10),
  ideographZodiac: (n) => branches.charAt((n - 1) % 12),
  none: () => '',
};

/** A number as Word writes it, by the name that WordprocessingML gives the format (ST_NumberFormat). */
export function formatNumber(n: number, format: string): string {
  return n >= 1 ? (formats[format] ?? String)(n) : String(n);
}
