import { z } from 'zod';

import { dueRange, plan, units, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { groupName } from '../src/chat/group-name.js';
import { reply } from '../src/chat/message.js';
import { postRound, putOffText, roundPreview } from '../src/chat/round-reply.js';
import { unitName } from '../src/domain/ledger.js';
import { BotError } from '../src/errors.js';
import { ask } from '../src/services/question/ask.js';
import { latestOpenRound, openRound, proposeRound, putOffRound } from '../src/services/round/rounds.js';

const withoutTownships = /[不别](?:含|要|包括|带)各?(?:乡镇|街道)/gu;

/** 调度: one asking for reports, after a preview. What was reported since the last one is not asked for again. */
export default defineCommand({
  name: 'round',
  aliases: ['调度', '开调度'],
  args: z.object({
    range: dueRange.optional(),
    units: units.optional(),
    plan: plan.optional(),
    words: words.optional(),
  }),
  allow: ['supervisor', 'coordinator'],
  right: 'round',
  help: {
    summary: '开一轮调度：截止日、单位或计划；不写单位是牵头单位（不含乡镇），先预览再发',
    usage: '[截止日] [单位…] [计划] [含乡镇]',
    examples: ['/round 明天', '/round 下周三 含乡镇', '/round 改到下周五'],
  },

  async run({ args, ctx, confirmed }) {
    const { range, units = [], plan, words = '' } = args;
    const lastDay = range?.kind === 'range' ? range.range.to : null;
    if (/改到|改为|推迟到|延到/u.test(words)) {
      const latest = await latestOpenRound(ctx);
      if (!latest || lastDay === null)
        throw new BotError('not-found', '没有在开的调度可以改。开一轮发“/round 截止日”。');
      return putOffText(ctx, latest.name, await putOffRound(ctx, latest, lastDay));
    }
    const townships = /乡镇|街道|全部|所有|各单位/u.test(words.replace(withoutTownships, ''));
    const proposal = await proposeRound(ctx, { lastDay, plan, units, townships });
    if (!confirmed) {
      const named = units.map((unit) => unitName(ctx.ledger, unit)).join('、');
      const again = ['/round', named, proposal.lastDay, plan ? `${plan}计划` : '', townships ? '含乡镇' : ''];
      const options = [{ words: ['发送', '发', '是', '确认'], say: again.filter(Boolean).join(' ') }];
      return ask(ctx, roundPreview(ctx, proposal), options, [{ label: '发送', send: '发送' }]);
    }
    await postRound(ctx, await openRound(ctx, proposal), proposal);
    return reply.text(`${proposal.name}已开，发到${groupName(ctx)}。看还差谁发“/missing”。`);
  },
});
