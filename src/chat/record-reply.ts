import { unitName } from '../domain/ledger.js';
import { tellsSomething } from '../domain/note.js';
import { milestoneCode, type Task } from '../domain/task.js';
import type { UnitId } from '../domain/unit.js';
import { BotError } from '../errors.js';
import type { CodeMention } from '../language/codes.js';
import { sourceNames } from '../language/stated-facts.js';
import type { Context } from '../services/context.js';
import { recordForUnit, refuseUnlessRecords } from '../services/duty/record-for-unit.js';
import type { Report } from '../services/duty/take-report.js';
import { requireRight } from '../services/person/require-right.js';
import { ask } from '../services/question/ask.js';
import { owedInRounds } from '../services/round/owed-in-round.js';
import { recordNoChange } from '../services/round/record-no-change.js';
import { codeToType } from '../services/task/code-to-type.js';
import { getCurrentTask } from '../services/task/get-task.js';
import { type Reply, reply } from './message.js';
import type { Recorded } from './read-recorded.js';
import { answerReports, emptyWords, reportText, wordsOf } from './report-reply.js';

export interface ToRecord {
  unit: UnitId;
  codes: CodeMention[];
  recorded: Recorded;
}

const kindWords: Record<Report['kind'], string> = { done: '办结', progress: '进展', block: '困难' };

/** Enters for a unit what came by phone or paper; asks how it came where that is not said. */
export async function recordReply(ctx: Context, { unit, codes, recorded }: ToRecord): Promise<Reply> {
  requireRight(ctx, 'record');
  if (recorded.kind === 'no-change') return noChangeReply(ctx, unit, codes);
  const { report } = recorded;
  refuseUnlessComplete(ctx, unit, codes, report);
  if (report.details.source === undefined) return askSource(ctx, unit, codes, report);
  const unheard = new Set<UnitId>();
  return answerReports(ctx, codes, report, {
    record: async (code) => {
      const { outcome, withoutLiaison } = await recordForUnit(ctx, unit, code, report);
      if (withoutLiaison) unheard.add(unit);
      return outcome;
    },
    typed: (code, words) => `${typedFor(ctx, unit, code, report)} ${words}`,
    done: `已代录（${report.details.source}）`,
    end: (closing) => endOf(ctx, unit, closing, unheard.has(unit)),
  });
}

export async function previewRecord(ctx: Context, { unit, codes, recorded }: ToRecord): Promise<string> {
  requireRight(ctx, 'record');
  const name = unitName(ctx.ledger, unit);
  if (recorded.kind === 'no-change') {
    const tasks = await tasksUnchanged(ctx, unit, codes);
    return `代录：${name}无变化，${tasks.map(({ code }) => code).join('、')}`;
  }
  const { report } = recorded;
  refuseUnlessComplete(ctx, unit, codes, report);
  const source = report.details.source === undefined ? '' : `（${report.details.source}）`;
  return `代录${source}：${name} ${codes.map(typedCode).join('、')} ${reportText(report)}`;
}

const typedCode = ({ code, milestone }: CodeMention) => milestoneCode(code, milestone ?? 0);

function typedFor(ctx: Context, unit: UnitId, code: string, { kind, details }: Report): string {
  return ['/record', unitName(ctx.ledger, unit), code, kindWords[kind], details.source].filter(Boolean).join(' ');
}

function endOf(ctx: Context, unit: UnitId, closing: boolean, unheard: boolean): string {
  const told = toldText(ctx, unit, unheard);
  const next = closing && ctx.settings.review ? '由另一位督查员或分管领导核查销号。' : '';
  return `${told}${next}记错了发“/undo”。`;
}

function toldText(ctx: Context, unit: UnitId, unheard: boolean): string {
  const name = unitName(ctx.ledger, unit);
  return unheard ? `${name}没有联络员，没有人收到单聊。` : `单聊告诉${name}联络员。`;
}

function refuseUnlessComplete(ctx: Context, unit: UnitId, codes: CodeMention[], report: Report): void {
  const [first] = codes;
  const name = unitName(ctx.ledger, unit);
  if (!first) throw new BotError('invalid', `请写任务编号，如：/record ${name} 水-1 电话 进展 做到哪一步了`);
  const tasks = codes.map((code) => getCurrentTask(ctx, code));
  for (const task of tasks) refuseUnlessRecords(ctx, task, unit, report.kind);
  if (report.percent !== null || tellsSomething(report.note)) return;
  throw emptyWords(report.kind, typedFor(ctx, unit, typedCode(first), report));
}

function askSource(ctx: Context, unit: UnitId, codes: CodeMention[], report: Report): Promise<Reply> {
  const text = codes.map((code) => codeToType(ctx, getCurrentTask(ctx, code), code.milestone ?? 0)).join(' ');
  const options = sourceNames.map((source) => ({
    words: [source],
    say: `${typedFor(ctx, unit, text, { ...report, details: { source } })} ${wordsOf(report)}`,
  }));
  return ask(
    ctx,
    `${unitName(ctx.ledger, unit)}${codes.map(typedCode).join('、')}的这条是怎么来的？请回：${sourceNames.join('、')}。还没有记。`,
    options,
    sourceNames.map((source) => ({ label: source, send: source })),
  );
}

async function noChangeReply(ctx: Context, unit: UnitId, codes: CodeMention[]): Promise<Reply> {
  const name = unitName(ctx.ledger, unit);
  const { tasks, round } = await unchanged(ctx, unit, codes);
  const { withoutLiaison } = await recordNoChange(ctx, unit, tasks, round === null ? {} : { round });
  const told = toldText(ctx, unit, withoutLiaison);
  return reply.text(
    `已代录：${name}无变化，${tasks.length}项：${tasks.map(({ code }) => code).join('、')}`,
    `状态不变。${told}记错了发“/undo”。`,
  );
}

async function tasksUnchanged(ctx: Context, unit: UnitId, codes: CodeMention[]): Promise<Task[]> {
  const { tasks } = await unchanged(ctx, unit, codes);
  for (const task of tasks) refuseUnlessRecords(ctx, task, unit, 'no-change');
  return tasks;
}

/** What is named, else all that the unit still owes in the round that is open. */
async function unchanged(
  ctx: Context,
  unit: UnitId,
  codes: CodeMention[],
): Promise<{ tasks: Task[]; round: number | null }> {
  if (codes.length > 0) return { tasks: codes.map((code) => getCurrentTask(ctx, code)), round: null };
  const name = unitName(ctx.ledger, unit);
  const [owed] = await owedInRounds(ctx, unit);
  if (!owed) {
    throw new BotError(
      'conflict',
      `现在没有要${name}报的调度。只说某几项没有变化的，写编号：/record ${name} 水-1 无变化`,
    );
  }
  if (owed.tasks.length === 0)
    throw new BotError('conflict', `${name}在这次调度里没有还要报的，没有记。发“/list ${name}”看明细。`);
  return { tasks: owed.tasks, round: owed.round.number };
}
