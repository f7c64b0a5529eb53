import { z } from 'zod';

import { WordTree, wordsOf } from './word-tree.js';

const entry = z
  .string()
  .min(1)
  .superRefine((value, context) => {
    try {
      wordsOf(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : '写法不对' });
    }
  });
const entries = z.array(entry).default([]);
const slot = z.enum(['codes', 'content', 'sentence', 'range', 'unit', 'plan', 'role', 'status']);
/** What may stand in a sentence beside words with a meaning. */
const part = z.enum(['codes', 'unit', 'own', 'range', 'plan', 'content']);

const rule = z.strictObject({
  /** Meanings that all stand in the sentence; lead|support is one of them. */
  all: z.array(z.string()),
  has: z.array(part).default([]),
  /** One of these meanings or parts stands in it, too. */
  some: z.array(z.string()).default([]),
  lacks: z.array(part).default([]),
  /** What else it may hold without being less likely. */
  may: z.array(z.string()).default([]),
  more: z.number().default(0),
  less: z.number().default(0),
  /** Words that the command gets whatever was typed. */
  fixed: z.string().default(''),
  range: z.string().optional(),
});
const intent = z.strictObject({
  /** `say` answers with `fixed` itself, `once` whether rows are one piece of work. */
  command: z.string(),
  slots: z.array(slot),
  fixed: z.string().default(''),
  when: z.array(rule),
});

/** words.json: meaning → the words that have it. */
export const wordsFile = z.record(z.string(), entries);
export const intentsFile = z.strictObject({
  neutral: z.array(z.string()).default([]),
  intents: z.array(intent),
  follow: z.record(z.string(), z.strictObject({ tags: z.array(z.string()), command: z.string() })).default({}),
  status: z.record(z.string(), z.string()).default({}),
  role: z.record(z.string(), z.string()).default({}),
});
/** sounds.json: what dictation writes for a plan's prefix before a number, and for a word. */
export const soundsFile = z.strictObject({
  plans: z.array(z.strictObject({ typed: z.string().min(1), plan: z.string().min(1) })).default([]),
  words: z.record(z.string(), z.string()).default({}),
});
/** names.json: what people say for a part of a unit's name. */
export const namesFile = z.strictObject({
  units: z.array(z.tuple([z.string().min(1), z.string().min(1)])).default([]),
  /** What people call a plan with this prefix, where the office says nothing else. */
  plans: z.record(z.string(), z.array(z.string().min(1))).default({}),
});
/** synonyms.json: two words for one thing, of which documents write the one and people say the other. */
export const synonymsFile = z.strictObject({
  words: z.array(z.tuple([z.string().min(2), z.string().min(2)])).default([]),
});
export const reportsFile = z.strictObject({
  done: entries,
  part: entries,
  undone: entries,
  /** 预计, 下月: what is told is still to come. */
  later: entries,
  block: entries,
  extend: entries,
  notOurs: entries,
  /** 我们镇没有: standing work has nothing new. */
  none: entries,
  /** What may be said of a round beside its day, units and plan. */
  round: entries,
  /** 让 before a unit, by which a leader asks something of it. */
  orders: entries,
  lead: entries,
  heading: entries,
});
export const talkFile = z.strictObject({
  silent: entries,
  before: entries,
  /** The whole of an answer. */
  no: entries,
  /** 先别报: at the beginning or the end of what is said to leave what was asked. */
  callsOff: entries,
  /** 等一下: only at its beginning. */
  stops: entries,
});

export type Intent = z.infer<typeof intent>;
export type Rule = z.infer<typeof rule>;
export type Slot = z.infer<typeof slot>;
export type Part = z.infer<typeof part>;
export type Intents = z.infer<typeof intentsFile>;

export interface SentenceFiles {
  words: z.infer<typeof wordsFile>;
  /** 批次, 公里: what is counted or measured. */
  measures: WordTree<true>;
  intents: Intents;
  sounds: z.infer<typeof soundsFile>;
  names: z.infer<typeof namesFile>;
  synonyms: z.infer<typeof synonymsFile>;
  reports: z.infer<typeof reportsFile>;
  talk: z.infer<typeof talkFile>;
}

export type ReportSign = keyof z.infer<typeof reportsFile>;

/** Everything that a sentence is read by, ready for use. */
export interface SentenceWords {
  /** Words with what they mean. */
  meanings: WordTree<string>;
  /** Words that carry nothing at the edge of what is left. */
  particles: WordTree<true>;
  /** Words that carry nothing before what is left. */
  leading: WordTree<true>;
  /** 批次, 公里: what is counted or measured. */
  measures: WordTree<true>;
  intents: Intents;
  sounds: SentenceFiles['sounds'];
  names: SentenceFiles['names'];
  synonyms: SentenceFiles['synonyms']['words'];
  reports: Readonly<Record<ReportSign, WordTree<true>>>;
  silent: WordTree<true>;
  beforeSilent: WordTree<true>;
  no: WordTree<true>;
  callsOff: WordTree<true>;
  stops: WordTree<true>;
}

const particle = 'particle';
const measure = 'measure';
const leading = 'leading';

export function sentenceWords({
  words,
  intents,
  sounds,
  names,
  synonyms,
  reports,
  talk,
}: SentenceFiles): SentenceWords {
  const meanings = new WordTree<string>();
  for (const [meaning, list] of Object.entries(words)) {
    if ([particle, leading, measure].includes(meaning)) continue;
    for (const word of list.flatMap(wordsOf)) meanings.add(word, meaning);
  }
  return {
    meanings,
    particles: treeOf(words[particle] ?? []),
    leading: treeOf([...(words[particle] ?? []), ...(words[leading] ?? [])]),
    measures: treeOf(words[measure] ?? []),
    intents,
    sounds,
    names,
    synonyms: synonyms.words,
    reports: {
      done: treeOf(reports.done),
      part: treeOf(reports.part),
      undone: treeOf(reports.undone),
      later: treeOf(reports.later),
      block: treeOf(reports.block),
      extend: treeOf(reports.extend),
      notOurs: treeOf(reports.notOurs),
      none: treeOf(reports.none),
      round: treeOf(reports.round),
      orders: treeOf(reports.orders),
      lead: treeOf(reports.lead),
      heading: treeOf(reports.heading),
    },
    silent: treeOf(talk.silent),
    beforeSilent: treeOf(talk.before),
    no: treeOf(talk.no),
    callsOff: treeOf(talk.callsOff),
    stops: treeOf(talk.stops),
  };
}

function treeOf(list: readonly string[]): WordTree<true> {
  const tree = new WordTree<true>();
  for (const word of list.flatMap(wordsOf)) tree.add(word, true);
  return tree;
}
