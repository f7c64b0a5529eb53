import { dutyKeyText } from '../../domain/duty.js';
import { decidingParties } from '../../domain/ledger.js';
import { dutyKeyOf, isFor, limitCode, limitsOpenTo } from '../../domain/limit.js';
import { holds } from '../../domain/person.js';
import type { UnitId } from '../../domain/unit.js';
import type { Context } from '../context.js';
import { readDutyBook } from '../duty/duty-book.js';
import { type JoinRequest, listJoinRequests } from '../person/join-unit.js';
import { decisionReach } from '../request/decider.js';
import type { RequestRow } from '../request/request-words.js';
import { listWaiting } from '../request/waiting-requests.js';
import { tasksInView } from '../task/tasks-in-view.js';

/** 已报办结，待核查: of one unit, in the document's order. */
export interface Reported {
  unit: UnitId;
  codes: string[];
}

/** What waits for whoever asks: a supervisor, or a leader. */
export interface Worklist {
  /** By unit in the document's order. */
  reported: Reported[];
  /** Those that the speaker decides, advises on or sends. */
  requests: RequestRow[];
  /** Undecided ones whose turn is somebody else's. */
  elsewhere: RequestRow[];
  joins: JoinRequest[];
}

export async function readWorklist(ctx: Context): Promise<Worklist> {
  const waiting = await listWaiting(ctx);
  const { asked } = await decisionReach(ctx);
  const isSupervisor = holds(ctx.actor, 'supervisor');
  const isMine = (request: RequestRow) =>
    asked.some(({ number }) => number === request.number) ||
    (isSupervisor && (request.kind === 'instruction' || (request.kind === 'extension' && request.opinion === null)));
  const requests = waiting.filter(isMine);
  return {
    reported: isSupervisor ? await readReported(ctx) : [],
    requests,
    elsewhere: waiting.filter((request) => !requests.includes(request) && concerns(ctx, request)),
    joins: isSupervisor ? await listJoinRequests(ctx) : [],
  };
}

/** A leader sees what was asked of the supervisors only where it is their own instruction or an extension. */
function concerns(ctx: Context, { kind, personId }: RequestRow): boolean {
  if (holds(ctx.actor, 'supervisor')) return true;
  return kind === 'instruction' ? personId === ctx.actor.person : kind === 'extension';
}

async function readReported(ctx: Context): Promise<Reported[]> {
  const { ledger, today, startOn } = ctx;
  const { tasks } = tasksInView(ctx, {});
  const book = await readDutyBook(ctx, tasks);
  const codes = new Map<UnitId, Map<string, string>>();
  for (const task of tasks) {
    const units = decidingParties(ledger, task).flatMap(({ members }) => members);
    for (const limit of limitsOpenTo(ledger, task, today, startOn)) {
      const code = `${limitCode(ledger, task, limit.milestone?.number ?? 0)}${limit.period?.label ?? ''}`;
      for (const unit of units) {
        const key = dutyKeyOf(limit, unit);
        if (!isFor(limit, unit) || book.statusOf(key) !== 'reported') continue;
        const ofUnit = codes.get(unit) ?? new Map<string, string>();
        codes.set(unit, ofUnit.set(dutyKeyText(key), code));
      }
    }
  }
  return [...ledger.units.keys()].flatMap((unit) => {
    const ofUnit = codes.get(unit);
    return ofUnit ? [{ unit, codes: [...ofUnit.values()] }] : [];
  });
}
