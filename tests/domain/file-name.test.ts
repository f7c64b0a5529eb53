import { expect, it } from 'vitest';

import { fileName } from '../../src/domain/file-name.js';

it.each([
  ['督办台账 2023-09-25', '督办台账 2023-09-25.xlsx'],
  ['../../etc/passwd', 'etc passwd.xlsx'],
  ['C:\\台账|<2>*?"', 'C 台账 2.xlsx'],
  ['一\n二\t三\u0000\u202e四', '一 二 三 四.xlsx'],
  ['   ', '文件.xlsx'],
  ['...', '文件.xlsx'],
  ['坏\ud800', '坏\ufffd.xlsx'],
])('%j is called %s', (title, name) => {
  expect(fileName(title, 'xlsx')).toBe(name);
});

it('is bounded for every platform, at a whole character', () => {
  const name = fileName('👍局'.repeat(200), 'xlsx');
  expect(name).toMatch(/…\.xlsx$/u);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(256);
  expect(name.isWellFormed()).toBe(true);
});
