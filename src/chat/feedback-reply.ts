import { unitName } from '../domain/ledger.js';
import { dayName, wallClock } from '../domain/local-date.js';
import { onOneLine } from '../domain/note.js';
import type { UnitId } from '../domain/unit.js';
import { shorten } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import type { Feedback } from '../services/feedback/feedback.js';
import { peopleWith, tellPeople } from '../services/notice/tell.js';
import { type Reply, reply } from './message.js';

const wordsShown = 200;

/** Tells the administrators one to one, with the unit and without the name. */
export async function feedbackGiven(ctx: Context, number: number, words: string): Promise<Reply> {
  const administrators = await peopleWith(ctx, 'administrator');
  await tellPeople(
    ctx,
    administrators.map(({ id }) => id),
    {
      key: `feedback ${number}`,
      kind: 'feedback',
      said: reply.text(`意见${number}（${unitText(ctx, ctx.actor.unit)}）：${words}`, '看最近的发“/feedback”。'),
    },
  );
  return reply.text(`已转管理员（意见${number}），不在群里显示。`);
}

export function feedbackList(ctx: Context, list: Feedback[]): Reply {
  if (list.length === 0) return reply.text('还没有收到意见。');
  const items = list.map(({ number, at, unit, administrator, words }) => {
    const { date, time } = wallClock(at, ctx.timeZone);
    const who = administrator ?? unitText(ctx, unit);
    return `${number}. ${dayName(date, ctx.today)}${time.slice(0, 5)}（${who}）${shorten(onOneLine(words), wordsShown)}`;
  });
  return reply.card(`最近的意见${list.length}条，新的在前：`, { blocks: [{ kind: 'items', items }] });
}

function unitText({ ledger }: Context, unit: UnitId | null): string {
  return unit === null ? '没有登记单位' : unitName(ledger, unit);
}
