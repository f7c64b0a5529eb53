import { dutyStatusNames } from '../domain/duty.js';
import { evidenceText } from '../domain/evidence.js';
import { codeOf, decidingParties, heirOf, taskOfKey, unitNameAt } from '../domain/ledger.js';
import { limitCode } from '../domain/limit.js';
import { dayName, localDate, wallClock } from '../domain/local-date.js';
import { onOneLine } from '../domain/note.js';
import { partyNames } from '../domain/party-names.js';
import { periodNamed } from '../domain/period.js';
import { type RequestKind, requestKindNames } from '../domain/request.js';
import { signatureName } from '../domain/signature-name.js';
import type { Task } from '../domain/task.js';
import { isStandingDone, recorderRole, updateKindName, updateKindNames } from '../domain/update-chain.js';
import { shorten } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import type { HistoryEntry } from '../services/update/list-history.js';
import type { Block } from './message.js';

type Update = HistoryEntry['update'];

/** 9月25日09:20 县住建局（县住建局联络员）气-5.1 报办结：…（未报→已报办结） */
export function updateLine(ctx: Context, { update, personName, evidence }: HistoryEntry): string {
  const { date, time } = wallClock(update.at, ctx.timeZone);
  const [change] = update.changes;
  const status =
    change && change.before.status !== change.after.status
      ? `（${dutyStatusNames[change.before.status]}→${dutyStatusNames[change.after.status]}）`
      : '';
  const who = whoText(ctx, update, personName);
  const beside = evidence.length > 0 ? `，附${evidenceText(evidence)}` : '';
  return `${dayName(date, ctx.today)}${time.slice(0, 5)} ${who}${updateText(ctx, update, 80)}${status}${beside}`;
}

/** 县住建局（县住建局联络员）, 县水利局（督查室代录，电话）, 督查室 */
function whoText(ctx: Context, { unitId, at, role, details }: Update, personName: string): string {
  const recorded = role === recorderRole ? '代录' : '';
  const source = details.source === undefined ? '' : `，${details.source}`;
  if (unitId !== null) return `${unitNameAt(ctx.ledger, unitId, at)}（${personName}${recorded}${source}）`;
  return `${personName}${recorded} `;
}

/** 气-5.1 报办结：…, with the limit where the task has several. */
export function updateText(ctx: Context, update: Update, noteLength: number): string {
  const code = placeName(ctx, update);
  const percent = update.percent === null ? '' : `${update.percent}%`;
  const note = update.note === '' ? '' : `：${shorten(onOneLine(update.note), noteLength)}`;
  return `${code} ${unitsDecided(ctx, update)}${kindName(ctx, update)}${percent}${factsText(update)}${note}`;
}

/** Whom a decision is about, where not all that answer for the task: 县住建局、县水利局 */
function unitsDecided(ctx: Context, { unitId, year, changes }: Update): string {
  const [change] = changes;
  const task = change && taskOfKey(ctx.ledger, year, change.task);
  if (!task || unitId !== null) return '';
  const units = new Set(changes.map(({ unit }) => heirOf(ctx.ledger, unit)));
  const owing = new Set(decidingParties(ctx.ledger, task).flatMap(({ members }) => members));
  return units.size === owing.size ? '' : `${partyNames(ctx.ledger, task, units)}`;
}

/** （已审签）, （资料核查）: what is said beside the words, unless they say it. */
function factsText({ details, note }: Update): string {
  const { signedOff, verified, evidence } = details;
  const facts = [
    signedOff === undefined ? '' : signatureName(signedOff),
    verified === undefined || note.includes(verified) ? '' : verified,
    evidence === undefined ? '' : evidenceText(evidence),
  ].filter(Boolean);
  return facts.length === 0 ? '' : `（${facts.join('，')}）`;
}

/** 气-5.1, or the limit that a request is about. */
function placeName(ctx: Context, { year, task: key, changes, details }: Update): string {
  const change = details.about === undefined ? changes[0] : undefined;
  const task = taskOfKey(ctx.ledger, year, change?.task ?? key);
  if (!task) return codeOf(ctx.ledger, year, change?.task ?? key);
  const milestone = change?.milestone ?? details.milestone ?? 0;
  const every = task.milestones.find(({ number }) => number === milestone)?.every ?? null;
  const named = every !== null && details.occurrence !== undefined;
  return `${limitCode(ctx.ledger, task, milestone)}${named ? periodNamed(every, details.occurrence ?? '').label : ''}`;
}

/** What is about a request says which and whose. */
function kindName(ctx: Context, update: Update): string {
  const { about } = update.details;
  if (about !== undefined && about !== 'instruction') return requestKindName(ctx, update, about);
  return updateKindName({ kind: update.kind, standing: isStandingDone(update) });
}

function requestKindName(ctx: Context, { kind, at, details }: Update, about: RequestKind): string {
  const unit = details.of === undefined ? '' : unitNameAt(ctx.ledger, details.of, at);
  const day = details.newDate === undefined ? '' : dayName(localDate.parse(details.newDate), ctx.today);
  const name = requestKindNames[about];
  switch (kind) {
    case 'extend':
      return `申请延期至${day}`;
    case 'grant': {
      const by = details.agreedBy === undefined ? '' : `（${details.agreedBy}同意）`;
      return about === 'extension' ? `同意${unit}延至${day}${by}` : `同意${unit}${name}`;
    }
    case 'refuse':
      return `不同意${unit}${name}`;
    case 'undo':
      return `撤回${name}`;
    default:
      return updateKindNames[kind];
  }
}

/** How to get what the lines say was handed over. */
export function evidenceNote({ code }: Task, entries: HistoryEntry[]): Block[] {
  if (entries.every(({ evidence }) => evidence.length === 0)) return [];
  return [{ kind: 'note', text: `要看材料发“/file ${code}”。` }];
}
