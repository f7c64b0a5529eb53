import { findTask } from '../domain/ledger.js';
import { milestoneCode, type Task } from '../domain/task.js';
import { type CodeMention, readCodes } from '../language/codes.js';
import { fold } from '../language/fold.js';
import type { Lexicon } from '../language/lexicon.js';
import type { Context } from '../services/context.js';
import { lexiconOf } from './lexicon.js';

/** The task of a message that is answered or quoted, as it is typed: the one in its first line, else the only one in it. */
export function quotedCode(words: string, lexicon: Lexicon): string | null {
  const [first = ''] = words.trim().split('\n');
  return onlyCode(first, lexicon) ?? onlyCode(words, lexicon);
}

/** The same as the ledger has it; `null` where it has none. */
export function quotedTask(ctx: Context, words: string): Task | null {
  const lexicon = lexiconOf(ctx);
  const code = quotedCode(words, lexicon);
  const [mention] = code === null ? [] : readCodes(code, lexicon.plans);
  return (mention && findTask(ctx.ledger, mention.code, mention.year ?? ctx.plans)) ?? null;
}

function onlyCode(text: string, lexicon: Lexicon): string | null {
  const found = readCodes(fold(text), lexicon.plans);
  if (found.some(({ through }) => through !== null)) return null;
  const [code, ...others] = new Set(found.map(codeText));
  return code !== undefined && others.length === 0 ? code : null;
}

/** 气-5.1, 2023水-7. */
export function codeText({ year, code, milestone }: CodeMention): string {
  return `${year ?? ''}${milestoneCode(code, milestone ?? 0)}`;
}
