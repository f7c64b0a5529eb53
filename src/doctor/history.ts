import { faultsOf, wholeText } from '../domain/history-verdict.js';
import type { Check, Finding } from '../platforms/check/check.js';
import { ok, warn } from '../platforms/check/check.js';
import { verifyHistory } from '../services/audit/verify-history.js';
import type { LedgerLook } from './ledger-look.js';

export function historyCheck(look: LedgerLook): Check {
  return look.ofEach('history', '历史链', async (q, { id }, signal) => {
    const verdict = await verifyHistory(q, id, signal);
    const found: Finding[] = faultsOf(verdict).map((say) => ({ state: 'fail', say, todo }));
    if (!verdict.complete) found.push(warn(`时间到，只核对了${verdict.tasks}项任务`, '请在机器空闲时再查一次'));
    return found.length > 0 ? found : ok(wholeText(verdict));
  });
}

const todo = '请封存现在的数据库，用最近的备份比对';
