import { z } from 'zod';

import { page, words } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { proposalPage, proposalReply } from '../src/chat/import-reply.js';
import { reply } from '../src/chat/message.js';
import { dayName, wallClock } from '../src/domain/local-date.js';
import { findProposal, listProposals, previewOf } from '../src/services/import/propose-import.js';

/** Which documents wait for a second person, and what is in them. */
export default defineCommand({
  name: 'import',
  aliases: ['导入', '待确认导入'],
  args: z.object({ page: page.optional(), number: words.optional() }),
  allow: ['administrator', 'supervisor'],
  help: {
    summary: '等待确认的计划文件；把文件发到这里就是导入',
    usage: '[号数] [第n页]',
    examples: ['/import', '/import 1', '/import 1 第2页'],
  },

  async run({ args, ctx }) {
    if (args.number === undefined && args.page === undefined) {
      const waiting = await listProposals(ctx);
      if (waiting.length === 0)
        return reply.text('没有等待确认的导入。把 .docx、.pdf、.xlsx、.txt 等文件发到这里就可以导入。');
      const items = waiting.map(({ number, fileName, proposedAt }) => {
        const { date } = wallClock(proposedAt, ctx.timeZone);
        return `${number}. ${fileName}，${dayName(date, ctx.today)}提交`;
      });
      const note = '看内容发“/import 号数”，入账发“确认导入 号数”，不要发“放弃导入 号数”。';
      return reply.card(`等待确认的导入${waiting.length}份：`, {
        blocks: [
          { kind: 'items', items },
          { kind: 'note', text: note },
        ],
      });
    }
    const found = await findProposal(ctx, readNumber(args.number));
    if (args.page !== undefined) return proposalPage(found.number, found.fileName, found.draft, args.page);
    return proposalReply({ ...found, preview: previewOf(ctx, found.draft) });
  },
});

const readNumber = (typed: string | undefined) => {
  const digits = /\d{1,6}/.exec(typed ?? '')?.[0];
  return digits === undefined ? null : Number(digits);
};
