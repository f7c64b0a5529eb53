import { countText } from '../domain/ledger.js';
import type { Context } from '../services/context.js';
import { countViewRows, type WorkEntry } from '../services/task/list-works.js';
import type { TaskView } from '../services/task/tasks-in-view.js';
import { type Reply, reply } from './message.js';
import { workLine } from './work-line.js';

const pageSize = 15;

export function listReply(ctx: Context, view: TaskView, entries: WorkEntry[], name: string, page: number): Reply {
  if (entries.length === 0) return reply.text(`${name}：没有符合的任务。`);
  const pages = Math.ceil(entries.length / pageSize);
  const count = countText(entries.length, countViewRows(entries, view));
  if (page > pages) return reply.refusal(`${name}共${count}，只有${pages}页。`);
  const shown = entries.slice((page - 1) * pageSize, page * pageSize);
  const where = pages > 1 ? `，第${page}/${pages}页` : '';
  const next = page < pages ? `看下一页，在命令后加“第${page + 1}页”。` : '';
  return reply.card(`${name}：${count}${where}`, {
    blocks: [
      { kind: 'items', items: shown.map((entry) => workLine(ctx, entry)) },
      { kind: 'note', text: `${next}以上只反映台账收到的报告。` },
    ],
  });
}
