import { taskOfKey, unitName } from '../domain/ledger.js';
import type { LocalDate } from '../domain/local-date.js';
import type { Owed } from '../domain/round.js';
import { dayText, nearDayText } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import { groupToTell, tellGroup } from '../services/notice/tell.js';
import type { RoundProposal, RoundStanding } from '../services/round/rounds.js';
import { groupName } from './group-name.js';
import { type Reply, reply } from './message.js';

const unitsShown = 40;

/** 预览：9月调度，牵头单位11家，9月28日（周四）下班前报。 */
export function roundPreview(ctx: Context, { name, lastDay, owed, left, townships }: RoundProposal): string {
  const done = owed.length - left.length;
  return [
    `预览：${name}，${townships ? '' : '县直及开发区'}牵头单位${owed.length}家，${dayText(lastDay, ctx.today)}下班前报。`,
    `已报过的不再报${done > 0 ? `（${done}家已报齐）` : ''}，没有变化回“无变化”${townships ? '' : '，不含乡镇'}。`,
    `回“发送”发到${groupName(ctx)}；要改重新发，如“/round 10月8日 含乡镇”。`,
  ].join('\n');
}

/** One message opens it; who has reported is not asked again. */
export async function postRound(
  ctx: Context,
  number: number,
  { name, lastDay, owed, townships }: RoundProposal,
): Promise<void> {
  const whom = townships ? '各有关单位' : '各牵头单位';
  const said = reply.text(
    `【${name}】请${whom}于${nearDayText(lastDay, ctx.today)}下班前，把本单位牵头任务进展单聊发我：写编号和情况，可一次多条，没有变化回“无变化”。已报的不用再报。`,
    ctx.settings.signature,
  );
  const tasks = owed.flatMap((one) => one.tasks.flatMap(({ year, key }) => taskOfKey(ctx.ledger, year, key) ?? []));
  await tellGroup(ctx, await groupToTell(ctx, tasks), { key: `round ${number}`, kind: 'round', said });
}

/** 9月调度（28日下班前）：应报11家，报齐8家，还差3家：… */
export function missingReply(
  ctx: Context,
  { round, left }: RoundStanding,
  among: (unit: Owed['unit']) => boolean,
): Reply {
  const owed = round.owed.filter(({ unit }) => among(unit));
  const missing = left.filter(({ unit }) => among(unit));
  const until = `${nearDayText(round.lastDay, ctx.today)}下班前`;
  if (owed.length === 0) return reply.text(`${round.name}（${until}）没有要求这些单位报。`);
  if (missing.length === 0) return reply.text(`${round.name}（${until}）：应报${owed.length}家，都已报齐。`);
  const whole = new Map(round.owed.map(({ unit, tasks }) => [unit, tasks.length]));
  const named = missing.slice(0, unitsShown).map(({ unit, tasks }) => {
    const all = whole.get(unit) ?? tasks.length;
    return `${unitName(ctx.ledger, unit)}${tasks.length < all ? `（余${tasks.length}项）` : ''}`;
  });
  const more = missing.length > unitsShown ? `等${missing.length}家` : '';
  return reply.text(
    `${round.name}（${until}）：应报${owed.length}家，报齐${owed.length - missing.length}家，还差${missing.length}家：`,
    `${named.join('、')}${more}`,
    '以上只反映收到的报告。',
  );
}

export function putOffText(ctx: Context, name: string, lastDay: LocalDate): Reply {
  return reply.text(`${name}改到${dayText(lastDay, ctx.today)}下班前。`);
}
