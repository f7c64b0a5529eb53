import { type HttpAnswer, type HttpCall, HttpFailure } from '../http.js';
import type { DingtalkDeps } from './deps.js';
import type { Answer } from './errors.js';

/** One call; what the platform refuses is logged by its code alone, since addresses and messages hold credentials. */
export async function answered(
  { http, log }: Pick<DingtalkDeps, 'http' | 'log'>,
  what: string,
  read: (answer: HttpAnswer) => Answer,
  call: HttpCall,
): Promise<Answer> {
  try {
    const answer = read(await http.call(call));
    if (answer.kind === 'failed') {
      log.warn({ api: what.split('?')[0], code: answer.code, failure: answer.failure }, 'dingtalk refused a call');
    }
    return answer;
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { kind: 'silent', arrived: error.arrived };
  }
}
