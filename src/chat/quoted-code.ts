import { milestoneCode } from '../domain/task.js';
import { readCodes } from '../language/codes.js';
import { fold } from '../language/fold.js';
import type { Context } from '../services/context.js';
import { quotedWords } from '../services/message/quoted-words.js';
import { lexiconOf } from './lexicon.js';

/** The task of the message that the speaker answers or quotes, as it is typed: the one in its first line, else the only one in it. */
export async function quotedCode(ctx: Context): Promise<string | null> {
  const words = await quotedWords(ctx);
  if (words === null) return null;
  const [first = ''] = words.trim().split('\n');
  return onlyCode(ctx, first) ?? onlyCode(ctx, words);
}

function onlyCode(ctx: Context, text: string): string | null {
  const found = readCodes(fold(text), lexiconOf(ctx).plans);
  if (found.some(({ through }) => through !== null)) return null;
  const codes = new Set(
    found.map(({ year, code, milestone }) => `${year ?? ''}${milestoneCode(code, milestone ?? 0)}`),
  );
  const [code, ...others] = codes;
  return code !== undefined && others.length === 0 ? code : null;
}
