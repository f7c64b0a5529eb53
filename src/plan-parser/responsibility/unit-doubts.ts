import type { ImportIssue } from '../../domain/plan-draft.js';
import { issue } from '../issues.js';
import { withoutBrackets } from '../text/brackets.js';
import { levelOf } from './unit-names.js';

/** A unit's name at one place of the document. */
export interface Mention {
  name: string;
  line: number;
}

const levels = [...'省市县区州旗', '自治区'];

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

/** 市生态环境局云溪分局, 县公安局交通警察大队: a branch is rightly of another level than its place. */
const isBranch = (name: string) => /.(?:局|委).{2,}(?:局|大队|支队|中心|所|站|部)$/.test(withoutBrackets(name));
const oneLevel = 0.75;
const enoughNames = 8;

const ranks = ['省自治区', '市州盟', '县区旗'];
const rank = (level: string) => ranks.findIndex((characters) => characters.includes(level));

/** The level of most units: a document of a county names 县 units, and others by way of exception. */
function levelOfMost(mentions: Mention[]): string | null {
  const leveled = mentions.map(({ name }) => levelOf(name)).filter((level) => level !== '');
  const counts = Map.groupBy(leveled, (level) => level);
  const [most] = [...counts].toSorted((a, b) => b[1].length - a[1].length);
  const rules = most && leveled.length >= enoughNames && most[1].length / leveled.length >= oneLevel;
  return rules ? most[0] : null;
}

/** Names that are probably second forms of others, or slips. All are kept as written; a person decides. */
export function doubtUnits(mentions: Mention[]): ImportIssue[] {
  const places = Map.groupBy(mentions, (mention) => mention.name);
  const alike = Map.groupBy(places.keys(), (name) => name.charAt(0));
  const timesOf = (name: string) => places.get(name)?.length ?? 0;
  const usual = levelOfMost(mentions);

  const sisterOf = (name: string): string | undefined => {
    const level = levelOf(name);
    if (level === '') return undefined;
    const sister =
      timesOf(name) > 1
        ? undefined
        : levels.map((other) => other + name.slice(level.length)).find((other) => timesOf(other) > 1);
    if (sister !== undefined || isBranch(name)) return sister;
    if (usual === null || Math.abs(rank(level) - rank(usual)) !== 1) return undefined;
    return /(?:局|委|办|厅|委员会)$/.test(withoutBrackets(name)) ? usual + name.slice(level.length) : undefined;
  };

  return [...places].flatMap(([name, [first]]) => {
    const at = { line: first?.line ?? 1, text: name };
    const longer = alike.get(name.charAt(0))?.filter((other) => isShortFormOf(name, other)) ?? [];
    const leveled = levels.map((level) => level + name).filter((other) => places.has(other));
    const forms = [...longer, ...leveled].map((long) => issue('unit-forms', at, `${name}、${long}`));
    const sister = sisterOf(name);
    return sister === undefined ? forms : [...forms, issue('unit-level', at, sister)];
  });
}
