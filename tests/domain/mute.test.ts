import { expect, it } from 'vitest';

import { localDate } from '../../src/domain/local-date.js';
import { isMuted } from '../../src/domain/mute.js';
import { taskKey } from '../../src/domain/task.js';

const day = (text: string) => localDate.parse(text);
const key = taskKey.parse('水-7');
const mutes = [{ year: 2023, task: key, untilOn: day('2023-10-15') }];

it.each([
  ['2023-10-14', true],
  ['2023-10-15', true],
  ['2023-10-16', false],
])('on %s a task muted until 15 October is muted: %s', (today, muted) => {
  expect(isMuted(mutes, { year: 2023, key }, day(today))).toBe(muted);
});

it('leaves other tasks, and the same code of another year', () => {
  expect(isMuted(mutes, { year: 2023, key: taskKey.parse('水-8') }, day('2023-10-01'))).toBe(false);
  expect(isMuted(mutes, { year: 2024, key }, day('2023-10-01'))).toBe(false);
});
