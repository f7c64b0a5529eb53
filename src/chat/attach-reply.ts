import { evidenceText } from '../domain/evidence.js';
import { BotError } from '../errors.js';
import type { CodeMention } from '../language/codes.js';
import type { Context } from '../services/context.js';
import { refuseUnlessReports } from '../services/duty/record-report.js';
import { attachEvidence } from '../services/evidence/attach.js';
import type { EvidenceRow, UpdateRow } from '../services/evidence/evidence-of.js';
import { handsOver, heldBySpeaker } from '../services/evidence/hold.js';
import { lastReportOn } from '../services/evidence/reports.js';
import { getTask } from '../services/task/get-task.js';
import { attachedReply, reportName } from './evidence-reply.js';
import type { Reply } from './message.js';

interface Meant {
  held: EvidenceRow[];
  reports: UpdateRow[];
}

/** Attaches what the speaker has sent to their last report on each task. */
export async function attachEach(ctx: Context, codes: CodeMention[]): Promise<Reply> {
  const { held, reports } = await meant(ctx, codes);
  const attached = [];
  for (const [index, report] of reports.entries()) {
    const copy = index < reports.length - 1;
    attached.push(await attachEvidence(ctx, report, held, { copy }));
  }
  return attachedReply(ctx, attached);
}

/** 附到 水-7 刚才的报送：2张图片 */
export async function previewAttach(ctx: Context, codes: CodeMention[]): Promise<string> {
  const { held, reports } = await meant(ctx, codes);
  return `附到 ${reports.map((report) => reportName(ctx, report)).join('、')}：${evidenceText(held)}`;
}

async function meant(ctx: Context, codes: CodeMention[]): Promise<Meant> {
  if (!handsOver(ctx)) {
    throw new BotError('forbidden', '材料由责任单位的联络员随报送发。要当联络员，发“/join 单位名”。');
  }
  const tasks = [...new Set(codes.map((code) => getTask(ctx, code)))];
  const held = await heldBySpeaker(ctx);
  if (held.length === 0) {
    const say = '没有等着附的材料。把图片或文件单独发给我，或和报送写在一条里发。';
    throw new BotError('not-found', say);
  }
  const reports: UpdateRow[] = [];
  for (const task of tasks) {
    const report = await lastReportOn(ctx, task);
    if (!report) {
      refuseUnlessReports(ctx, task);
      const first = `先报一句情况，如：/progress ${task.code} 做到哪一步了`;
      throw new BotError('not-found', `${task.code}还没有你能附材料的报送，没有附。${first}`);
    }
    reports.push(report);
  }
  return { held, reports };
}
