import { findIntents } from './find-intent.js';
import { counts, followUp, pointsBack, type Topic } from './follow-up.js';
import type { Request } from './request.js';
import { type Knowledge, readSentenceParts, type Sentence } from './sentence.js';

/** What a message without a slash asks for. */
export type Understanding =
  | { kind: 'requests'; requests: Request[]; heard: { typed: string; code: string } | null }
  /** Two things that it may mean as well as each other. */
  | { kind: 'offers'; typed: string; offers: Request[] }
  /** Nothing that the bot can do; what it comes nearest to. */
  | { kind: 'nothing'; sentence: Sentence };

const mostParts = 12;

/** Reads a normalised message: as a whole, or part by part where each part asks something and goes on from the one before. */
export function understand(text: string, knowledge: Knowledge, topic: Topic | null): Understanding {
  const parts = text.split(/[，,。;；?？!！\n]+/u).flatMap((part) => part.trim() || []);
  if (parts.length > 1 && parts.length <= mostParts) {
    const several = understandParts(parts, knowledge, topic);
    if (several) return several;
  }
  const whole = understandOne(text, knowledge, topic);
  const words = text.split(' ').filter(Boolean);
  if (words.length > 1 && words.length <= mostParts && whole.kind !== 'requests') {
    const several = understandParts(words, knowledge, topic);
    if (several && several.requests.length > 1) return several;
  }
  return whole;
}

/** `null` unless every part that says something is understood by itself. */
function understandParts(
  parts: string[],
  knowledge: Knowledge,
  topic: Topic | null,
): Extract<Understanding, { kind: 'requests' }> | null {
  const requests: Request[] = [];
  let before = topic;
  let about = '';
  let heard: { typed: string; code: string } | null = null;
  for (const part of parts) {
    const sentence = readSentenceParts(part, knowledge);
    if (saysNothing(sentence)) continue;
    const own = understandOne(part, knowledge, before, sentence);
    // 降尘量多少，谁负责: the second part is about what the first names.
    const read = own.kind === 'requests' || about === '' ? own : understandOne(`${about} ${part}`, knowledge, null);
    if (read.kind !== 'requests') return null;
    if (sentence.content.length > 0) about = sentence.content.join(' ');
    requests.push(...read.requests);
    heard ??= read.heard;
    const last = read.requests.at(-1);
    if (last) before = { request: last, shown: [] };
  }
  return requests.length > 0 ? { kind: 'requests', requests: withoutRepeats(requests), heard } : null;
}

const saysNothing = ({ content, parts, meanings, item }: Sentence) =>
  content.length === 0 && parts.size === 0 && item === null && [...meanings].every((one) => one === 'polite');

function withoutRepeats(requests: Request[]): Request[] {
  return [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()];
}

function understandOne(
  text: string,
  knowledge: Knowledge,
  topic: Topic | null,
  sentence: Sentence = readSentenceParts(text, knowledge),
): Understanding {
  const { words } = knowledge;
  const back = topic && pointsBack(text) ? followUp(sentence, topic, words) : null;
  if (back) return { kind: 'requests', requests: [back], heard: sentence.heard };
  // 下周呢 and 第二个 ask nothing by themselves.
  const bare = counts(text) || (pointsBack(text) && sentence.meanings.size === 0);
  if (bare && sentence.item === null && sentence.codes.length === 0) return { kind: 'nothing', sentence };
  const [first, second] = findIntents(sentence, words);
  if (first && sentence.item === null) {
    if (second && second.score === first.score && differs(first.request, second.request)) {
      return { kind: 'offers', typed: text, offers: [first.request, second.request] };
    }
    return { kind: 'requests', requests: eachUnit(first.request, sentence), heard: sentence.heard };
  }
  const followed = topic && followUp(sentence, topic, words);
  if (followed) return { kind: 'requests', requests: [followed], heard: null };
  if (sentence.item) return itemOfPlans(text, sentence, knowledge);
  return { kind: 'nothing', sentence };
}

const differs = (a: Request, b: Request) => a.command !== b.command;

/** One request for each of several units. */
function eachUnit(request: Request, { unitNames }: Sentence): Request[] {
  if (request.unit === null || unitNames.length < 2) return [request];
  return unitNames.map((unit) => ({ ...request, unit }));
}

/** 第一项谁牵头 where several plans have one: which is meant has to be asked. */
function itemOfPlans(text: string, { item }: Sentence, knowledge: Knowledge): Understanding {
  const { plans } = knowledge.lexicon;
  const typed = item ? text.slice(item.start, item.end) : '';
  const readings = plans.map(({ prefix }) =>
    understandOne(text.replace(typed, `${prefix}-${item?.number}`), knowledge, null),
  );
  const requests = readings.flatMap((one) => (one.kind === 'requests' ? one.requests.slice(0, 1) : []));
  const [only, ...others] = requests;
  if (!only) return { kind: 'nothing', sentence: readSentenceParts(text, knowledge) };
  if (others.length === 0) return { kind: 'requests', requests, heard: null };
  return { kind: 'offers', typed, offers: requests };
}
