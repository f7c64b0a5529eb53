import { z } from 'zod';

import { unit, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { type Reply, reply } from '../src/chat/message.js';
import { unitName } from '../src/domain/ledger.js';
import { BotError } from '../src/errors.js';
import { fold } from '../src/language/fold.js';
import type { Context } from '../src/services/context.js';
import {
  askToJoin,
  decideToJoin,
  type JoinRequest,
  joinRequestToDecide,
  listJoinRequests,
} from '../src/services/person/join-unit.js';

/** Asks for the role of liaison; a supervisor or administrator answers with the request's number. */
export default defineCommand({
  name: 'join',
  aliases: ['我是', '加入'],
  args: z.object({ unit: unit.optional(), decision: words.optional() }),
  allow: 'member',
  writes: ({ unit, decision }) => unit !== undefined || decision !== undefined,
  help: {
    verb: '申请当联络员',
    summary: '申请当某单位的联络员，由督查室或管理员同意',
    usage: '单位名',
    examples: ['/join 县水利局'],
  },

  async preview({ args, ctx }) {
    if (args.unit !== undefined) return `申请当${unitName(ctx.ledger, args.unit)}联络员`;
    const { number, granted } = readDecision(args.decision ?? '');
    const request = await joinRequestToDecide(ctx, number);
    return `${granted ? '同意' : '不同意'}第${number}号申请：${request.personName}，${unitName(ctx.ledger, request.unit)}`;
  },

  async run({ args, ctx }) {
    if (args.unit !== undefined) return asked(ctx, args.unit);
    if (args.decision === undefined) return waiting(ctx);
    const { number, granted } = readDecision(args.decision);
    return decided(ctx, number, granted);
  },
});

function readDecision(typed: string): { number: number; granted: boolean } {
  const [, refused, number] = /^(不)?同意 ?第?(\d{1,6})号?$/.exec(fold(typed)) ?? [];
  if (number === undefined) {
    throw new BotError(
      'not-found',
      `名单里没有“${[...typed].slice(0, 20).join('')}”这个单位。请写单位全称，如：/join 县水利局`,
    );
  }
  return { number: Number(number), granted: refused === undefined };
}

async function asked(ctx: Context, unit: Parameters<typeof askToJoin>[1]): Promise<Reply> {
  const number = await askToJoin(ctx, unit);
  return reply.text(
    `已登记第${number}号申请：${ctx.actor.name}当${unitName(ctx.ledger, unit)}联络员。`,
    `请督查室或管理员回“/join 同意 ${number}”。同意前不能代该单位报送。`,
  );
}

async function waiting(ctx: Context): Promise<Reply> {
  const requests = await listJoinRequests(ctx);
  if (requests.length === 0) return reply.text('没有等待同意的联络员申请。');
  return reply.card(`等待同意的联络员申请${requests.length}件：`, {
    blocks: [
      {
        kind: 'items',
        items: requests
          .slice(0, 20)
          .map(
            (request) =>
              `${request.number}. ${request.personName}：${unitName(ctx.ledger, request.unit)}${moving(ctx, request)}`,
          ),
      },
      { kind: 'note', text: '回“/join 同意 号数”或“/join 不同意 号数”。' },
    ],
  });
}

async function decided(ctx: Context, number: number, granted: boolean): Promise<Reply> {
  const request = await decideToJoin(ctx, number, granted);
  const unit = unitName(ctx.ledger, request.unit);
  return reply.text(
    granted
      ? `已同意第${number}号申请：${request.personName}现在是${unit}联络员${moving(ctx, request)}。`
      : `第${number}号申请（${request.personName}，${unit}）没有同意。`,
  );
}

/** A person reports for one unit; who grants another should know which one loses its liaison. */
function moving(ctx: Context, { from }: JoinRequest): string {
  return from === null
    ? ''
    : `（原是${unitName(ctx.ledger, from)}联络员，同意后不再代表${unitName(ctx.ledger, from)}）`;
}
