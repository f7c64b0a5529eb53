import { findUnits, type UnitLexicon } from '../units.js';
import type { SentenceWords } from './sentence-words.js';

const sign = '\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\u200D|\\uFE0F|\\p{P}|\\p{S}|\\s';
const sticker = '\\[[^\\]\\n]{1,8}\\]';
const signs = new RegExp(`^(?:${sticker}|${sign})+$`, 'u');
const anySign = new RegExp(`${sticker}|${sign}`, 'gu');
const longest = 40;

/** 收到, 好的, thanks and stickers: what nobody expects an answer to. A unit may sign it: 水利局收到. */
export function isSmallTalk(text: string, words: SentenceWords, units: UnitLexicon): boolean {
  if (text.length > longest) return false;
  if (signs.test(text)) return /\p{Extended_Pictographic}|\[/u.test(text);
  const bare = text.replace(anySign, '');
  const [unit] = findUnits(bare, units);
  let at = unit?.start === 0 ? unit.end : 0;
  at = words.beforeSilent.longestAt(bare, at)?.end ?? at;
  const first = at;
  while (at < bare.length) {
    const found = words.silent.longestAt(bare, at);
    if (!found) return false;
    at = found.end;
  }
  return at > first;
}
