import { z } from 'zod';

import { page, plan, role, status, unit } from '../src/chat/arguments.js';
import { defineCommand } from '../src/chat/command.js';
import { listReply } from '../src/chat/list-reply.js';
import { roleNames } from '../src/domain/responsibility.js';
import { workStatusNames } from '../src/domain/work-status.js';
import { listWorkEntries } from '../src/services/task/list-works.js';
import { tasksInView } from '../src/services/task/tasks-in-view.js';

/** The ledger's pieces of work, of a unit, a plan or a status. */
export default defineCommand({
  name: 'list',
  aliases: ['清单', '台账'],
  args: z.object({
    page: page.optional(),
    status: status.optional(),
    unit: unit.optional(),
    role: role.optional(),
    plan: plan.optional(),
  }),
  allow: 'member',
  help: {
    summary: '任务清单，可按单位（牵头、配合或负责的）、计划、状态查',
    usage: '[单位] [牵头、配合、负责] [计划] [状态] [第n页]',
    examples: ['/list 县住建局', '/list 县住建局 配合', '/list 水 未报', '/list 第2页'],
  },

  async run({ args, ctx }) {
    const view = tasksInView(ctx, args);
    const entries = await listWorkEntries(ctx, view, args.status);
    const filter = `${view.name}${view.role === null ? '' : roleNames[view.role]}${args.status ? workStatusNames[args.status] : ''}`;
    return listReply(ctx, view, entries, `${filter || '全部'}清单`, args.page ?? 1);
  },
});
