import { codeOf, type Ledger, taskOfKey, unitName } from '../../domain/ledger.js';
import { limitCode } from '../../domain/limit.js';
import { dayName, type LocalDate, wallClock } from '../../domain/local-date.js';
import { onOneLine } from '../../domain/note.js';
import { periodNamed } from '../../domain/period.js';
import { requestKindNames } from '../../domain/request.js';
import type { Task } from '../../domain/task.js';
import { shorten } from '../../domain/wording.js';
import { findPerson } from '../../store/people.js';
import type { RequestRow } from '../../store/requests.js';
import type { Context } from '../context.js';

export type { RequestRow };

const wordsShown = 60;

type Subject = Pick<RequestRow, 'year' | 'task' | 'duties'>;

/** What a request is about: 气附-6, 气-5.1, 土-10三季度, 气-3（含气附-3、气附-6）. */
export function subjectOf(ledger: Ledger, request: Subject): string {
  const code = subjectCode(ledger, request);
  const parts = partsIn(ledger, request);
  return parts.length > 0 ? `${code}（含${parts.join('、')}）` : code;
}

/** The same without the annex rows: what somebody types to name it. */
export function subjectCode(ledger: Ledger, { year, task: key, duties }: Subject): string {
  const task = taskOfKey(ledger, year, key);
  const own = duties.filter((duty) => duty.task === key);
  const [first] = own;
  const milestones = new Set(own.map(({ milestone }) => milestone));
  if (!task || !first || milestones.size > 1 || own.length < duties.length) return codeOf(ledger, year, key);
  const every = task.milestones.find(({ number }) => number === first.milestone)?.every ?? null;
  const period = every !== null && own.length === 1 && first.occurrence !== '';
  return `${limitCode(ledger, task, first.milestone)}${period ? periodNamed(every, first.occurrence).label : ''}`;
}

/** 气-3（工业企业污染防治深度治理，含气附-3、气附-6） */
export function subjectWithTitle(ledger: Ledger, request: Subject): string {
  const title = taskOfKey(ledger, request.year, request.task)?.shortTitle ?? '';
  const parts = partsIn(ledger, request);
  return `${subjectCode(ledger, request)}（${title}${parts.length > 0 ? `，含${parts.join('、')}` : ''}）`;
}

function partsIn(ledger: Ledger, { task, duties }: Subject): string[] {
  const others = duties.filter((key) => key.task !== task);
  return [...new Set(others.map((key) => codeOf(ledger, key.year, key.task)))];
}

export function unitOf(ledger: Ledger, { unitId }: Pick<RequestRow, 'unitId'>): string {
  return unitId === null ? '' : unitName(ledger, unitId);
}

/** 9月30日→10月15日 */
export function daysOf({ statedDue, newDue }: RequestRow, today: LocalDate): string {
  return statedDue && newDue ? `${dayName(statedDue, today)}→${dayName(newDue, today)}` : '';
}

/** On one line and cut, for lists and notices. */
export function quoted(words: string): string {
  return shorten(onOneLine(words), wordsShown);
}

/** 督查室意见：建议同意，情况属实 */
export function opinionText({ opinion }: RequestRow): string | null {
  if (!opinion) return null;
  return `督查室意见：建议${opinion.favours ? '' : '不'}同意${opinion.words ? `，${quoted(opinion.words)}` : ''}`;
}

/** What became of a request: 县领导9月26日同意延至10月15日. */
export async function outcomeText(ctx: Context, request: RequestRow): Promise<string> {
  const { state, kind, decidedBy, decidedAt, grantedDue, agreedBy } = request;
  const name = (decidedBy && (await findPerson(ctx.tx, ctx.workspace, decidedBy))?.name) ?? '';
  const day = decidedAt ? dayName(wallClock(decidedAt, ctx.timeZone).date, ctx.today) : '';
  const who = `${agreedBy ?? name}${day}`;
  switch (state) {
    case 'waiting':
      return '还没有定';
    case 'taken-back':
      return `${name}${day}已撤回`;
    case 'refused':
      return `${who}不同意${requestKindNames[kind]}`;
    case 'granted':
      if (kind === 'instruction') return `${name}${day}已发出`;
      return grantedDue ? `${who}同意延至${dayName(grantedDue, ctx.today)}` : `${who}同意${requestKindNames[kind]}`;
  }
}

/** The task that a request is about, wherever it stands now. */
export function taskOf(ctx: Context, { year, task }: Subject): Task {
  const found = taskOfKey(ctx.ledger, year, task);
  if (!found) throw new Error(`task ${year} ${task} of a request is not in the ledger`);
  return found;
}
