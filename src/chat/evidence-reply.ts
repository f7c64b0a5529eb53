import { evidenceBounds, evidenceText } from '../domain/evidence.js';
import { codeOf } from '../domain/ledger.js';
import { dayName, wallClock } from '../domain/local-date.js';
import { updateKindNames } from '../domain/update-chain.js';
import type { Context } from '../services/context.js';
import type { Attached } from '../services/evidence/attach.js';
import type { EvidenceRow, UpdateRow } from '../services/evidence/evidence-of.js';
import { ask } from '../services/question/ask.js';
import { type Reply, reply } from './message.js';

const justNowMs = 1_800_000;
const mostOffered = 5;
const reported: ReadonlySet<string> = new Set(['done', 'progress', 'block', 'no-change']);
/** 水7, 2023气附-3.1, as `fold` leaves it. */
const codeForm = '^(?:\\d{4}年?)?\\p{Script=Han}{1,5} ?-? ?\\d{1,3}(?:\\.\\d{1,2})?$';

/** 水-7 刚才的报送, 水-7 9月25日09:20的销号 */
export function reportName(ctx: Context, report: UpdateRow): string {
  const { date, time } = wallClock(report.at, ctx.timeZone);
  const isNow = ctx.now.getTime() - report.at.getTime() < justNowMs;
  const when = isNow ? '刚才' : `${dayName(date, ctx.today)}${time.slice(0, 5)}`;
  const what = reported.has(report.kind) ? '报送' : updateKindNames[report.kind];
  return `${codeOf(ctx.ledger, report.year, report.task)} ${when}的${what}`;
}

/** Where it was put; after the words of the very report only that it was. */
export function attachedReply(ctx: Context, attached: Attached[], { own = false } = {}): Reply {
  const lines = attached.map(({ report, pieces, repeated, over }) => {
    const { filesOfReport, bytesOfReport } = evidenceBounds;
    const put = own ? `附${evidenceText(pieces)}。` : `已附到 ${reportName(ctx, report)}（${evidenceText(pieces)}）。`;
    return [
      pieces.length > 0 ? put : '',
      repeated.length > 0 ? `${evidenceText(repeated)}在 ${reportName(ctx, report)}里已经附过，没有重复记。` : '',
      over.length > 0
        ? `${evidenceText(over)}没有附：一条报送最多附${filesOfReport}个、共${bytesOfReport / 1024 / 1024}MB。`
        : '',
    ].join('');
  });
  const isNew = attached.some(({ pieces }) => pieces.length > 0);
  return reply.text(`${lines.join('\n')}${isNew && !own ? '附错了发“/undo”。' : ''}`);
}

/** One line that asks for the code, with those that come into question first. */
export async function askWhich(ctx: Context, held: EvidenceRow[], reports: UpdateRow[]): Promise<Reply> {
  const codes = [...new Set(reports.map(({ year, task }) => codeOf(ctx.ledger, year, task)))].slice(0, mostOffered);
  const got = `收到${evidenceText(held)}。`;
  if (codes.length === 0) {
    const text = `${got}附到哪一项？请回编号，如“水-7”；这一项还没报的，先报一句情况，材料会一起附上。`;
    return ask(ctx, withKnownCode(ctx, text), [typedCode]);
  }
  const options = codes.map((code) => ({ words: [code], say: `/attach ${code}` }));
  const all = codes.length > 1 ? [{ words: ['都附', '全部'], say: `/attach ${codes.join(' ')}` }] : [];
  const text = `${got}附到哪一项？请回编号：${codes.join('、')}${all.length > 0 ? '，或“都附”' : ''}。`;
  const buttons = [...codes, ...(all.length > 0 ? ['都附'] : [])].map((send) => ({ label: send, send }));
  return ask(ctx, text, [...options, ...all, typedCode], buttons);
}

const typedCode = { words: [], pattern: codeForm, say: '/attach {}' };

/** The example is a code of this ledger. */
function withKnownCode(ctx: Context, text: string): string {
  const [task] = ctx.ledger.tasks;
  return task ? text.replace('“水-7”', `“${task.code}”`) : text;
}
