import { partsOf } from '../../domain/local-date.js';
import { readNumber } from '../numbers.js';
import { findUnits } from '../units.js';
import { findEntities, Unread } from './entities.js';
import type { Knowledge } from './sentence.js';

const opening =
  /^(?:开|发起|启动)(?:一[个轮次]|个)?(?:(\d{1,2}|[一二三四五六七八九十]{1,2})月份?|本月|月度)?的?调度(?:[\s,，。:：]+|$)/u;
const nothing = /^[\s\0,，.。、:：;；!！的]*$/u;

/**
 * 开9月调度 明天下班前 只要县直牵头的: what is said of the round, in a normalised text. `null` where it opens none, is of
 * another month, or holds a word that nothing explains.
 */
export function readRoundOpening(text: string, { lexicon, words, today }: Knowledge): string | null {
  const found = opening.exec(text);
  if (!found) return null;
  const [, month] = found;
  if (month !== undefined && readNumber(month) !== partsOf(today).month) return null;
  const rest = text.slice(found[0].length);
  const unread = new Unread(rest);
  for (const said of words.reports.round.all(rest)) unread.take(said);
  for (const unit of findUnits(unread.text, lexicon.units)) unread.take(unit);
  findEntities(unread, lexicon, words, today);
  return nothing.test(unread.text) ? rest : null;
}
