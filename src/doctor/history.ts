import { dayName } from '../domain/local-date.js';
import type { Check, Finding } from '../platforms/check/check.js';
import { ok, warn } from '../platforms/check/check.js';
import { type BrokenHistory, verifyHistory } from '../services/audit/verify-history.js';
import type { LedgerLook } from './ledger-look.js';

const mostNamed = 10;

export function historyCheck(look: LedgerLook): Check {
  return look.ofEach('history', '历史链', async (q, { id }, signal) => {
    const { tasks, updates, seals, broken, brokenSeal, complete } = await verifyHistory(q, id, signal);
    const named: Finding[] = broken.slice(0, mostNamed).map((one) => ({ state: 'fail', say: sayOf(one), todo }));
    const more = broken.length - named.length;
    if (more > 0) named.push({ state: 'fail', say: `另有${more}项任务的历史对不上`, todo });
    if (brokenSeal !== null) {
      const say = `${dayName(brokenSeal)}的每日封存被改过，或和前一天的接不上`;
      named.push({ state: 'fail', say, todo });
    }
    if (!complete) named.push(warn(`时间到，只核对了${tasks}项任务`, '请在机器空闲时再查一次'));
    if (named.length > 0) return named;
    return updates === 0 ? ok('还没有历史') : ok(`${tasks}项任务的${updates}条历史、${seals}天的封存都没有改动`);
  });
}

const todo = '请封存现在的数据库，用最近的备份比对';

function sayOf({ year, code, number, sequence, kind, day }: BrokenHistory): string {
  const task = `${year}年 ${code}`;
  const entry = `第${number}条${sequence === null ? '' : `（序号${sequence}）`}`;
  switch (kind) {
    case 'changed':
      return `${task} 的${entry}内容被改过`;
    case 'missing':
      return `${task} 的${entry}不在了`;
    case 'unlinked':
      return `${task} 的${entry}和前一条接不上`;
    case 'cut-off':
      return `${task} 从${entry}起不在了`;
    case 'uncounted':
      return `${task} 从${entry}起，任务上没有记数`;
    case 'head':
      return `${task} 的末条${entry}和任务上记的不一致`;
    case 'unknown-form':
      return `${task} 的${entry}格式不认识，可能是更新的版本写的`;
    case 'unsealed':
      return `${task} 的第${number}条不是${day ? dayName(day) : ''}封存的那一条，之后被整段换过或截掉了`;
    case 'orphan':
      return `台账里没有 ${task} 了，历史还在`;
  }
}
