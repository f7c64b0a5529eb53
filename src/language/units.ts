import type { UnitId } from '../domain/unit.js';
import { fold } from './fold.js';

export interface UnitNames {
  id: UnitId;
  name: string;
  aliases: readonly string[];
}

interface Found {
  text: string;
  start: number;
  end: number;
}

/** A unit, or the units that a part of a name could mean (住建局, where the roster has two). */
export type UnitMention = Found & ({ kind: 'unit'; id: UnitId } | { kind: 'ambiguous'; ambiguous: UnitId[] });

interface Entry {
  strength: number;
  ids: UnitId[];
}

interface Node {
  next: Map<string, Node>;
  entry: Entry | null;
}

export interface UnitLexicon {
  readonly root: Node;
  /** As the roster writes them. */
  readonly names: ReadonlyMap<UnitId, string>;
}

/**
 * A name beats an alias, an alias a tail (住建局 of 县住建局), a tail a head (生态环境局 of 市生态环境局芮城分局), and that the
 * end of a name (监管局 of 县市场监管局), which counts only where a word begins.
 */
const strengths = { name: 4, alias: 3, tail: 2, head: 1, end: 0 } as const;

const shortestPart = 3;
const afterPlace = /[省市县区州旗盟]/g;
const office = /局|委员会|委|办公室|政府|中心|公司|集团|大队|支队|开发区/g;

const key = (text: string) => fold(text).replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function tailsOf(name: string): string[] {
  const cuts = [...name.matchAll(afterPlace), ...name.matchAll(office)].map((cut) => cut.index + cut[0].length);
  return cuts.map((cut) => name.slice(cut));
}

function headsOf(name: string): string[] {
  const heads = [...name.matchAll(office)].map((cut) => name.slice(0, cut.index + cut[0].length));
  return heads.flatMap((head) => [head, ...tailsOf(head)]);
}

function endsOf(name: string): string[] {
  if (!/[局委办]$/u.test(name)) return [];
  return Array.from({ length: Math.max(0, name.length - shortestPart) }, (_, at) => name.slice(at + 1));
}

/** 县住建局 for 县住房和城乡建设局, by what people say for a part of a name; 交警 for a unit that is called so as a whole. */
function shortFormsOf(name: string, shortNames: ShortNames): string[] {
  const forms = shortNames.flatMap(([long, short]) => {
    if (!name.includes(long)) return [];
    const form = name.replace(long, short);
    return name.endsWith(long) || name.endsWith(`${long}局`) ? [form, short] : [form];
  });
  return forms.flatMap((form) => [form, ...tailsOf(form)]).filter((form) => form.length > 1);
}

/** What people say for a part of a unit's name: [住房和城乡建设, 住建]. */
export type ShortNames = readonly (readonly [string, string])[];

/** Built once per roster; holds names, aliases and the parts of names that people use alone. */
export function buildUnitLexicon(units: readonly UnitNames[], shortNames: ShortNames = []): UnitLexicon {
  const root: Node = { next: new Map(), entry: null };
  for (const { id, name, aliases } of units) {
    const whole = key(name);
    add(root, whole, id, strengths.name);
    for (const alias of aliases) add(root, key(alias), id, strengths.alias);
    for (const tail of tailsOf(whole)) if (tail.length >= shortestPart) add(root, tail, id, strengths.tail);
    for (const head of headsOf(whole)) if (head.length >= shortestPart) add(root, head, id, strengths.head);
    for (const form of shortFormsOf(whole, shortNames)) {
      add(root, form, id, strengths.tail);
      for (const head of headsOf(form)) if (head.length >= shortestPart) add(root, head, id, strengths.head);
    }
    for (const end of endsOf(whole)) add(root, end, id, strengths.end);
  }
  return { root, names: new Map(units.map(({ id, name }) => [id, name])) };
}

function add(root: Node, word: string, id: UnitId, strength: number): void {
  if (word === '') return;
  let node = root;
  for (const char of word) {
    const next = node.next.get(char) ?? { next: new Map(), entry: null };
    node.next.set(char, next);
    node = next;
  }
  if (node.entry === null || strength > node.entry.strength) node.entry = { strength, ids: [id] };
  else if (strength === node.entry.strength && !node.entry.ids.includes(id)) node.entry.ids.push(id);
}

/** Units in a folded text, from left to right, the longest at each place. */
export function findUnits(text: string, lexicon: UnitLexicon): UnitMention[] {
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const found: UnitMention[] = [];
  for (let start = 0; start < lower.length; ) {
    const mention = mentionAt(lower, start, lexicon);
    if (mention) found.push({ ...mention, text: text.slice(start, mention.end) });
    start = mention?.end ?? start + 1;
  }
  return found;
}

function mentionAt(text: string, start: number, { root, names }: UnitLexicon): UnitMention | null {
  let longest: { end: number; entry: Entry } | null = null;
  let node: Node | undefined = root;
  for (let end = start; end < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(end) ?? 0);
    node = node.next.get(char);
    if (!node) break;
    end += char.length;
    if (node.entry) longest = { end, entry: node.entry };
  }
  if (!longest) return null;
  const { end, entry } = longest;
  if (entry.strength === strengths.end && !wordBegins.test(text.charAt(start - 1))) return null;
  const ids = entry.strength === strengths.name ? entry.ids : entry.ids.filter((id) => isOurs(id, text, start, names));
  const [id, ...others] = ids;
  if (id === undefined) return null;
  const where = { text: '', start, end };
  return others.length === 0 ? { kind: 'unit', id, ...where } : { kind: 'ambiguous', ambiguous: ids, ...where };
}

const wordBegins = /^(?:|\P{Script=Han}|[的和与跟及把让由是请给查看问在归叫找])$/u;

/** 省住建局 and 市住建局 are other offices than 县住建局, whatever part of its name they contain. */
function isOurs(id: UnitId, text: string, start: number, names: ReadonlyMap<UnitId, string>): boolean {
  const before = text.charAt(start - 1);
  return (before !== '省' && before !== '市') || names.get(id)?.startsWith(before) === true;
}
