import { dayName, type LocalDate } from './local-date.js';
import type { ChainBreakKind } from './update-chain.js';

export interface BrokenHistory {
  year: number;
  /** As people call the task; its key where the ledger has no such task any more. */
  code: string;
  /** Within the task, from 1. */
  number: number;
  /** Of the row; `null` where there is none. */
  sequence: number | null;
  /** `orphan`: the updates of a task that is gone. `unsealed`: not what the seal of a day has held. */
  kind: ChainBreakKind | 'orphan' | 'unsealed';
  /** The day whose seal does not fit, for `unsealed`. */
  day: LocalDate | null;
}

/** What came of holding the history against its hashes and its seals. */
export interface HistoryVerdict {
  tasks: number;
  updates: number;
  seals: number;
  broken: BrokenHistory[];
  /** The day of the first seal that was changed or does not follow its predecessor. */
  brokenSeal: LocalDate | null;
  /** False when the time was over before every task was seen. */
  complete: boolean;
}

const mostNamed = 10;

/** What does not fit, one line each, as many as anybody reads. */
export function faultsOf({ broken, brokenSeal }: HistoryVerdict): string[] {
  const faults = broken.slice(0, mostNamed).map(textOf);
  const more = broken.length - faults.length;
  if (more > 0) faults.push(`另有${more}项任务的历史对不上`);
  if (brokenSeal !== null) faults.push(`${dayName(brokenSeal)}的每日封存被改过，或和前一天的接不上`);
  return faults;
}

/** 12项任务的34条历史、5天的封存都没有改动 */
export function wholeText({ tasks, updates, seals }: HistoryVerdict): string {
  return updates === 0 ? '还没有历史' : `${tasks}项任务的${updates}条历史、${seals}天的封存都没有改动`;
}

function textOf({ year, code, number, sequence, kind, day }: BrokenHistory): string {
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
