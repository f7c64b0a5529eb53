import { type DutyStatus, dutyStatusNames } from '../domain/duty.js';
import { type Ledger, unitName, unitNames } from '../domain/ledger.js';
import type { Limit, MemberStanding, Standing } from '../domain/limit.js';
import { partyNames } from '../domain/party-names.js';
import { tallyOf } from '../domain/tally.js';
import type { Task } from '../domain/task.js';

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

/** 正在推进，已报困难：县水利局; whoever stands apart from the others is named. */
export function standingText(ledger: Ledger, limit: Limit, standing: Standing): string {
  const base = tallyText(ledger, limit, standing) ?? dutyStatusNames[standing.status];
  return [base, ...apartTexts(ledger, limit.task, standing)].join('，');
}

/** 已报困难：县水利局, 已销号 1/4, 暂缓：县住建局. */
export function apartTexts(ledger: Ledger, task: Task, { status, members }: Standing): string[] {
  const named = (name: string, some: MemberStanding[]) => {
    if (some.length === 0) return [];
    const units = some.map(({ unit }) => unit);
    return [members.length === 1 ? name : `${name}：${partyNames(ledger, task, units)}`];
  };
  const at = (wanted: DutyStatus) => (wanted === status ? [] : members.filter((one) => one.status === wanted));
  const closed = at('closed');
  return [
    ...named(
      '已报困难',
      members.filter(({ problem }) => problem),
    ),
    ...(closed.length > 0 ? [`已销号 ${closed.length}/${members.length}`] : []),
    ...named(dutyStatusNames.paused, at('paused')),
    ...named(dutyStatusNames.withdrawn, at('withdrawn')),
  ];
}
