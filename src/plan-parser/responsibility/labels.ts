import type { Role } from '../../domain/responsibility.js';
import { enclosed } from '../text/brackets.js';
import { meaningOf } from './role-verbs.js';

/** What a label opens: the units of a role, people, or something that is no responsibility (完成时限). */
export type LabelKind = UnitLabel | { of: 'people' } | { of: 'else' };

interface UnitLabel {
  of: 'units';
  role: Role;
  doubtful: boolean;
  undertakes: boolean;
  /** 承办 without 单位. */
  bare: boolean;
}

export interface Label {
  kind: LabelKind;
  start: number;
  /** Where what it opens begins. */
  end: number;
  /** No colon follows it, or nothing parts it from the words before: it is one only if nothing but units follows. */
  doubtful: boolean;
}

const role =
  '(?:牵头|主办|承办|配合|参与|参加|协办|协助|协同|协作|支持|责任|主责|负责|落实|实施|承担|督导|督办|指导|监督)';
const noun = '(?:单位|部门|主体|机构|科室|处室|股室|乡镇|县区)';
const unitLabel = new RegExp(
  `^(?:第一|主要|主体|具体|其他|其它|各)?${role}(?:[、和及与/]?${role}){0,2}(${noun}(?:[、和及与/](?:${noun}|责任人|负责人|责任单位))?)?$`,
);
/** 主要责任单位 and 其他责任单位 tell apart who leads without saying so. */
const rank: { words: RegExp; role: Role; doubtful: true; undertakes: false }[] = [
  { words: /^(?:第一|主要|主体)责任/, role: 'lead', doubtful: true, undertakes: false },
  { words: /^其[他它]责任/, role: 'support', doubtful: true, undertakes: false },
];
const gluedLabel = /(?:牵头|配合|责任|协办|主办|参与)(?:单位|部门)$/;
const peopleLabel =
  /^[牵头责任包抓联保案挂钩系分管主督导办指协配合统筹要第一县市区厅省州旗盟级直委政府]{0,10}(?:领导|责任人|负责人|牵头人|负责同志)(?:及职务)?$/;
const otherLabel =
  /^(?:工作|主要|重点|整改|治理|完成|目标|计划|办理|推进|具体|年度|阶段|适用|实施|试点)*(?:任务|目标|范围|对象|指标|要求|措施|内容|举措|时限|时间|期限|日期|节点|进度|安排|标准|成效|依据)+$|^联系(?:人|电话|方式)$|^联络员$|^备注$|^注$|^存在问题$|^问题$/;

export function kindOfLabel(words: string): LabelKind | null {
  const plain = words.replace(/\s/g, '').replace(/[（(].{0,8}[）)]$/, '');
  const match = unitLabel.exec(plain);
  if (match) {
    const ranked = rank.find(({ words }) => words.test(plain));
    const meaning = ranked ?? meaningOf(plain) ?? { role: 'implement', doubtful: false, undertakes: false };
    const { role, doubtful, undertakes } = meaning;
    return { of: 'units', role, doubtful, undertakes, bare: match[1] === undefined };
  }
  if (peopleLabel.test(plain)) return { of: 'people' };
  return otherLabel.test(plain) ? { of: 'else' } : null;
}

const longestLabel = 20;
const boundaries = '。．；;，,！？!?：:）)〕]］】\n';

/** The label whose colon stands at `colon`: the words before it from the last space, stop or 、. */
function labelBefore(text: string, colon: number): Omit<Label, 'end'> | null {
  let from = colon;
  while (from > 0 && colon - from < longestLabel && !boundaries.includes(text.charAt(from - 1))) from -= 1;
  const words = text.slice(from, colon);
  const lead = words.length - words.trimStart().length;
  for (const cut of [words.search(/\S*\s*$/), lead, words.lastIndexOf('、') + 1]) {
    const kind = cut >= 0 && cut < words.length ? kindOfLabel(words.slice(cut)) : null;
    if (kind) return { kind, start: from + cut, doubtful: false };
  }
  const glued = gluedLabel.exec(words.trimEnd());
  const kind = glued ? kindOfLabel(glued[0]) : null;
  return glued && kind ? { kind, start: from + glued.index, doubtful: true } : null;
}

/** 【责任单位】县水利局: a label in brackets at the head of a statement. */
function bracketed(text: string, start: number, end: number): Label | null {
  const before = text.slice(Math.max(0, start - 8), start).trimEnd();
  const opens = before === '' ? start <= 8 : boundaries.includes(before.slice(-1));
  if (!opens && !'【[［〔'.includes(text.charAt(start))) return null;
  const kind = end - start <= longestLabel ? kindOfLabel(text.slice(start + 1, end - 1)) : null;
  if (!kind || (kind.of === 'units' && kind.bare)) return null;
  const colon = /^\s*[：:]/.exec(text.slice(end, end + 4));
  return { kind, start, end: end + (colon?.[0].length ?? 0), doubtful: false };
}

/** 责任单位 县水利局, at the head of a paragraph. */
const spaced = /^([牵头配合责任参与协办主]{2}(?:单位|部门))\s+(?=\S)/;

/** 责任单位为县水利局。 */
const saidToBe = /(?:^|(?<=[。；;，,]))\s*((?:牵头|主办|承办|责任|主责|配合|协办|参与)(?:单位|部门))为(?=\S)/g;

function labelsSaidToBe(text: string): Label[] {
  return [...text.matchAll(saidToBe)].flatMap((match) => {
    const kind = match[1] === undefined ? null : kindOfLabel(match[1]);
    const end = match.index + match[0].length;
    return kind ? [{ kind, start: end - match[0].trimStart().length, end, doubtful: true }] : [];
  });
}

/** The labels of a text that stand outside brackets, in order. */
export function findLabels(text: string): Label[] {
  const found = labelsWithColon(text);
  const further = labelsSaidToBe(text).filter(
    ({ start, end }) => !found.some((one) => start < one.end && one.start < end),
  );
  return further.length === 0 ? found : [...found, ...further].toSorted((a, b) => a.start - b.start);
}

function labelsWithColon(text: string): Label[] {
  const found: Label[] = [];
  const first = spaced.exec(text.slice(0, longestLabel));
  const kind = first?.[1] === undefined ? null : kindOfLabel(first[1]);
  if (first && kind) found.push({ kind, start: 0, end: first[0].length, doubtful: true });
  let at = first && kind ? first[0].length : 0;
  for (const closed of [...enclosed(text), { start: text.length, end: text.length }]) {
    for (; at < closed.start; at += 1) {
      if (text.charAt(at) !== '：' && text.charAt(at) !== ':') continue;
      const label = labelBefore(text, at);
      if (label && label.start >= (found.at(-1)?.end ?? 0)) found.push({ ...label, end: at + 1 });
    }
    const label = closed.end > closed.start ? bracketed(text, closed.start, closed.end) : null;
    if (label) found.push(label);
    at = Math.max(closed.end, label?.end ?? 0);
  }
  return found;
}
