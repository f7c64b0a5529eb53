import { BotError } from '../errors.js';
import { readCodes } from '../language/codes.js';
import { fold } from '../language/fold.js';
import type { Lexicon } from '../language/lexicon.js';
import type { Adjustments } from '../services/import/decide-import.js';

export interface Decided {
  number: number | null;
  adjust: Adjustments;
}

const numberFirst = /^\s*第?(\d{1,6})号?(?![\p{L}\d-])\s*[,，、:：;；]?\s*/u;
const prefixRule = /^前缀\s*(\p{Script=Han}{1,4})\s*(?:=|＝|→|->|改为|改)\s*(\p{Script=Han}{1,4})$/u;
const alone = /^(\S+?)\s*(?:单列|独立)$/u;
const belongs = /^(\S+?)\s*(?:属于|归|→|->)\s*(\S+)$/u;

/** 3 气附-4 单列，气附-5 属于 气-6，前缀 安=应: the number of a proposal and what is set right with it. */
export function readAdjustments(typed: string | undefined, lexicon: Lexicon): Decided {
  const text = fold(typed ?? '');
  const number = numberFirst.exec(text);
  const adjust: Adjustments = { prefixes: {}, links: {} };
  for (const piece of text.slice(number?.[0].length ?? 0).split(/[,，;；\n]+/u))
    readPiece(piece.trim(), lexicon, adjust);
  return { number: number ? Number(number[1]) : null, adjust };
}

function readPiece(piece: string, lexicon: Lexicon, adjust: Adjustments): void {
  if (piece === '') return;
  const [, from, to] = prefixRule.exec(piece) ?? [];
  const [, single] = alone.exec(piece) ?? [];
  const [, part, whole] = belongs.exec(piece) ?? [];
  if (from !== undefined && to !== undefined) adjust.prefixes[from] = to;
  else if (single !== undefined) adjust.links[codeIn(single, lexicon)] = null;
  else if (part !== undefined && whole !== undefined) adjust.links[codeIn(part, lexicon)] = codeIn(whole, lexicon);
  else
    throw new BotError(
      'invalid',
      `没看懂“${[...piece].slice(0, 20).join('')}”。可以写“气附-4 单列”“气附-4 属于 气-5”“前缀 安=应”。`,
    );
}

/** The document's plans may not be in the ledger yet, so a code that only looks like one is taken as it stands. */
function codeIn(typed: string, lexicon: Lexicon): string {
  const [found] = readCodes(typed, lexicon.plans);
  return found?.code ?? typed.replace(/^(\p{Script=Han}+)(\d+)$/u, '$1-$2');
}
