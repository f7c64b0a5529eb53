import { cutAt } from '../text/clauses.js';
import { isTitleOnly } from './unit-names.js';

const nobody = /^(?:无|待定|空缺|[/／—－-]+)?$/;

/** The people of a cell or a label: 张×、李×; a list of offices held goes with the name after it. */
export function splitPeople(text: string): string[] {
  const people: string[] = [];
  let offices = '';
  for (const { text: piece } of cutAt(text.replace(/\u3000|\t|\n| {2,}/g, '、'), '、，,；;。')) {
    if (isTitleOnly(piece)) {
      offices += `${piece}、`;
    } else if (!nobody.test(piece)) {
      people.push(offices + piece.replace(/^([\p{Script=Han}×]) (?=[\p{Script=Han}×]$)/u, '$1'));
      offices = '';
    }
  }
  const alone = offices.replace(/、$/, '');
  return alone === '' ? people : [...people, alone];
}

const mark = '^(?:[（(]?[一二三四五六七八九十\\d]+[）)、．.]?)?\\s*';
const office = '(?:县长|市长|区长|省长|州长|旗长|镇长|乡长|书记|主席|主任|常委|部长)';
const leads = '(?:牵头|负责|包抓|分管|领衔)';
/** 张×县长牵头, 张×同志牵头 */
const nameFirst = new RegExp(`${mark}(.{1,12}?(?:副?${office}|同志))${leads}`);
/** 县委副书记、县长张×牵头 */
const officeFirst = new RegExp(
  `${mark}([^，。；：（(]{0,24}?${office}\\s?[\\p{Script=Han}×某○]{2,4}?)(?:同志)?${leads}`,
  'u',
);

/** 张×县长牵头重点工作: a heading may name who answers for all under it. */
export function leaderOfHeading(heading: string): string | null {
  return nameFirst.exec(heading)?.[1] ?? officeFirst.exec(heading)?.[1] ?? null;
}
