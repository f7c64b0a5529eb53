import { expect, it } from 'vitest';

import { localDate } from '../../src/domain/local-date.js';
import { readNewDay } from '../../src/language/new-day.js';

const today = localDate.parse('2023-09-26');
const due = localDate.parse('2023-09-30');

it.each([
  ['10.15 设备没到货', '2023-10-15'],
  ['到10.15 设备没到货', '2023-10-15'],
  ['延期到10月15日，设备没到货', '2023-10-15'],
  ['至2023-10-15 设备没到货', '2023-10-15'],
  ['10月底 设备没到货', '2023-10-31'],
  ['到下周五 设备没到货', '2023-10-06'],
  ['年底 设备没到货', '2023-12-31'],
  ['15天 设备没到货', '2023-10-15'],
  ['两周 设备没到货', '2023-10-14'],
  ['延长一个月，设备没到货', '2023-10-30'],
  ['半个月', '2023-10-15'],
  ['设备10月20日才到货，延到10月25日', '2023-10-25'],
])('%s is %s', (typed, day) => {
  const found = readNewDay(typed, today);
  expect(found && 'from' in found ? found.from(due) : found).toBe(day);
});

it.each(['设备没到货', '设备10月20日才到货', '', '3家企业没完成'])('%s names no new day', (typed) => {
  expect(readNewDay(typed, today)).toBeNull();
});

it('says what is wrong with a day that there is not', () => {
  expect(readNewDay('到2月30日', today)).toEqual(expect.objectContaining({ problem: expect.stringContaining('2月') }));
});

it('takes the words of the day and no others', () => {
  const typed = '延期到10.15 设备没到货';
  const found = readNewDay(typed, today);
  expect(found && 'end' in found && typed.slice(found.end).trim()).toBe('设备没到货');
});
