import { z } from 'zod';

import { unit, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { askedToJoin, decidedJoin } from '../src/chat/join-reply.js';
import { type Reply, reply } from '../src/chat/message.js';
import { requestLine } from '../src/chat/people-reply.js';
import { unitName } from '../src/domain/ledger.js';
import { BotError } from '../src/errors.js';
import { fold } from '../src/language/fold.js';
import type { Context } from '../src/services/context.js';
import { askToJoin, decideToJoin, joinRequestToDecide, listJoinRequests } from '../src/services/person/join-unit.js';

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
    if (args.unit !== undefined) return askedToJoin(ctx, args.unit, await askToJoin(ctx, args.unit));
    if (args.decision === undefined) return waiting(ctx);
    const { number, granted } = readDecision(args.decision);
    return decidedJoin(ctx, await decideToJoin(ctx, number, granted));
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

async function waiting(ctx: Context): Promise<Reply> {
  const requests = await listJoinRequests(ctx);
  if (requests.length === 0) return reply.text('没有等待同意的联络员申请。');
  return reply.card(`等待同意的联络员申请${requests.length}件：`, {
    blocks: [
      { kind: 'items', items: requests.slice(0, 20).map((request) => requestLine(ctx, request)) },
      { kind: 'note', text: '回“/join 同意 号数”或“/join 不同意 号数”。' },
    ],
  });
}
