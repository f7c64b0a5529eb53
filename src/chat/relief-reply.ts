import { unitName } from '../domain/ledger.js';
import { requestKindNames } from '../domain/request.js';
import type { CodeMention } from '../language/codes.js';
import type { Context } from '../services/context.js';
import { askSupervisor, planRelief, type Relief, type ReliefKind } from '../services/request/ask-supervisor.js';
import { quoted, subjectCode } from '../services/request/request-words.js';
import { answerEach } from './answer-each.js';
import { type Reply, reply } from './message.js';

/** What was asked of the supervisor, and that nothing changes before the decision. */
export function reliefReply(ctx: Context, kind: ReliefKind, codes: CodeMention[], reason: string): Promise<Reply> {
  return answerEach(codes, async (code) => {
    const asked = await askSupervisor(ctx, kind, code, reason);
    const [before] = asked.replaced;
    return reply.text(
      `已登记${requestKindNames[kind]}（第${asked.request.number}号）：${reliefText(ctx, asked)}：${quoted(reason)}`,
      nextSteps[kind],
      before ? `原来的第${before.number}号申请由这次代替。` : null,
      '要撤回发“/undo”。',
    );
  });
}

export async function previewRelief(
  ctx: Context,
  kind: ReliefKind,
  codes: CodeMention[],
  reason: string,
): Promise<string> {
  const lines: string[] = [];
  for (const code of codes) {
    const relief = await planRelief(ctx, kind, code, reason);
    lines.push(`${reliefText(ctx, relief)} ${requestKindNames[kind]}：${quoted(reason)}`);
  }
  return [...lines, `记下后${nextSteps[kind]}`].join('\n');
}

const nextSteps: Record<ReliefKind, string> = {
  objection: '转督查室商定，商定前台账不变。',
  exemption: '转督查室确认，确认后不再列入待报，确认前台账不变。',
};

/** 气-17.1 挥发性有机物执法，县商务局 */
function reliefText(ctx: Context, { task, unit, duties }: Relief): string {
  const code = subjectCode(ctx.ledger, { year: task.year, task: task.key, duties });
  return `${code} ${task.shortTitle}，${unitName(ctx.ledger, unit)}`;
}
