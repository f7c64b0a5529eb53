import { awaitsReport } from '../domain/duty.js';
import { evidenceText } from '../domain/evidence.js';
import { unitName, unitNameAt } from '../domain/ledger.js';
import { limitName } from '../domain/limit.js';
import { dayName, wallClock } from '../domain/local-date.js';
import { onOneLine } from '../domain/note.js';
import { partyNames } from '../domain/party-names.js';
import { holds } from '../domain/person.js';
import { signatureName } from '../domain/signature-name.js';
import type { Task } from '../domain/task.js';
import type { UnitId } from '../domain/unit.js';
import { recorderRole } from '../domain/update-chain.js';
import { shorten } from '../domain/wording.js';
import { BotError, saidBy } from '../errors.js';
import type { CodeMention } from '../language/codes.js';
import type { Context } from '../services/context.js';
import {
  type Acceptance,
  type Accepted,
  acceptReports,
  type ReportedDuty,
  reportsToAccept,
  type ToAccept,
} from '../services/duty/accept-report.js';
import { type NamedDuty, unitsOf } from '../services/duty/named-duties.js';
import { evidenceOf } from '../services/evidence/evidence-of.js';
import { ask } from '../services/question/ask.js';
import { codeToType } from '../services/task/code-to-type.js';
import { demandsOf } from './demands.js';
import { type Reply, reply } from './message.js';

const reportsShown = 3;
const noteShown = 60;

/** Closes what each code means and says what was closed, what is left, and what the reports said beside the text. */
export async function acceptEach(
  ctx: Context,
  codes: CodeMention[],
  unit: UnitId | null,
  acceptance: Acceptance,
): Promise<Reply> {
  const { answered, refusals } = await each(codes, (code) => acceptReports(ctx, code, unit, acceptance));
  if (answered.length === 0) return reply.refusal(refusals.join('\n'));
  const when = dayName(wallClock(ctx.now, ctx.timeZone).date, ctx.today);
  const how = acceptance.verified ?? shorten(onOneLine(acceptance.note), 20);
  const ready = answered.flatMap((one) => one.ready);
  const lines = [
    `已销号${rowsOf(ctx, ready).length}条：${closedText(ctx, ready)}（${[when, how].filter(Boolean).join('，')}）。${leftText(ctx, answered)}`,
    ...(await reportLines(ctx, answered)),
    demandLine(answered),
    ...heldLines(ctx, answered),
    ...refusals,
  ];
  const codesClosed = [...new Set(answered.map(({ task }) => task.code))].join(' ');
  const proposal = await proposalFor(ctx, answered, acceptance);
  if (proposal === null) return reply.text(...lines, `要更正发“/reopen ${codesClosed} 原因”。`);
  const text = [...lines.filter(Boolean), ...proposal.lines].join('\n');
  if (proposal.say.length === 0) return reply.text(text);
  return ask(ctx, text, [{ words: ['是', '确认'], say: proposal.say.join('\n') }], [{ label: '是', send: '是' }]);
}

/** 销号 气-7、气附-3：资料核查, with what was reported and what the text asks for. */
export async function previewAcceptance(
  ctx: Context,
  codes: CodeMention[],
  unit: UnitId | null,
  { note }: Acceptance,
): Promise<string> {
  const { answered, refusals } = await each(codes, (code) => reportsToAccept(ctx, code, unit));
  if (answered.length === 0) throw new BotError('conflict', refusals.join('\n'));
  const words = note === '' ? '' : `：${shorten(onOneLine(note), noteShown)}`;
  const ready = answered.flatMap((one) => one.ready);
  return [
    `销号 ${closedText(ctx, ready)}${words}`,
    ...(await reportLines(ctx, answered)),
    demandLine(answered),
    ...heldLines(ctx, answered),
    ...refusals,
  ]
    .filter((line) => line !== null)
    .join('\n');
}

async function each<Answer>(
  codes: CodeMention[],
  answer: (code: CodeMention) => Promise<Answer>,
): Promise<{ answered: Answer[]; refusals: string[] }> {
  const answered: Answer[] = [];
  const refusals: string[] = [];
  for (const code of codes) {
    try {
      answered.push(await answer(code));
    } catch (error) {
      refusals.push(saidBy(error));
    }
  }
  return { answered, refusals };
}

/** Row by row, with the units where several answer for it. */
function rowsOf({ ledger }: Context, duties: NamedDuty[]): { name: string; task: Task; units: UnitId[] }[] {
  const rows = Map.groupBy(duties, ({ limit }) => limitName(ledger, limit));
  return [...rows].map(([name, some]) => ({
    name,
    task: (some[0] as NamedDuty).limit.task,
    units: [...new Set(some.map(({ unit }) => unit))],
  }));
}

function rowText(ctx: Context, { name, task, units }: { name: string; task: Task; units: UnitId[] }): string {
  return unitsOf(ctx, [task]).length > 1 ? `${name} ${partyNames(ctx.ledger, task, units)}` : name;
}

function closedText(ctx: Context, duties: NamedDuty[], nameOf = (name: string) => name): string {
  const texts = rowsOf(ctx, duties).map((row) => rowText(ctx, { ...row, name: nameOf(row.name) }));
  return texts.join(texts.some((text) => text.includes(' ')) ? '；' : '、');
}

/** 气-3还余气附-6，10月15日。 */
function leftText(ctx: Context, answered: Accepted[]): string {
  const works = new Map(answered.map((one) => [one.work.task, one]));
  return [...works.values()]
    .filter(({ left }) => left.length > 0)
    .map(({ work, left }) => {
      const byDay = Map.groupBy(left, ({ limit, state }) => `${limit.due ?? ''} ${stateMark(state.status)}`);
      const texts = [...byDay.values()].map((some) => {
        const [first] = some;
        const due = first?.limit.due ? `，${dayName(first.limit.due, ctx.today)}` : '';
        const nameOf = (name: string) => (name === work.task.code && work.parts.length > 0 ? '整项' : name);
        return `${closedText(ctx, some, nameOf)}${first ? stateMark(first.state.status) : ''}${due}`;
      });
      return `${work.task.code}还余${texts.join('；')}。`;
    })
    .join('');
}

const stateMark = (status: string) => (status === 'reported' ? '（待核查）' : status === 'paused' ? '（暂缓）' : '');

/** 气-7 市生态环境局芮城分局9月28日报：5家供热企业检修全部完成（已审签） */
async function reportLines(ctx: Context, answered: ToAccept[]): Promise<string[]> {
  const reports = new Map<number, { task: Task; duty: ReportedDuty }>();
  for (const { task, ready } of answered) {
    for (const duty of ready) if (!reports.has(duty.report.sequence)) reports.set(duty.report.sequence, { task, duty });
  }
  const evidence = await evidenceOf(
    ctx,
    [...reports.keys()].map((sequence) => ({ sequence })),
  );
  const lines = [...reports.values()].map(({ task, duty }) => {
    const { at, note, details, unitId, role, sequence } = duty.report;
    const pieces = evidence.get(sequence) ?? [];
    const beside = pieces.length > 0 ? `附${evidenceText(pieces)}` : '';
    const day = dayName(wallClock(at, ctx.timeZone).date, ctx.today);
    const who = unitId === null ? '督查室' : unitNameAt(ctx.ledger, unitId, at);
    const how = role === recorderRole ? `${details.source ?? ''}代录` : '';
    const unsaid = unitId === null ? '' : '没写是否审签';
    const signed = details.signedOff === undefined ? unsaid : signatureName(details.signedOff);
    const code = answered.length > 1 ? `${task.code} ` : '';
    return `${code}${who}${day}报：${shorten(onOneLine(note), noteShown)}（${[how, signed, beside].filter(Boolean).join('，')}）`;
  });
  const more = lines.length - reportsShown;
  return more > 0 ? [...lines.slice(0, reportsShown), `另有${more}份报告，发“/history 编号”看。`] : lines;
}

function demandLine(answered: ToAccept[]): string | null {
  const texts = answered.flatMap(({ task, ready }) => {
    const limits = ready.map(({ limit }) => limit);
    const said = ready.map(({ report }) => report.note).join('。');
    const others = demandsOf(task, limits, said);
    return others === '' ? [] : [answered.length > 1 ? `${task.code} ${others}` : others];
  });
  return texts.length === 0 ? null : `原文还要求：${texts.join('；')}。`;
}

function heldLines(ctx: Context, answered: ToAccept[]): string[] {
  const held = answered.flatMap((one) => one.held);
  return [...Map.groupBy(held, ({ why }) => why)].map(([why, some]) => `没有销：${closedText(ctx, some)}${why}。`);
}

interface Proposal {
  lines: string[];
  /** Nothing where somebody else has to go on. */
  say: string[];
}

/** Where the last annex row of a task was closed the task itself is left: it is proposed. */
async function proposalFor(ctx: Context, answered: Accepted[], { note }: Acceptance): Promise<Proposal | null> {
  const proposal: Proposal = { lines: [], say: [] };
  for (const { work, left } of new Map(answered.map((one) => [one.work.task, one])).values()) {
    const { code } = work.task;
    const closedPart = answered.some(({ ready }) => ready.some(({ limit }) => work.parts.includes(limit.task)));
    if (!closedPart || left.length === 0 || left.some(({ limit }) => limit.task !== work.task)) continue;
    const waiting = left.filter(({ state }) => awaitsReport(state.status));
    if (waiting.length > 0) {
      const units = [...new Set(waiting.map((duty) => duty.unit))];
      const parts = work.parts.map((part) => part.code).join('、');
      const mayRecord = holds(ctx.actor, 'supervisor');
      const how = mayRecord
        ? `按分项代录${partyNames(ctx.ledger, work.task, units)}整项办结、由别人核查销号的，请回“是”。`
        : `请督查室代录，或由${partyNames(ctx.ledger, work.task, units)}报。`;
      proposal.lines.push(`${code}的分项都已销号，整项还没有收到办结报告。${how}`);
      if (mayRecord) {
        const words = `${codeToType(ctx, work.task)} 办结 分项销号 ${parts}均已销号`;
        proposal.say.push(...units.map((unit) => `/record ${unitName(ctx.ledger, unit)} ${words}`));
      }
    } else if (await mayAccept(ctx, code, work.task.year)) {
      proposal.lines.push(`${code}的分项都已销号。${code}整项也销号的，请回“是”。`);
      proposal.say.push(`/accept ${codeToType(ctx, work.task)} ${note}`.trim());
    }
  }
  return proposal.lines.length === 0 ? null : proposal;
}

async function mayAccept(ctx: Context, code: string, year: number): Promise<boolean> {
  try {
    await reportsToAccept(ctx, { year, code, milestone: null }, null);
    return true;
  } catch (error) {
    if (error instanceof BotError) return false;
    throw error;
  }
}
