import { type Ledger, unitName, unitNames } from '../domain/ledger.js';
import type { Limit, Standing } from '../domain/limit.js';
import { tallyOf } from '../domain/tally.js';

/** 已报办结 1/4，尚缺：县水利局、… ; members of a single group noun are counted one by one. `null` while there is nothing to count. */
export function tallyText(ledger: Ledger, limit: Limit, standing: Standing): string | null {
  const tally = tallyOf(limit, standing);
  if (!tally) return null;
  const { given, of, parties, lackingOf } = tally;
  const lacking = parties.filter((party) => lackingOf(party).length > 0);
  const [only] = parties;
  const names =
    only && parties.length === 1
      ? unitNames(ledger, lackingOf(only))
      : lacking
          .map((party) => {
            const { unit, members } = party.party;
            const said = members.length - lackingOf(party).length;
            return `${unitName(ledger, unit)}${said > 0 ? `（${said}/${members.length}）` : ''}`;
          })
          .join('、');
  return `${tally.standing ? '本期已报' : '已报办结'} ${given}/${of}，尚缺：${names}`;
}
