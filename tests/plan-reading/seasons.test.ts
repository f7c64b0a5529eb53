import { expect, it } from 'vitest';

import { seasonsOf } from '../../src/plan-reading/seasons.js';

it('takes the days that are set, else those of the province, else the usual ones', () => {
  expect(seasonsOf({})).toEqual({ heating: { month: 11, day: 15 }, flood: { month: 6, day: 1 } });
  expect(seasonsOf({ province: '贵州省' }).flood).toEqual({ month: 4, day: 1 });
  expect(seasonsOf({ province: '甘肃', seasons: { heating: '10-25' } })).toEqual({
    heating: { month: 10, day: 25 },
    flood: { month: 6, day: 1 },
  });
});
