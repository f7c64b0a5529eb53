import { unitName } from '../domain/ledger.js';
import { holds } from '../domain/person.js';
import type { RequestKind } from '../domain/request.js';
import type { Context } from '../services/context.js';
import { readWorklist, type Worklist } from '../services/worklist/read-worklist.js';
import { worklistCounts } from '../services/worklist/worklist-counts.js';
import { type Block, type Reply, reply } from './message.js';
import { requestLine } from './request-line.js';

const shown = 15;

/** What waits for a supervisor or a leader: how much in the first line, then each with its number and what to send. */
export async function worklistReply(ctx: Context): Promise<Reply> {
  const worklist = await readWorklist(ctx);
  const counts = worklistCounts(worklist);
  const blocks = [...sections(ctx, worklist), ...elsewhere(ctx, worklist)];
  if (counts === '') {
    return blocks.length > 0
      ? reply.card('没有等你处理的。', { blocks })
      : reply.text('没有等你处理的。看全部任务发“/list”。');
  }
  return reply.card(`等你处理：${counts}`, { blocks: [...blocks, { kind: 'note', text: nextSteps(ctx, worklist) }] });
}

function sections(ctx: Context, { reported, requests, joins }: Worklist): Block[] {
  return [
    ...section(
      '已报办结，待核查（按文件顺序）：',
      reported.map(({ unit, codes }) => `${unitName(ctx.ledger, unit)}：${codes.join('、')}`),
    ),
    ...section(
      '等待决定或处理的：',
      requests.map((request) => requestLine(ctx, request)),
    ),
    ...section(
      '联络员申请：',
      joins.map(({ number, personName, unit }) => `第${number}号 ${personName}：${unitName(ctx.ledger, unit)}`),
    ),
  ];
}

function elsewhere(ctx: Context, worklist: Worklist): Block[] {
  return section(
    '在别人手里的：',
    worklist.elsewhere.map((request) => requestLine(ctx, request)),
  );
}

function section(name: string, items: string[]): Block[] {
  if (items.length === 0) return [];
  const left = items.length - shown;
  return [
    { kind: 'line', text: name },
    { kind: 'items', items: left > 0 ? [...items.slice(0, shown), `另有${left}件，办完前面的再看`] : items },
  ];
}

function nextSteps(ctx: Context, { reported, requests, joins }: Worklist): string {
  const has = (kind: RequestKind) => requests.some((one) => one.kind === kind);
  const advises =
    holds(ctx.actor, 'supervisor') && ctx.settings.extensionsBy === 'leader' && !holds(ctx.actor, 'leader');
  const extensions = advises ? '延期发“编号延期 建议同意”' : '延期回“同意 编号 延期”或“不同意 编号 延期 理由”';
  return [
    reported.length > 0 ? '核查后发“销号 编号”或“退回 编号 理由”。' : '',
    has('extension') ? `${extensions}。` : '',
    has('objection') || has('exemption') ? '职责异议、不涉及回“同意 第几号”或“不同意 第几号 理由”。' : '',
    has('instruction') ? '批示核后按提示或交办发出。' : '',
    joins.length > 0 ? '联络员申请回“/join 同意 号数”。' : '',
  ].join('');
}
