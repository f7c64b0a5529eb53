import { countText } from '../domain/ledger.js';
import { dayName, wallClock } from '../domain/local-date.js';
import type { Context } from '../services/context.js';
import type { OfferedLedger } from '../services/export/offer-ledger.js';
import { type FileReply, reply } from './message.js';

export function ledgerFileReply(ctx: Context, { name, works, rows, content }: OfferedLedger): FileReply {
  const { date, time } = wallClock(ctx.now, ctx.timeZone);
  const when = `截至${dayName(date)}${time.slice(0, 5)}`;
  const text = `《${name}》：${countText(works, rows)}，${when}。\n办理情况是台账收到的报告，不代表实际进度。`;
  return reply.file(text, name, content);
}
