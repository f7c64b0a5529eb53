import { type Check, type Finding, fail, ok, skipped, warn } from '../platforms/check/check.js';
import type { Visit } from './visit.js';

const patienceMs = 5_000;

/** Whether the server runs on this ledger and is ready. */
export function serverCheck({ config: { database }, findServer }: Visit): Check {
  return {
    id: 'server',
    title: '服务',
    async run() {
      if (database === null) return skipped('DUBAN_DATABASE 有误，见“环境变量”');
      const url = await findServer(database);
      if (url === null) return warn('没有在这个台账上运行', '运行 npm start；停着的时候收不到也发不出');
      return readiness(url);
    },
  };
}

async function readiness(url: string): Promise<Finding> {
  try {
    const { status } = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(patienceMs) });
    if (status === 200) return ok(`在运行（${url}），已就绪`);
    return fail(`在运行（${url}），还没有就绪（HTTP ${status}）`, '请看服务的日志，多半是数据库连不上或没有升级');
  } catch {
    return fail(`在运行（${url}），/readyz 没有应答`, '请看服务的日志，必要时重新启动');
  }
}
