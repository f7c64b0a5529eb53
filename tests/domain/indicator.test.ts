import { describe, expect, it } from 'vitest';

import { statedValues, valueText } from '../../src/domain/indicator.js';
import type { Target } from '../../src/domain/target.js';

const target = (what: string, value: number, unit: string): Target => ({
  phrase: `${value}${unit}`,
  what,
  comparator: 'at-least',
  value,
  unit,
  line: 1,
});
const fuel = target('抽检车用汽柴油', 78, '批次');
const urea = target('抽检尿素', 2, '批次');
const straw = target('秸秆综合利用率', 90, '%');
const dust = target('降尘量', 7, '吨/月·平方公里');

describe('a value beside its target', () => {
  it.each([
    ['油抽了52批次', [fuel, urea], ['抽检车用汽柴油52/78批次']],
    ['汽柴油抽检52个批次，尿素1个批次', [fuel, urea], ['抽检车用汽柴油52/78批次', '抽检尿素1/2批次']],
    ['秸秆利用率现在88了', [straw], ['秸秆综合利用率88%，目标90%']],
    ['降尘量上个月是6.5吨', [dust], ['降尘量6.5/7吨/月·平方公里']],
  ])('%s', (words, targets, values) => {
    expect(statedValues(words, targets).map(valueText)).toEqual(values);
  });
});

it.each(['管网完成60%', '9月30日抽检', '抽检了好几批次', '共5家企业'])('%s is none', (words) => {
  expect(statedValues(words, [fuel, straw, dust])).toEqual([]);
});
