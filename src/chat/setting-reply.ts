import type { CodeMention } from '../language/codes.js';
import { planSetting, type Setting, setAdjustment } from '../services/adjustment/set-adjustment.js';
import type { Context } from '../services/context.js';
import { answerEach } from './answer-each.js';
import { type Reply, reply } from './message.js';
import { readSetting } from './read-setting.js';

/** What was set beside the words of the document, for each of the codes. */
export function settingReply(ctx: Context, codes: CodeMention[], typed = ''): Promise<Reply> {
  const setting = readSetting(ctx, typed);
  return answerEach(codes, async (code) => {
    const answer = await setAdjustment(ctx, code, setting);
    return reply.text(
      `已记：${answer.code} ${answer.task.shortTitle}，督查室${answer.text}。`,
      'none' in setting ? null : `${effectText(setting)}要取消发“/set ${answer.code} ${word(setting)} 无”。`,
    );
  });
}

export function previewSetting(ctx: Context, codes: CodeMention[], typed = ''): string {
  const setting = readSetting(ctx, typed);
  return codes
    .map((code) => planSetting(ctx, code, setting))
    .map(({ code, text }) => `${code} 督查室${text}`)
    .join('\n');
}

function effectText(setting: Setting): string {
  if (setting.kind === 'lead') return '以后由它报办结，文件原文不变。';
  return setting.kind === 'short-title' ? '清单和周报用简称，文件原文不变。' : '文件原文不变。';
}

function word({ kind }: Setting): string {
  switch (kind) {
    case 'limit':
      return '时限';
    case 'assembler':
      return '汇总';
    case 'lead':
      return '牵头';
    case 'support':
      return '配合';
    case 'correction':
      return '更正';
    case 'short-title':
      return '简称';
  }
}
