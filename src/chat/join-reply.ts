import { unitName } from '../domain/ledger.js';
import type { UnitId } from '../domain/unit.js';
import type { Context } from '../services/context.js';
import { peopleWith, tellPeople } from '../services/notice/tell.js';
import type { DecidedJoin } from '../services/person/join-unit.js';
import { type Reply, reply } from './message.js';
import { besideReply, movingText } from './people-reply.js';

/** Says that it waits, and tells those who may grant it one to one. */
export async function askedToJoin(ctx: Context, unit: UnitId, number: number): Promise<Reply> {
  const name = unitName(ctx.ledger, unit);
  const deciding = await peopleWith(ctx, 'supervisor', 'administrator');
  await tellPeople(
    ctx,
    deciding.map(({ id }) => id),
    {
      key: `join ${number}`,
      kind: 'join',
      said: reply.text(
        `${ctx.actor.name}申请当${name}联络员（第${number}号）。`,
        `同意回“/join 同意 ${number}”，不同意回“/join 不同意 ${number}”。`,
      ),
    },
  );
  return reply.text(
    `已登记第${number}号申请：${ctx.actor.name}当${name}联络员。`,
    `请督查室或管理员回“/join 同意 ${number}”。同意前不能代该单位报送。`,
  );
}

/** Says what was decided, and tells the person one to one where they asked. */
export async function decidedJoin(ctx: Context, request: DecidedJoin): Promise<Reply> {
  const { number, granted, personName, beside } = request;
  const unit = unitName(ctx.ledger, request.unit);
  const where = { ...ctx, group: request.group ?? ctx.group };
  await tellPeople(where, [request.person], {
    key: `join ${number} decided`,
    kind: 'join',
    said: granted
      ? reply.text(`你现在是${unit}联络员。`, '看本单位任务发“我的”，报办结发“/done 编号 完成情况”。')
      : reply.text(`你当${unit}联络员的申请没有同意。`, '要问原因，请和督查室联系。'),
  });
  if (!granted) return reply.text(`第${number}号申请（${personName}，${unit}）没有同意。`);
  const said = `已同意第${number}号申请：${personName}现在是${unit}联络员${movingText(ctx, request)}。`;
  return besideReply(ctx, said, { unitId: request.unit }, beside);
}
