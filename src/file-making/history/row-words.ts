import { type DutyState, dutyStatusNames } from '../../domain/duty.js';
import { sizeText } from '../../domain/evidence.js';
import type { HistoryRow } from '../../domain/history-row.js';
import { codeOf, type Ledger, taskOfKey, unitName, unitNameAt } from '../../domain/ledger.js';
import { limitCode } from '../../domain/limit.js';
import { wallClock } from '../../domain/local-date.js';
import { periodNamed } from '../../domain/period.js';
import { requestKindNames } from '../../domain/request.js';
import { roleNames } from '../../domain/responsibility.js';
import { signatureName } from '../../domain/signature-name.js';
import { type DutyChange, isStandingDone, recorderRole, updateKindName } from '../../domain/update-chain.js';

/** What the words of a row are said with. */
export interface Words {
  ledger: Ledger;
  timeZone: string;
}

/** 2023-09-25 09:20:31 */
export function timeText(at: Date, { timeZone }: Words): string {
  const { date, time } = wallClock(at, timeZone);
  return `${date} ${time}`;
}

export const codeText = ({ update }: HistoryRow, { ledger }: Words): string => codeOf(ledger, update.year, update.task);

export const titleText = ({ update }: HistoryRow, { ledger }: Words): string =>
  taskOfKey(ledger, update.year, update.task)?.title ?? '';

export const kindText = ({ update }: HistoryRow): string =>
  updateKindName({ kind: update.kind, standing: isStandingDone(update) });

/** As the unit was called then. */
export const unitText = ({ update }: HistoryRow, { ledger }: Words): string =>
  update.unitId === null ? '' : unitNameAt(ledger, update.unitId, update.at);

const names: Record<string, string> = { ...roleNames, [recorderRole]: '代录' };

export const roleText = ({ update: { role } }: HistoryRow): string => (role === null ? '' : (names[role] ?? role));

/** 气-5.1 县工科局：未报→正在推进60%, a line for each duty that was changed. */
export function changesText({ update }: HistoryRow, words: Words): string {
  return update.changes
    .filter(({ before, after }) => stateText(before) !== stateText(after))
    .map((change) => changeText(change, words))
    .join('\n');
}

function changeText({ year, task: key, milestone, occurrence, unit, before, after }: DutyChange, words: Words): string {
  const place = placeText(words.ledger, year, key, milestone, occurrence);
  return `${place} ${unitName(words.ledger, unit)}：${stateText(before)}→${stateText(after)}`;
}

function placeText(ledger: Ledger, year: number, key: DutyChange['task'], milestone: number, occurrence: string) {
  const task = taskOfKey(ledger, year, key);
  const code = task ? limitCode(ledger, task, milestone) : codeOf(ledger, year, key);
  const every = task?.milestones.find(({ number }) => number === milestone)?.every ?? null;
  return `${code}${every === null || occurrence === '' ? occurrence : periodNamed(every, occurrence).label}`;
}

function stateText({ status, percent, problem }: DutyState): string {
  return `${dutyStatusNames[status]}${percent === null ? '' : `${percent}%`}${problem ? '（有困难）' : ''}`;
}

/** 已审签；电话报来；第3号申请：县水利局延期；延至2023-12-31 */
export function detailsText({ update }: HistoryRow, { ledger }: Words): string {
  const { details, at, year, task } = update;
  const whose = details.of === undefined ? '' : unitNameAt(ledger, details.of, at);
  const about = details.about === undefined ? '' : requestKindNames[details.about];
  const { milestone, occurrence, indicator } = details;
  return [
    details.signedOff === undefined ? '' : signatureName(details.signedOff),
    details.source === undefined ? '' : `${details.source}报来`,
    details.verified ?? '',
    indicator === undefined ? '' : `指标${indicator.value}${indicator.unit}`,
    details.request === undefined ? '' : `第${details.request}号：${whose}${about}`,
    details.replaces === undefined ? '' : `代替第${details.replaces}号`,
    milestone === undefined ? '' : placeText(ledger, year, task, milestone, occurrence ?? ''),
    details.newDate === undefined ? '' : `延至${details.newDate}`,
    details.agreedBy === undefined ? '' : `${details.agreedBy}同意`,
    details.round === undefined ? '' : `第${details.round}轮`,
    details.report === undefined ? '' : `附到序号${details.report}`,
  ]
    .filter(Boolean)
    .join('；');
}

/** 现场.jpg（2.1MB）, a line for each piece. */
export const evidenceText = ({ evidence }: HistoryRow): string =>
  evidence.map(({ name, type, size }) => `${name ?? type}（${sizeText(size)}）`).join('\n');

export const contentHashes = ({ evidence }: HistoryRow): string => evidence.map(({ sha256 }) => sha256).join('\n');
