import { describe, expect, it } from 'vitest';

import { currentPlans } from '../../src/domain/current-plans.js';
import { type LocalDate, localDate } from '../../src/domain/local-date.js';
import type { Plan } from '../../src/domain/plan.js';

const day = (text: string): LocalDate => localDate.parse(text);
const plan = (prefix: string, year: number, closedOn: string | null = null): Plan => ({
  prefix,
  year,
  title: `${prefix}${year}`,
  issuedOn: null,
  goals: [],
  position: 1,
  kind: 'document',
  closedOn: closedOn === null ? null : day(closedOn),
});
const meant = (plans: Plan[], today: string) => currentPlans(plans, null, day(today)).map(({ title }) => title);

describe('the plans that are meant without a year', () => {
  it('are the newest that have begun, else the next to come', () => {
    expect(meant([plan('水', 2023), plan('水', 2024), plan('气', 2024)], '2023-12-26')).toEqual(['水2023', '气2024']);
    expect(meant([plan('水', 2023), plan('水', 2024)], '2024-01-02')).toEqual(['水2024']);
  });

  it.each([
    ['2023-12-26', [plan('水', 2023, '2023-12-25'), plan('水', 2024)], ['水2024']],
    ['2023-12-26', [plan('水', 2024), plan('水', 2023, '2023-12-25')], ['水2024']],
    ['2023-12-26', [plan('水', 2023, '2023-12-25')], ['水2023']],
    ['2025-06-01', [plan('水', 2023, '2023-12-25'), plan('水', 2024, '2024-12-25')], ['水2024']],
    ['2025-06-01', [plan('水', 2024), plan('水', 2025, '2025-05-01')], ['水2025']],
  ])('on %s are no closed one that a later one follows', (today, plans, titles) => {
    expect(meant(plans, today)).toEqual(titles);
  });
});
