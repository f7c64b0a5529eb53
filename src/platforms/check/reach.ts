import type { Http, HttpAnswer } from '../http.js';
import { type Check, ok, skipped, warn } from './check.js';
import { clockSkew } from './clock-skew.js';
import { type Host, unreachable } from './unreachable.js';

export interface Api extends Omit<Host, 'host'> {
  /** The check's id: `wecom.reach`; the clock's is `wecom.clock`. */
  platform: string;
  /** 企业微信. */
  name: string;
  /** A page of it that is small whatever it says. */
  url: string;
}

const patienceMs = 8_000;
/** What stands between us and the platform, and not the platform itself, says these. */
const between = new Set([407, 511]);

/** Whether the platform's API answers at all, and what time it is there. */
export function reachChecks(api: Api, http: Http, now: () => Date): [reach: Check, clock: Check] {
  let aheadMs: number | null = null;
  const { host } = new URL(api.url);
  return [
    {
      id: `${api.platform}.reach`,
      title: `${api.name}接口`,
      async run() {
        let answer: HttpAnswer;
        try {
          answer = await http.call({ method: 'GET', url: api.url, timeoutMs: patienceMs });
        } catch (error) {
          return unreachable(error, { ...api, host });
        }
        const told = Date.parse(answer.headers.date ?? '');
        // The header has whole seconds.
        if (!Number.isNaN(told)) aheadMs = now().getTime() - told - 500;
        if (!between.has(answer.status)) return ok(`${host} 连得上`);
        return warn(`${host} 的应答来自代理或网关（HTTP ${answer.status}）`, '请让本机直连平台，或在网关上免认证放行');
      },
    },
    {
      id: `${api.platform}.clock`,
      title: `和${api.name}的时差`,
      needs: `${api.platform}.reach`,
      run: async () => (aheadMs === null ? skipped('应答里没有时间，没有比') : clockSkew(aheadMs, api.name)),
    },
  ];
}
