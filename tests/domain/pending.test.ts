import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { listPast } from '../../src/domain/due.js';
import { DutyBook, type DutyKey } from '../../src/domain/duty.js';
import { buildLedger, decidingParties, type Ledger } from '../../src/domain/ledger.js';
import { dutyKeyOf, type Limit, limitOfDuty, limitsDue, limitsOpenTo } from '../../src/domain/limit.js';
import { type LocalDate, localDate } from '../../src/domain/local-date.js';
import { askedExtensions, holdsLight } from '../../src/domain/pending.js';
import { personId } from '../../src/domain/person.js';
import type { Task } from '../../src/domain/task.js';
import { ledgerFrom } from '../../src/services/ledger/ledger-cache.js';
import { readLedger } from '../../src/store/ledger.js';
import { workspaceOf } from '../support/requests.js';
import { type TestBot, testBot } from '../support/test-bot.js';

const day = (text: string): LocalDate => localDate.parse(text);
const startOn = day('2023-09-25');

let bot: TestBot;
let ledger: Ledger;

beforeAll(async () => {
  bot = await testBot();
  ledger = ledgerFrom(1, await readLedger(bot.store.read, await workspaceOf(bot)));
});
afterAll(() => bot.stop());

const taskOf = (code: string, from = ledger): Task => {
  const task = from.tasks.find((one) => one.code === code);
  if (!task) throw new Error(`no task ${code}`);
  return task;
};

function keyOf(code: string): DutyKey {
  const task = taskOf(code);
  const [limit] = limitsOpenTo(ledger, task, startOn, startOn);
  const [unit] = decidingParties(ledger, task).flatMap(({ members }) => members);
  if (!limit || unit === undefined) throw new Error(`nobody owes ${code}`);
  return dutyKeyOf(limit, unit);
}

const asking = (code: string, inTime = true) => ({
  number: 1,
  duties: [keyOf(code)],
  newDue: day('2023-10-15'),
  inTime,
});
const bookWith = (...codes: string[]) =>
  new DutyBook(
    [],
    askedExtensions(
      ledger,
      codes.map((code) => asking(code)),
    ),
  );

describe('an extension asked in time and undecided', () => {
  it('holds the light of its duty, and of the whole that ends with it', () => {
    const book = bookWith('气附-6');
    expect(['气附-6', '气-3', '气附-3', '气-7'].map((code) => holdsLight(book, keyOf(code)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('holds no whole that has another day', () => {
    expect(holdsLight(bookWith('气附-4'), keyOf('气-5'))).toBe(false);
  });

  it('holds nothing when it was asked late', () => {
    const book = new DutyBook([], askedExtensions(ledger, [asking('气-7', false)]));
    expect(holdsLight(book, keyOf('气-7'))).toBe(false);
  });

  it('is kept apart from what is overdue', () => {
    const past = (book: DutyBook) => listPast(ledger, [taskOf('气-7')], book, day('2023-10-09'), startOn);
    const counts = (book: DutyBook) => {
      const { overdue, held } = past(book);
      return [overdue.length, held.length];
    };
    expect([counts(bookWith()), counts(bookWith('气-7'))]).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('stays in the book as it was before', () => {
    expect(holdsLight(bookWith('气-7').before([]), keyOf('气-7'))).toBe(true);
  });
});

describe('an extension of an annex row', () => {
  const agreed = { request: 1, decidedBy: personId.parse('领导'), decidedAt: new Date(0), agreedBy: null };
  const extended = (...pairs: [string, string][]) =>
    buildLedger(
      2,
      ledger.plans,
      ledger.tasks,
      [...ledger.units.values()],
      pairs.map(([code, due]) => ({ key: keyOf(code), statedDue: day('2023-09-30'), due: day(due), ...agreed })),
    );
  const dueOf = (from: Ledger, code: string) =>
    limitsDue(from, taskOf(code, from), { from: day('2023-01-01'), to: day('2023-12-31') }, startOn).map(
      ({ due, statedDue }: Limit) => [due, statedDue],
    );

  it('moves the whole to the last day of its rows', () => {
    const moved = extended(['气附-6', '2023-10-15'], ['气附-3', '2023-10-10']);
    expect(['气-3', '气附-3', '气附-6', '气-7'].map((code) => dueOf(moved, code))).toEqual([
      [['2023-10-15', '2023-09-30']],
      [['2023-10-10', '2023-09-30']],
      [['2023-10-15', '2023-09-30']],
      [['2023-09-30', null]],
    ]);
  });

  it('leaves a whole that was given a later day itself', () => {
    const moved = extended(['气-3', '2023-10-31'], ['气附-6', '2023-10-15']);
    expect(dueOf(moved, '气-3')).toEqual([['2023-10-31', '2023-09-30']]);
  });

  it('is no earlier than the document’s own day', () => {
    const moved = extended(['气-7', '2023-09-20']);
    expect(dueOf(moved, '气-7')).toEqual([['2023-09-30', null]]);
  });

  it('is the limit of its duty', () => {
    const moved = extended(['气附-6', '2023-10-15']);
    expect(limitOfDuty(moved, keyOf('气附-6'))).toMatchObject({ due: '2023-10-15', statedDue: '2023-09-30' });
    expect(limitOfDuty(moved, keyOf('气-7'))).toMatchObject({ due: '2023-09-30', statedDue: null });
    expect(limitOfDuty(moved, keyOf('土-10'))).toMatchObject({ due: '2023-09-30', period: { label: '三季度' } });
    expect(limitOfDuty(moved, { ...keyOf('气-7'), milestone: 9 })).toBeNull();
  });
});
