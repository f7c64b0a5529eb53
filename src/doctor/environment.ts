import { DataFolderError } from '../data-folder.js';
import { knowsYear } from '../domain/calendar.js';
import { partsOf, wallClock, zonedIso } from '../domain/local-date.js';
import { takeHolidays } from '../holidays.js';
import { isNodeEnough, leastNode } from '../node-version.js';
import { type Check, fail, ok, warn } from '../platforms/check/check.js';
import { timeZoneOf, type Visit } from './visit.js';

/** What stands before any connection. */
export function environmentChecks(visit: Visit): Check[] {
  const { config, problems, nodeVersion, now } = visit;
  const zone = timeZoneOf(visit);
  return [
    {
      id: 'environment',
      title: '环境变量',
      run: async () =>
        problems.length === 0
          ? ok('没有问题')
          : problems.map((problem) => ({ state: 'fail', say: problem, todo: '改好后重新启动' })),
    },
    {
      id: 'node',
      title: 'Node 版本',
      run: async () =>
        isNodeEnough(nodeVersion)
          ? ok(nodeVersion)
          : fail(`${nodeVersion} 太旧，要 ${leastNode} 以上`, '请用 npm run duban -- doctor，它自带新版'),
    },
    {
      id: 'time-zone',
      title: '时区',
      async run() {
        const [, offset = ''] = /([+-]\d{2}:\d{2})$/u.exec(zonedIso(now(), zone)) ?? [];
        const { date, time } = wallClock(now(), zone);
        const say = `${zone}，现在是 ${date} ${time.slice(0, 5)}`;
        return offset === '+08:00' ? ok(say) : warn(`${say}，不是北京时间`, '要按北京时间请去掉 DUBAN_TIME_ZONE');
      },
    },
    {
      id: 'calendar',
      title: '工作日历',
      async run() {
        try {
          if (config.dataFolder !== null) await takeHolidays(config.dataFolder);
        } catch (error) {
          if (error instanceof DataFolderError) return fail(error.say, '没有改正以前服务起不来');
          throw error;
        }
        const { year, month } = partsOf(wallClock(now(), zone).date);
        const unknown = [year, year + 1].filter((one) => !knowsYear(one));
        if (unknown.length === 0) return ok(`有${year}年和${year + 1}年的放假安排`);
        // The State Council announces the next year's in autumn.
        if (unknown[0] !== year && month < 11) return ok(`有${year}年的放假安排，${year + 1}年的还没有公布`);
        return warn(
          `没有${unknown.join('年、')}年的放假安排，只按周六周日算休息日`,
          '请按 docs/holidays.md 把国务院办公厅公布的安排写进数据文件夹的 holidays.json，或升级到带有这一年安排的版本',
        );
      },
    },
  ];
}
