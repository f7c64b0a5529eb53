const digits = '零一二三四五六七八九';

/** 十二, 二十, 一百零三, 12 and １２; `null` for anything else. */
export function readNumber(written: string): number | null {
  const plain = written.normalize('NFKC').replaceAll('〇', '零').replaceAll('两', '二');
  if (/^\d{1,6}$/.test(plain)) return Number(plain);
  const match = /^(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(plain);
  if (!match || plain === '') return null;
  const [, hundreds = '零', tens, ten, ones = '零'] = match;
  const tensDigit = ten ? digits.indexOf(tens ?? '一') : 0;
  return digits.indexOf(hundreds) * 100 + tensDigit * 10 + digits.indexOf(ones);
}
