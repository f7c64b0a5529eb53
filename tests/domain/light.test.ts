import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { type LightFacts, lightOf } from '../../src/domain/light.js';
import { localDate } from '../../src/domain/local-date.js';
import { rulePack } from '../../src/domain/rule-pack.js';
import { projectRoot } from '../../src/project-root.js';
import { readRulePacks } from '../../src/rule-packs.js';

const packs = await readRulePacks(path.join(projectRoot, 'data'));
const day = (text: string) => localDate.parse(text);
const at = (today: string, startOn = '2023-09-25') => ({ today: day(today), startOn: day(startOn) });

const facts = (given: Partial<Omit<LightFacts, 'state'>> & Partial<LightFacts['state']> = {}): LightFacts => {
  const { status = 'in-progress', percent = null, problem = false, ...others } = given;
  return {
    state: { status, percent, problem },
    due: null,
    from: null,
    extensionWaits: false,
    lastReportOn: null,
    assignedOn: null,
    missedRound: null,
    urgedTimes: 0,
    ...others,
  };
};

function light(pack: string, given: Parameters<typeof facts>[0], today: string): string {
  const found = packs.get(pack);
  if (!found) throw new Error(`no pack ${pack}`);
  return lightOf(found, facts(given), at(today)).light;
}

const due = day('2023-10-31');

describe('tasks of a plan', () => {
  it.each([
    ['grey', {}, '2023-10-09'],
    ['green', { due }, '2023-10-09'],
    ['green', { due }, '2023-10-25'],
    ['yellow', { due }, '2023-10-26'],
    ['yellow', { due, lastReportOn: day('2023-10-12') }, '2023-10-26'],
    ['green', { due, lastReportOn: day('2023-10-13') }, '2023-10-26'],
    ['green', { due, lastReportOn: day('2023-10-24') }, '2023-11-01'],
    ['red', { due, lastReportOn: day('2023-10-24') }, '2023-11-02'],
    ['green', { due, extensionWaits: true }, '2023-11-08'],
    ['green', { due, status: 'reported' }, '2023-11-08'],
    ['blue', { due, status: 'closed' }, '2023-11-08'],
    ['grey', { due, status: 'paused' }, '2023-11-08'],
    ['green', { due: day('2023-07-31') }, '2023-11-08'],
    ['yellow', { problem: true }, '2023-10-09'],
    ['yellow', { missedRound: day('2023-09-28') }, '2023-10-09'],
  ] as const)('are %s: %j on %s', (expected, given, today) => {
    expect(light('document', given, today)).toBe(expected);
  });

  it.each([
    ['green', 50],
    ['green', 40],
    ['yellow', 39],
    ['yellow', 25],
    ['red', 18],
  ])('are %s at %d percent of a stage half gone by', (expected, percent) => {
    const stage = { from: day('2023-10-09'), due: day('2023-12-29'), percent, lastReportOn: day('2023-11-15') };
    expect(light('document', stage, '2023-11-17')).toBe(expected);
  });

  it('are behind by nothing where no number was reported', () => {
    expect(light('document', { from: day('2023-10-09'), due: day('2023-12-29') }, '2023-11-17')).toBe('green');
  });
});

describe('what is assigned', () => {
  it.each([
    ['green', '2023-10-12'],
    ['yellow', '2023-10-13'],
  ])('is %s on %s when nothing came in three days', (expected, today) => {
    expect(light('assigned', { assignedOn: day('2023-10-09'), due }, today)).toBe(expected);
  });
});

describe('three sheets', () => {
  it.each([
    ['sheet-blue', 1],
    ['orange', 2],
    ['red', 3],
    ['red', 7],
  ])('are %s after %d urgings', (expected, urgedTimes) => {
    expect(light('three-sheets', { due, urgedTimes }, '2023-11-08')).toBe(expected);
  });
});

describe('a pack', () => {
  it('has to have a light for everything', () => {
    const pack = { name: '不全', for: 'document', rules: [{ light: 'red', when: 'closed' }] };
    expect(rulePack.safeParse(pack).error?.issues[0]?.message).toContain('always');
    expect(rulePack.safeParse({ ...pack, rules: [{ light: '红', when: 'always' }] }).success).toBe(false);
  });
});
