import type { ImportIssue } from '../../domain/plan-draft.js';
import { issue } from '../issues.js';

/** A unit's name at one place of the document. */
export interface Mention {
  name: string;
  line: number;
}

const levels = [...'省市县区州旗'];

function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (const char of long) if (char === short.charAt(at)) at += 1;
  return at === short.length;
}

/** 县交通局 and 县交通运输局, 各乡镇 and 各乡镇人民政府; not 县公安局 and its 交通管理大队, which is another office. */
function isShortFormOf(short: string, long: string): boolean {
  if (short.length < 3 || short.length >= long.length) return false;
  if (long.startsWith(short)) return /^(?:人民)?政府$/.test(long.slice(short.length));
  return short.slice(-1) === long.slice(-1) && isSubsequence(short, long);
}

/** Names that are probably second forms of others, or slips. All are kept as written; a person decides. */
export function doubtUnits(mentions: Mention[]): ImportIssue[] {
  const places = Map.groupBy(mentions, (mention) => mention.name);
  const alike = Map.groupBy(places.keys(), (name) => name.charAt(0));
  const timesOf = (name: string) => places.get(name)?.length ?? 0;

  return [...places].flatMap(([name, [first]]) => {
    const at = { line: first?.line ?? 1, text: name };
    const longer = alike.get(name.charAt(0))?.filter((other) => isShortFormOf(name, other)) ?? [];
    const forms = longer.map((long) => issue('unit-forms', at, `${name}、${long}`));
    if (!levels.includes(name.charAt(0)) || timesOf(name) > 1) return forms;
    const sister = levels.map((level) => level + name.slice(1)).find((other) => timesOf(other) > 1);
    return sister === undefined ? forms : [...forms, issue('unit-level', at, sister)];
  });
}
