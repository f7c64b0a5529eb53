import { milestoneCode } from '../../domain/task.js';
import type { CodeMention } from '../codes.js';
import { noRequest, type Request } from './request.js';
import type { Sentence } from './sentence.js';
import type { Intent, Intents, Part, Rule, SentenceWords, Slot } from './sentence-words.js';

export interface Scored {
  request: Request;
  score: number;
}

/** An office that the roster does not have; its work stands nowhere. */
const office = /^(?![各全所哪]).*(?:局|委|厅|办公室|政府|部门|督查室|大队|支队|公司|中心)$/u;

const perMeaning = 3;
const perPart = 2;

/**
 * What the sentence may ask for, by the rules of the data, most likely first. A rule fits only where it takes up every
 * meaning and every part of the sentence, so that nothing that was said is passed over.
 */
export function findIntents(sentence: Sentence, { intents }: SentenceWords): Scored[] {
  if (!sentence.quoting && sentence.content.some((word) => office.test(word))) return [];
  // One character is too little to look for.
  if (sentence.codes.length === 0 && sentence.content.join('').length === 1) return [];
  const scored = intents.intents.flatMap((intent) => {
    const fits = intent.when.map((rule) => requestBy(sentence, intent, rule, intents)).filter((one) => one !== null);
    return fits.sort((a, b) => b.score - a.score).slice(0, 1);
  });
  return scored.sort((a, b) => b.score - a.score);
}

function requestBy(sentence: Sentence, intent: Intent, rule: Rule, intents: Intents): Scored | null {
  const { meanings, parts } = sentence;
  const holds = (one: string) => meanings.has(one) || parts.has(one as Part);
  const alternatives = rule.all.map((one) => one.split('|'));
  if (!alternatives.every((some) => some.some((one) => meanings.has(one)))) return null;
  if (!rule.has.every((part) => parts.has(part)) || rule.lacks.some((part) => parts.has(part))) return null;
  if (rule.some.length > 0 && !rule.some.some(holds)) return null;
  if (parts.has('content') && !rule.has.includes('content') && !rule.may.includes('content')) return null;
  const known = new Set([...intents.neutral, ...rule.may, ...rule.has, ...alternatives.flat()]);
  const left = [...meanings, ...parts].filter((one) => !known.has(one));
  if (left.length > 0) return null;
  const taken = rule.may.filter(holds).length;
  const score = rule.all.length * perMeaning + rule.has.length * perPart + taken + rule.more - rule.less;
  return { request: requestFor(sentence, intent, rule, intents), score };
}

function requestFor(sentence: Sentence, { command, slots, fixed }: Intent, rule: Rule, intents: Intents): Request {
  const takes = (slot: Slot) => slots.includes(slot);
  const words = takes('sentence') ? sentence.text : takes('content') ? lookedFor(sentence) : '';
  return {
    ...noRequest,
    command,
    codes: takes('codes') ? sentence.codes.map(typedCode) : [],
    range: takes('range') ? (rule.range ?? sentence.range?.typed ?? null) : null,
    unit: takes('unit') ? unitOf(sentence) : null,
    plan: takes('plan') ? (sentence.plan?.prefix ?? null) : null,
    role: takes('role') ? named(sentence, intents.role) : null,
    status: takes('status') && rule.range === undefined ? named(sentence, intents.status) : null,
    words: rule.fixed || fixed || words,
  };
}

/** 地下水调查评估 looks for both, 地下水方案的调查评估 for the one within the plan. */
function lookedFor({ content, plan }: Sentence): string {
  return [...(plan?.bare ? [plan.name] : []), ...content].join(' ');
}

/** As the slash form types it: 2023水-7, 气-5.1, 水-7至水-9. */
export function typedCode({ year, code, milestone, through }: CodeMention): string {
  const [family] = code.split('-');
  return `${year ?? ''}${milestoneCode(code, milestone ?? 0)}${through === null ? '' : `至${family}-${through}`}`;
}

/** The words under which the speaker's own unit is read. */
export const ownUnit = '本单位';

export function unitOf({ unitNames, parts }: Sentence): string | null {
  const [unit] = unitNames;
  if (unit !== undefined) return unit;
  return parts.has('own') ? ownUnit : null;
}

export function named({ meanings }: Sentence, names: Readonly<Record<string, string>>): string | null {
  const found = Object.keys(names).filter((meaning) => meanings.has(meaning));
  return found.length === 1 ? (names[found[0] ?? ''] ?? null) : null;
}
