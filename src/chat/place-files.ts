import { evidenceText } from '../domain/evidence.js';
import { codeOf } from '../domain/ledger.js';
import { holds } from '../domain/person.js';
import type { Task } from '../domain/task.js';
import { saidBy } from '../errors.js';
import type { Context } from '../services/context.js';
import { refuseUnlessReports } from '../services/duty/record-report.js';
import { attachEvidence, whoAttachesTo } from '../services/evidence/attach.js';
import type { EvidenceRow, UpdateRow } from '../services/evidence/evidence-of.js';
import { holdEvidence, type KeptFile, offeredBySpeaker, withhold } from '../services/evidence/hold.js';
import { lastReportOn, mayAttachTo, reportsOfMessage, reportsSince } from '../services/evidence/reports.js';
import { quotedMessage, quotedWords } from '../services/message/quoted-words.js';
import { type Waiting, waitingQuestion } from '../services/question/ask.js';
import { askWhich, attachedReply } from './evidence-reply.js';
import { type Reply, reply } from './message.js';
import { quotedTask } from './quoted-code.js';

/** A file once its content has been looked at: it lies in the folder, or `say` tells why not. */
export type SentFile = { kind: 'kept'; file: KeptFile } | { kind: 'lost'; say: string };

export interface Sending {
  files: SentFile[];
  /** Beside words, which are answered by themselves. */
  worded: boolean;
  /** The answer to the words has said that they come. */
  told: boolean;
  receivedAt: Date;
  /** What the workspace may keep, in bytes. */
  room: number;
}

/** Right after it a file without words belongs to the report. */
const rightAfterMs = 600_000;
const lookedBackMs = 24 * 3_600_000;

/** Puts what was sent where it belongs, and says where; asks where that cannot be known. */
export async function placeFiles(ctx: Context, sending: Sending): Promise<Reply[]> {
  const held = await holdFiles(ctx, sending);
  const placed = held.rows.length > 0 ? await placeHeld(ctx, held.rows, sending) : [];
  return [...placed, ...held.refusals];
}

export interface HeldFiles {
  rows: EvidenceRow[];
  refusals: Reply[];
}

export async function holdFiles(ctx: Context, { files, worded, receivedAt, room }: Sending): Promise<HeldFiles> {
  const lost = [...new Set(files.flatMap((one) => (one.kind === 'lost' ? [one.say] : [])))];
  const kept = files.flatMap((one) => (one.kind === 'kept' ? [one.file] : []));
  const refusals = lost.length > 0 ? [reply.refusal([...lost, ...(await stillReported(ctx, worded))].join('\n'))] : [];
  if (kept.length === 0) return { rows: [], refusals };
  const holding = await holdEvidence(ctx, kept, { receivedAt, room });
  if (holding.kind === 'held') return { rows: holding.rows, refusals };
  return { rows: [], refusals: [...refusals, reply.refusal(holding.say)] };
}

/** Whoever hears that a file was not kept wonders about the report. */
async function stillReported(ctx: Context, worded: boolean): Promise<string[]> {
  const codes = worded ? codesOf(ctx, await reportsOfMessage(ctx, ctx.message.id)) : [];
  return codes.length > 0 ? [`${codes.join('、')}的报送已记，不受影响。`] : [];
}

type Place =
  | { kind: 'report'; report: UpdateRow; own: boolean }
  | { kind: 'which'; reports: UpdateRow[] }
  /** What the person was asked, or is to report, comes first. */
  | { kind: 'waits'; for: Waiting['kind'] | 'report' }
  | { kind: 'unreported'; task: Task }
  | { kind: 'not-theirs'; report: UpdateRow };

async function placeHeld(ctx: Context, held: EvidenceRow[], sending: Sending): Promise<Reply[]> {
  const place = await placeFor(ctx, sending);
  switch (place.kind) {
    case 'report': {
      const attached = await attachEvidence(ctx, place.report, held);
      const isAsTold = sending.told && place.own && attached.pieces.length === held.length;
      return isAsTold ? [] : [attachedReply(ctx, [attached], place)];
    }
    case 'which':
      if (place.reports.length === 0 && !mayBeAsked(ctx)) return refusedTo(ctx, [noPicture]);
      return [await askWhich(ctx, held, place.reports)];
    case 'waits':
      if (sending.worded) return [];
      return [reply.text(`收到${evidenceText(held)}，等你${place.for === 'words' ? '写明' : '确认'}后一起附上。`)];
    case 'unreported': {
      const { code } = place.task;
      const refusal = whyNotReported(ctx, place.task);
      if (refusal !== null) return refusedTo(ctx, [`没有附：${refusal}`]);
      const first = `先报一句情况，材料会一起附上，如：/progress ${code} 做到哪一步了`;
      return [reply.text(`收到${evidenceText(held)}。${code}还没有你能附材料的报送，${first}`)];
    }
    case 'not-theirs':
      return refusedTo(ctx, [`没有附：${whoAttachesTo(ctx, place.report)}`]);
  }
}

/** Why there will be no report of the speaker's with which it could go. */
function whyNotReported(ctx: Context, task: Task): string | null {
  try {
    refuseUnlessReports(ctx, task);
    return null;
  } catch (error) {
    return saidBy(error);
  }
}

/** It does not go with the next report by itself. */
async function refusedTo(ctx: Context, lines: string[]): Promise<Reply[]> {
  await withhold(ctx);
  return [reply.refusal(lines.join('\n'))];
}

const noPicture = '这是图片，其中的文字不能读取，没有导入。要附到代录或销号的，引用那条消息再发，或发“/attach 编号”。';

/** Who imports plans and has recorded nothing meant a plan. */
const mayBeAsked = (ctx: Context) => !holds(ctx.actor, 'supervisor');

async function placeFor(ctx: Context, { worded, receivedAt }: Sending): Promise<Place> {
  const own = await reportsOfMessage(ctx, ctx.message.id);
  if (own.length > 0) return oneOf(ctx, own, true);
  const asked = await waitingQuestion(ctx);
  const quoted = worded ? null : await quotedPlace(ctx, asked);
  if (quoted) return quoted;
  // What was asked before the file came has been answered in the meantime.
  const since = worded ? await reportsSince(ctx, receivedAt) : [];
  if (since.length > 0) return oneOf(ctx, since, false);
  if (asked || worded) return { kind: 'waits', for: asked?.kind ?? 'report' };
  return recentPlace(ctx);
}

function oneOf(ctx: Context, reports: UpdateRow[], own: boolean): Place {
  const last = reports.reduce((a, b) => (a.sequence > b.sequence ? a : b));
  return codesOf(ctx, reports).length === 1 ? { kind: 'report', report: last, own } : { kind: 'which', reports };
}

const codesOf = (ctx: Context, reports: UpdateRow[]): string[] => [
  ...new Set(reports.map(({ year, task }) => codeOf(ctx.ledger, year, task))),
];

/** The message that is answered: a report itself, what the bot said to one, or anything about one task. */
async function quotedPlace(ctx: Context, asked: Waiting | null): Promise<Place | null> {
  if (ctx.message.quoted === null) return null;
  const told = await quotedMessage(ctx);
  const reports = told === null ? [] : await reportsOfMessage(ctx, told);
  const theirs = reports.filter((report) => mayAttachTo(ctx, report));
  if (theirs.length > 0) return oneOf(ctx, theirs, false);
  const [other] = reports;
  if (other) return { kind: 'not-theirs', report: other };
  // It is answered by what the speaker was asked to write, and goes with that.
  if (asked?.kind === 'words') return { kind: 'waits', for: 'words' };
  const words = await quotedWords(ctx);
  const task = words === null ? null : quotedTask(ctx, words);
  if (task === null) return null;
  const report = await lastReportOn(ctx, task);
  return report ? { kind: 'report', report, own: false } : { kind: 'unreported', task };
}

async function recentPlace(ctx: Context): Promise<Place> {
  const recent = await reportsSince(ctx, new Date(ctx.now.getTime() - lookedBackMs));
  const [last] = recent;
  if (!last || ctx.now.getTime() - last.at.getTime() > rightAfterMs) return { kind: 'which', reports: recent };
  return oneOf(
    ctx,
    recent.filter(({ messageId }) => messageId === last.messageId),
    false,
  );
}

/** What the speaker sent before without saying where it belongs goes with what this message has reported. */
export async function placeOffered(ctx: Context): Promise<Reply[]> {
  const offered = await offeredBySpeaker(ctx);
  if (offered.length === 0) return [];
  const reports = await reportsOfMessage(ctx, ctx.message.id);
  if (reports.length === 0) return [];
  const place = oneOf(ctx, reports, true);
  if (place.kind === 'report') {
    try {
      return [attachedReply(ctx, [await attachEvidence(ctx, place.report, offered)], { own: true })];
    } catch (error) {
      return [reply.refusal(saidBy(error))];
    }
  }
  return [reply.text(`先发的${evidenceText(offered)}附到哪一项，请发“/attach 编号”。`)];
}
