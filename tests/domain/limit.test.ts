import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { listPast } from '../../src/domain/due.js';
import { DutyBook, type DutyStatus, untouched } from '../../src/domain/duty.js';
import { buildLedger, decidingParties, type Ledger } from '../../src/domain/ledger.js';
import { dutyKeyOf, isFor, type Limit, limitsDue, limitsOpenTo, standingOf } from '../../src/domain/limit.js';
import { type LocalDate, localDate } from '../../src/domain/local-date.js';
import { personId } from '../../src/domain/person.js';
import type { Task } from '../../src/domain/task.js';
import type { UnitId } from '../../src/domain/unit.js';
import { ledgerFrom } from '../../src/services/ledger/ledger-cache.js';
import { readLedger } from '../../src/store/ledger.js';
import { listWorkspaces } from '../../src/store/workspaces.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const day = (text: string): LocalDate => localDate.parse(text);
const startOn = day('2023-09-25');
const year = { from: day('2023-01-01'), to: day('2023-12-31') };

let bot: TestBot;
let ledger: Ledger;
let task: Task;
let units: UnitId[];

/** 气-5.1, which two units lead together. */
beforeEach(async () => {
  bot = await testBot();
  const [workspace] = await listWorkspaces(bot.store.read);
  if (!workspace) throw new Error('no workspace');
  ledger = ledgerFrom(1, await readLedger(bot.store.read, workspace.id));
  const found = ledger.tasks.find(({ code }) => code === '气-5');
  if (!found) throw new Error('no task');
  task = found;
  units = decidingParties(ledger, task).flatMap((party) => party.members);
});
afterEach(() => bot.stop());

function extended(unit: UnitId | undefined, due: string): Ledger {
  const [limit] = limitsOpenTo(ledger, task, startOn, startOn);
  if (!limit?.due || unit === undefined) throw new Error('no day to extend');
  const agreed = { request: 1, decidedBy: personId.parse('领导'), decidedAt: new Date(0), agreedBy: null };
  return buildLedger(
    2,
    ledger.plans,
    ledger.tasks,
    [...ledger.units.values()],
    [{ key: dutyKeyOf(limit, unit), statedDue: limit.due, due: day(due), ...agreed }],
  );
}

const daysOf = (limits: Limit[]) => limits.filter(({ milestone }) => milestone?.number === 1).map(({ due }) => due);

describe('an extension', () => {
  it('moves the day of the unit that asked, and of nobody else', () => {
    const [first, second] = units;
    const moved = extended(first, '2023-10-15');
    const limits = limitsDue(moved, task, year, startOn).filter(({ milestone }) => milestone?.number === 1);
    expect(limits.map(({ due, statedDue, units }) => ({ due, statedDue, units }))).toEqual([
      { due: '2023-10-15', statedDue: '2023-07-31', units: [first] },
      { due: '2023-07-31', statedDue: null, units: [second] },
    ]);
    expect(second && limits.filter((limit) => isFor(limit, second)).map(({ due }) => due)).toEqual(['2023-07-31']);
  });

  it('is found in the range of the new day, and the stated day no longer in its own', () => {
    const [first, second] = units;
    const [both] = [extended(first, '2023-10-15')];
    const october = { from: day('2023-10-01'), to: day('2023-10-31') };
    const july = { from: day('2023-07-01'), to: day('2023-07-31') };
    expect(daysOf(limitsDue(both, task, october, startOn))).toEqual(['2023-10-15']);
    expect(limitsDue(both, task, july, startOn).map((limit) => limit.units)).toEqual([[second]]);
    expect(daysOf(limitsDue(ledger, task, october, startOn))).toEqual([]);
  });

  it('takes the unit out of those whose day has passed', () => {
    const past = (some: Ledger) => listPast(some, [task], new DutyBook([]), day('2023-10-09'), startOn);
    const [first, second] = units;
    expect(past(ledger).backfill[0]?.standing.missing).toEqual([first, second]);
    expect(past(extended(first, '2023-10-15')).backfill[0]?.standing.missing).toEqual([second]);
  });
});

describe('where a limit stands', () => {
  const standing = (statuses: DutyStatus[]) => {
    const [limit] = limitsOpenTo(ledger, task, startOn, startOn);
    if (!limit) throw new Error('no limit');
    const set = { changedAt: new Date(0), changedBy: personId.parse('某人'), sequence: 1 };
    const duties = units.flatMap((unit, at) => {
      const status = statuses[at];
      return status ? [{ ...untouched, ...set, ...dutyKeyOf(limit, unit), status }] : [];
    });
    return standingOf(ledger, limit, new DutyBook(duties));
  };

  it('leaves out whoever owes nothing any more', () => {
    const [first, second] = units;
    expect(standing(['withdrawn', 'reported'])).toMatchObject({ status: 'reported', reported: 1, missing: [] });
    expect(standing(['withdrawn']).parties.map(({ party }) => party.unit)).toEqual([second]);
    expect(standing(['withdrawn', 'withdrawn'])).toMatchObject({ status: 'withdrawn', missing: [] });
    expect(standing(['closed']).missing).toEqual([second]);
    expect(standing(['unreported', 'closed']).missing).toEqual([first]);
  });

  it('waits for no report while it is paused', () => {
    expect(standing(['paused', 'paused'])).toMatchObject({ status: 'paused', missing: [] });
    expect(standing(['paused', 'closed'])).toMatchObject({ status: 'paused', missing: [] });
  });

  it('counts nobody who is paused as having reported', () => {
    const [, second] = units;
    expect(standing(['paused'])).toMatchObject({ status: 'unreported', reported: 0, missing: [second] });
    expect(standing(['paused', 'in-progress']).status).toBe('in-progress');
    expect(standing(['paused', 'withdrawn']).status).toBe('paused');
    expect(standing(['paused']).members.map(({ status }) => status)).toEqual(['paused', 'unreported']);
  });
});
