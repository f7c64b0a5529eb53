import { type DutyStatus, dutyStatusNames, isReported } from '../../domain/duty.js';
import { codeOf, type Ledger, unitName, unitNames, unitsInRole } from '../../domain/ledger.js';
import type { LedgerRow, UnitStanding } from '../../domain/ledger-row.js';
import { type Limit, limitCode } from '../../domain/limit.js';
import { dayName, type LocalDate } from '../../domain/local-date.js';
import type { Role } from '../../domain/responsibility.js';
import { milestoneCode, type Task } from '../../domain/task.js';
import { updateKindName } from '../../domain/update-chain.js';

/** What the words of a row are said with. */
export interface Words {
  ledger: Ledger;
  today: LocalDate;
}

/** 县住建局、县水利局等; lists of the document stay apart. */
function namesInRole(task: Task, role: Role, { ledger }: Words): string {
  const own = task.responsibility.filter((entry) => entry.role === role && !entry.inherited);
  const lists = [...Map.groupBy(own, (entry) => entry.group).values()];
  return lists
    .map(
      (list) =>
        `${unitNames(ledger, new Set(list.map(({ unit }) => unit)))}${list.some(({ open }) => open) ? '等' : ''}`,
    )
    .join('；');
}

export const leadText = ({ task }: LedgerRow, words: Words): string => namesInRole(task, 'lead', words);

/** Said in one cell where a task has more than one of them. */
export function supportText({ task }: LedgerRow, words: Words): string {
  const support = namesInRole(task, 'support', words);
  const implement = namesInRole(task, 'implement', words);
  const inherited = new Set(task.responsibility.filter((entry) => entry.inherited).map(({ unit }) => unit));
  const lines = [
    implement === '' && inherited.size === 0 ? support : labelled('配合单位', support),
    labelled('责任单位', implement),
    labelled('落实单位', unitNames(words.ledger, inherited)),
  ];
  return lines.filter(Boolean).join('\n');
}

const labelled = (label: string, names: string) => (names === '' ? '' : `${label}：${names}`);

/** In the words of the document, those that stand only in its annex included. */
export function limitsText({ task, parts }: LedgerRow): string {
  const several = task.milestones.length > 1;
  const own = task.milestones.map(({ number, phrase, what }) =>
    several ? `${milestoneCode(task.code, number)} ${phrase}${what === '' ? '' : `：${what}`}` : phrase,
  );
  const said = new Set(task.milestones.map(({ phrase }) => phrase));
  const annexed = parts.flatMap(({ code, milestones }) =>
    milestones.filter(({ phrase }) => !said.has(phrase)).map(({ phrase }) => `${phrase}（附表${code}）`),
  );
  return [...own, ...annexed].join('\n');
}

/** One word where all stand alike, else unit by unit: 正在推进 / 县住建局：已报办结（待核查） / 县水利局：未报. */
export function standingText({ state, standings, task }: LedgerRow, { ledger, today }: Words): string {
  const status = dutyStatusNames[state.status];
  const byText = Map.groupBy(standings, ({ limits }) => unitText(limits, task, ledger, today));
  const [only] = byText.keys();
  if (only === undefined) return status;
  if (byText.size === 1) return only === status ? status : `${status}\n${only}`;
  const tally = state.tally ? ` ${state.tally.given}/${state.tally.of}` : '';
  const lines = [...byText].map(
    ([text, units]) =>
      `${unitNames(
        ledger,
        units.map(({ unit }) => unit),
      )}：${text}`,
  );
  return [`${status}${tally}`, ...lines].join('\n');
}

/** What one unit has reported: 未报, or 气-17.1 已报办结（待核查）；气-17.2 未报. */
function unitText(limits: UnitStanding['limits'], task: Task, ledger: Ledger, today: LocalDate): string {
  const byMilestone = Map.groupBy(limits, ({ limit }) => limit.milestone?.number ?? 0);
  const texts = [...byMilestone].map(([number, some]) => ({ number, text: milestoneText(some, today) }));
  const [first] = texts;
  if (first && texts.every(({ text }) => text === first.text)) return first.text;
  return texts.map(({ number, text }) => `${limitCode(ledger, task, number)} ${text}`).join('；');
}

/** Of a recurrence the period that is running, and how many before it lack a report. */
function milestoneText(limits: UnitStanding['limits'], today: LocalDate): string {
  const last = limits.at(-1);
  if (!last) return dutyStatusNames.unreported;
  const text = dutyStatusNames[last.status];
  if (last.limit.period === null) return text;
  const missing = limits.slice(0, -1).filter(({ status }) => !isDoneWith(status)).length;
  const before = missing > 0 ? `，此前${missing}期未收到办结报告` : '';
  return `${periodName(last.limit, today)}${text}${before}`;
}

const isDoneWith = (status: DutyStatus) => isReported(status) || status === 'paused';

function periodName({ period, milestone }: Limit, today: LocalDate): string {
  if (period === null) return '';
  return milestone?.every === 'week' ? `${dayName(period.from, today)}当周` : period.label;
}

/** 9月25日 县住建局报进展60%：管网完成一半, with the code where it was reported on another row. */
export function latestText({ latest, task }: LedgerRow, { ledger, today }: Words): string {
  if (!latest) return '';
  const code = codeOf(ledger, latest.year, latest.task);
  const unit = latest.unit === null ? '' : unitName(ledger, latest.unit);
  const percent = latest.percent === null ? '' : `${latest.percent}%`;
  const note = latest.note === '' ? '' : `：${latest.note}`;
  const other = code === task.code ? '' : `（${code}）`;
  return `${dayName(latest.on, today)} ${unit}${updateKindName(latest)}${percent}${other}${note}`;
}

export function remarkText({ task, whole, parts, state }: LedgerRow): string {
  const isNamed = task.responsibility.some((entry) => !entry.inherited);
  const lines = [
    whole ? `是${whole.code}的分项` : '',
    parts.length > 0 ? `分项：${parts.map(({ code }) => code).join('、')}` : '',
    isNamed && unitsInRole(task, 'lead').length === 0 ? '文件没有写牵头，按职责分工负责' : '',
    state.overdue ? '时限已到、未收到办结报告' : '',
    state.backfill ? '待补报（启用前到期，不计超期）' : '',
    isUndated(task, parts) ? '文件未写时限' : '',
  ];
  return lines.filter(Boolean).join('\n');
}

const isUndated = (task: Task, parts: Task[]) => [task, ...parts].every(({ milestones }) => milestones.length === 0);
