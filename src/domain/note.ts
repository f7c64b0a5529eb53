/** Marks that turn the direction of text; nobody types them, and they make words read as others. */
const turning = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

const apart = '[ \\t\\u00A0\\u3000-]?';
const amount = '(?![ ]?(?:[元万亿吨米户人台个次辆亩座头只株%]|千瓦|立方|平方|公[里斤顷]))';
const noDigitBefore = '(?<![\\d.])';
const noDigitAfter = '(?!\\d|\\.\\d)';

const identityNumbers = [
  `[1-9]\\d{5}${apart}(?:19|20)\\d{2}${apart}(?:0[1-9]|1[0-2])${apart}(?:0[1-9]|[12]\\d|3[01])${apart}\\d{3}[\\dXx]`,
  // In groups of four, as bank cards are written.
  `[1-9]\\d{3}${apart}\\d{2}(?:19|20)${apart}\\d{2}(?:0[1-9]|1[0-2])${apart}(?:0[1-9]|[12]\\d|3[01])\\d{2}${apart}\\d[\\dXx]`,
  // Before 1999 they had 15 digits.
  '[1-9]\\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}',
].map((form) => new RegExp(`${noDigitBefore}${form}(?!\\d)`, 'gu'));

const mobile = new RegExp(
  `${noDigitBefore}(?:(?:\\+|00)?86${apart})?1[3-9]\\d${apart}\\d{4}${apart}\\d{4}${noDigitAfter}${amount}`,
  'gu',
);
const landline = new RegExp(
  `${noDigitBefore}(?<!\\d-)([(（]?0(?:10|2\\d|[3-9]\\d{2})[)）]?${apart})[2-9]\\d{6,7}${noDigitAfter}${amount}`,
  'gu',
);
const called = /(?<=(?:电话|座机|手机|热线|传真|tel)[号码:： ]{0,4})[2-9]\d{6,7}(?!\d|\.\d)/giu;

const wide = /[\uFF0B\uFF0D\uFF10-\uFF19\uFF38\uFF58]/gu;
const narrow = (character: string) => String.fromCharCode(character.charCodeAt(0) - 0xfee0);
const dashes = /[\u2010-\u2015\u2212\uFE63]/gu;

/** The shortest of the numbers has so many. */
const fewestDigits = /(?:\d\D*){7}/u;

/**
 * A text as it may be kept: word for word, but without identity numbers and marks that turn its direction, and with phone
 * numbers masked. The numbers are looked for with full-width digits and any dash, and cut from the text as it is.
 */
export function keepNote(typed: string): string {
  const note = typed.replace(turning, '');
  const plain = note.replace(wide, narrow).replace(dashes, '-');
  if (!fewestDigits.test(plain)) return note;
  const hidden = new Map<number, { end: number; shown: string }>();
  const hide = (pattern: RegExp, shownFor: (found: string, area: string) => string) => {
    for (const { index, 0: found, 1: area = '' } of plain.matchAll(pattern)) {
      const end = index + found.length;
      const taken = [...hidden].some(([start, other]) => start < end && index < other.end);
      if (!taken) hidden.set(index, { end, shown: shownFor(found, area) });
    }
  };
  for (const pattern of identityNumbers) hide(pattern, () => '〔身份证号未保存〕');
  hide(mobile, (found) => masked(found.replace(/\D/gu, '').slice(-11), 3, 4));
  hide(landline, (found, area) => masked(found, area.length, 2));
  hide(called, (found) => masked(found, 1, 2));
  let kept = '';
  let at = 0;
  for (const [start, { end, shown }] of [...hidden].sort(([a], [b]) => a - b)) {
    kept += note.slice(at, start) + shown;
    at = end;
  }
  return kept + note.slice(at);
}

/** 138****5678: what stands between the first and the last characters. */
function masked(number: string, first: number, last: number): string {
  return `${number.slice(0, first)}${'*'.repeat(number.length - first - last)}${number.slice(-last)}`;
}

const lineBreaks = /[\s\u0085]*[\n\r\v\f\u0085\u2028\u2029][\s\u0085]*/gu;
const unseen = /[\u200B-\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A note within a list: on one line whatever it holds, so that no note looks like a record beside it. */
export function onOneLine(note: string): string {
  return note.replace(unseen, '').replace(lineBreaks, ' ');
}

const nothing =
  /已经?|都|全部?|均|完成|办结|办完|做完|弄完|搞定|搞完|结束|好的?|行|可以|收到|是的?|嗯|哦|ok|done|yes|finished?|completed?|谢谢|[的了啦呢吧啊呀哈\p{P}\p{S}\p{M}\p{Z}\s\p{Cf}]/giu;

/** Whether the words tell anything beyond that it is done: 完成了 and 好的 do not. */
export function tellsSomething(note: string): boolean {
  return note.replace(nothing, '') !== '';
}
