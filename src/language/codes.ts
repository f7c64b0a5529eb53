import { measureWord } from './measures.js';
import { readNumber, smallNumber } from './numbers.js';

/** How people name one plan: its prefix in codes (水), and every name it goes by (水, 水环境, 水环境方案). */
export interface PlanNames {
  prefix: string;
  names: readonly string[];
  hasAnnex: boolean;
}

export interface CodeMention {
  /** Only when it was typed: 2023水-7. */
  year: number | null;
  /** 水-7 or, for an annex row, 气附-3. */
  code: string;
  /** 1 for 气-5.1. */
  milestone: number | null;
  /** 2023-Q3 for 土-10.1#2023-Q3, as the bot's own questions name one turn of a recurrence. */
  occurrence?: string;
  /** 9 for 水-7至水-9: the number of the last task meant. */
  through: number | null;
  start: number;
  end: number;
}

interface Tail {
  form: RegExp;
  /** Read only where the plan's name begins a word, so that 污水7 and 土地第一项 are left alone. */
  loose: boolean;
}

const notAnAmount = `(?!\\d|\\.\\d|-\\d{1,2}[月日号]|${measureWord})`;
const milestone = '(?:\\.(?<milestone>[1-9]\\d?)(?:#(?<occurrence>\\d{4}[-\\dQH]{0,6}))?)?';
const annexMark = '(?<annex>附(?:表|件)?)?';
const ofPlan = '(?:行动|工作|攻坚)?(?:计划|方案)?(?:里面?|中)?的?';
const item = `第 ?(?<number>${smallNumber}|\\d{3}|[一二三四五六七八九十百零〇]{4,6}) ?(?:[项条行款](?!件)(?:任务)?|[个号]任务)`;
const notAWord = '(?![体般些起直旦定样次并切律致概共期大普])';

/** After a plan's name, most explicit first. */
const tails: readonly Tail[] = [
  { form: tail(`${ofPlan}${annexMark}(?:里面?|中)?的?${item}`), loose: true },
  {
    form: tail(`${annexMark} ?- ?(?<number>\\d{1,5})${milestone}(?!\\d|\\.\\d)(?!(?<=\\.\\d+)${measureWord})`),
    loose: false,
  },
  { form: tail(`${annexMark}(?<number>\\d{1,3})${milestone}${notAnAmount}`), loose: true },
  { form: tail(`${annexMark} (?<number>\\d{1,3})${notAnAmount}(?![-/]\\d)`), loose: true },
  {
    form: tail(
      `${annexMark}-?(?<number>[一二三四五六七八九十]{1,3})(?![一二三四五六七八九十百千]|${measureWord})${notAWord}`,
    ),
    loose: true,
  },
];

/** An annex row named without its plan: 附表第11项. Means something only where one plan has an annex. */
const annexAlone = tail(`附(?:[表件](?:里面?|中)?的?${item}|表 ?-? ?(?<plain>\\d{1,3})${milestone}${notAnAmount})`);

function tail(source: string): RegExp {
  return new RegExp(source, 'y');
}

const han = /\p{Script=Han}/u;
// After these a plan's one-character name begins; after any other character it is the end of a word (污水, 天然气).
const leadIns =
  /(?:[和与及或跟同把将对看查问是在的到给报按由来写填改开说讲让叫过催收那于个项条了就]|一下|办结|完成|销号|进展|牵头|负责|配合|延期|提示|退回|历史|为什么|为啥|受阻|困难|不涉及|搜索|任务|详情|谁管|取消|重开|责任单位)$/;

function startsAfresh(text: string, start: number, lastEnd: number): boolean {
  if (start === 0 || start === lastEnd) return true;
  if (/[\dA-Za-z.]/.test(text.charAt(start - 1))) return false;
  return !han.test(text.charAt(start - 1)) || leadIns.test(text.slice(Math.max(0, start - 4), start));
}

function typedYear(text: string, start: number): { year: number; start: number } | null {
  const found = /(?:^|\D)((?:19|20)\d{2})(年的?)? ?$/.exec(text.slice(Math.max(0, start - 9), start));
  const [whole, year] = found ?? [];
  if (whole === undefined || year === undefined) return null;
  return { year: Number(year), start: start - (whole.length - whole.indexOf(year)) };
}

/** Every task code in a folded text, in order. A code of a plan that is not in `plans` is not seen. */
export function readCodes(text: string, plans: readonly PlanNames[]): CodeMention[] {
  const byFirst = namesByFirst(plans);
  const annexed = plans.filter((plan) => plan.hasAnnex);
  const onlyAnnexed = annexed.length === 1 ? annexed[0] : undefined;
  const found: CodeMention[] = [];
  let lastEnd = -1;
  for (let at = 0; at < text.length; at++) {
    const read = (from: number, last: number) => codeAt(text, from, last, byFirst) ?? annexAt(text, from, onlyAnnexed);
    const first = read(at, lastEnd);
    if (!first) continue;
    const mention = withRange(first, text, read);
    found.push(mention);
    lastEnd = mention.end;
    at = mention.end - 1;
  }
  return found;
}

const rangeMark = /^ ?[-至到] ?/;
/** The 9 of 水-7至9, not the one of 气5-9月. */
const bareEnd = new RegExp(`^第?(\\d{1,3})(?:[项条](?![目件])|(?![\\d日]|\\.\\d|-\\d|${measureWord}))`);

/** 水-7至水-9, 水7~9: a code with the number of the last one of its plan that is meant. */
function withRange(
  first: CodeMention,
  text: string,
  read: (at: number, lastEnd: number) => CodeMention | null,
): CodeMention {
  const mark = rangeMark.exec(text.slice(first.end, first.end + 3))?.[0];
  if (mark === undefined || first.milestone !== null) return first;
  const at = first.end + mark.length;
  const [family] = first.code.split('-');
  const last = read(at, at);
  if (last) {
    const [lastFamily, number] = last.code.split('-');
    const same = lastFamily === family && last.milestone === null && (last.year ?? first.year) === first.year;
    return same ? { ...first, through: Number(number), end: last.end } : first;
  }
  const bare = bareEnd.exec(text.slice(at, at + 8));
  return bare ? { ...first, through: Number(bare[1]), end: at + bare[0].length } : first;
}

interface Name {
  name: string;
  prefix: string;
}

const indexed = new WeakMap<readonly PlanNames[], ReadonlyMap<string, Name[]>>();

/** By their first character, longest first; made once for each version of the ledger. */
function namesByFirst(plans: readonly PlanNames[]): ReadonlyMap<string, Name[]> {
  const known = indexed.get(plans);
  if (known) return known;
  const names = plans.flatMap(({ prefix, names }) =>
    [...new Set([prefix, ...names])].map((name) => ({ name, prefix })),
  );
  names.sort((a, b) => b.name.length - a.name.length);
  const byFirst = Map.groupBy(names, ({ name }) => name.charAt(0));
  indexed.set(plans, byFirst);
  return byFirst;
}

function codeAt(text: string, at: number, lastEnd: number, names: ReadonlyMap<string, Name[]>): CodeMention | null {
  for (const { name, prefix } of names.get(text.charAt(at)) ?? []) {
    if (!text.startsWith(name, at)) continue;
    const typed = typedYear(text, at);
    const start = typed !== null && typed.start >= lastEnd ? typed.start : at;
    const year = start < at && typed ? typed.year : null;
    const afresh = name.length > 1 || startsAfresh(text, start, lastEnd);
    for (const { form, loose } of tails) {
      if (loose && !afresh) continue;
      const mention = readTail(form, text, at + name.length, prefix);
      if (mention) return { ...mention, year, start };
    }
  }
  return null;
}

function annexAt(text: string, at: number, plan: PlanNames | undefined): CodeMention | null {
  if (!plan || text.charAt(at) !== '附') return null;
  const mention = readTail(annexAlone, text, at, plan.prefix);
  return mention && { ...mention, code: mention.code.replace('-', '附-'), start: at };
}

function readTail(form: RegExp, text: string, at: number, prefix: string): Omit<CodeMention, 'start'> | null {
  form.lastIndex = at;
  const groups = form.exec(text)?.groups;
  if (!groups) return null;
  const number = readNumber(groups.number ?? groups.plain ?? '');
  if (number === null || number === 0) return null;
  return {
    year: null,
    code: `${prefix}${groups.annex === undefined ? '' : '附'}-${number}`,
    milestone: groups.milestone === undefined ? null : Number(groups.milestone),
    ...(groups.occurrence === undefined ? {} : { occurrence: groups.occurrence }),
    through: null,
    end: form.lastIndex,
  };
}
