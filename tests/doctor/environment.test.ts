import { describe, expect, it } from 'vitest';

import { spaceFinding } from '../../src/doctor/database.js';
import { isNodeEnough } from '../../src/node-version.js';
import { examined, findingsOf } from './rig.js';

describe('the environment', () => {
  it('holds without any variable', async () => {
    const results = await examined({});
    expect(findingsOf(results, 'environment')).toMatchObject([{ state: 'ok' }]);
    expect(findingsOf(results, 'platforms')).toMatchObject([
      { state: 'skipped', say: expect.stringContaining('沙箱') },
    ]);
  });

  it('tells every wrong variable, and checks what does not need it', async () => {
    const env = { PORT: 'http', DUBAN_DATABASE: 'mysql://root:pass-word-1@db/x', DUBAN_LOG_LEVEL: '吵' };
    const results = await examined(env);
    expect(findingsOf(results, 'environment').map(({ state, say }) => `${state} ${say}`)).toEqual([
      'fail 环境变量 PORT：应是 0 到 65535 的端口号',
      'fail 环境变量 DUBAN_DATABASE：应是文件路径或 postgres:// 地址',
      'fail 环境变量 DUBAN_LOG_LEVEL：应是 trace、debug、info、warn、error、fatal、silent 之一',
    ]);
    expect(findingsOf(results, 'database')).toMatchObject([{ state: 'skipped' }]);
    expect(findingsOf(results, 'time-zone')).toMatchObject([{ state: 'ok' }]);
    expect(JSON.stringify(results)).not.toContain('pass-word-1');
  });

  it('warns of a time zone that is not 北京时间', async () => {
    const results = await examined({ DUBAN_TIME_ZONE: 'Europe/Paris' });
    expect(findingsOf(results, 'time-zone')).toMatchObject([
      { state: 'warn', say: expect.stringContaining('不是北京时间') },
    ]);
  });

  it.each([
    ['2023-05-04T09:00:00+08:00', 'ok', '有2023年和2024年的放假安排'],
    ['2098-05-04T09:00:00+08:00', 'warn', '没有2098年、2099年的放假安排，只按周六周日算休息日'],
  ])('knows the holidays of %s', async (moment, state, say) => {
    const results = await examined({}, { now: () => new Date(moment) });
    expect(findingsOf(results, 'calendar')).toMatchObject([{ state, say }]);
  });

  it.each([
    ['v20.19.0', false],
    ['v22.14.0', false],
    ['v22.15.0', true],
    ['v24.21.0', true],
  ])('takes Node %s: %s', async (nodeVersion, enough) => {
    expect(isNodeEnough(nodeVersion)).toBe(enough);
    const results = await examined({}, { nodeVersion });
    expect(findingsOf(results, 'node')).toMatchObject([{ state: enough ? 'ok' : 'fail' }]);
  });

  it('warns of a disk with less than 500 MB', () => {
    expect(spaceFinding(499 * 1024 * 1024)).toMatchObject({ state: 'warn', say: '剩499MB，少于500MB' });
    expect(spaceFinding(500 * 1024 * 1024)).toMatchObject({ state: 'ok', say: '剩500MB' });
  });
});
