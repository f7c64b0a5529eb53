import { type Block, type Mention, type Reply, reply } from '../../chat/message.js';
import { holidaySpan, isWorkingDay, lastWorkingDayUpTo } from '../../domain/calendar.js';
import { countRows, type DueWork, type PastLimit } from '../../domain/due.js';
import { isDone } from '../../domain/duty.js';
import { countText, type Ledger, unitName, unitNames } from '../../domain/ledger.js';
import { awaitedOf, type Limit, limitName, type Standing } from '../../domain/limit.js';
import { dayName, type LocalDate, partsOf } from '../../domain/local-date.js';
import type { UnitId } from '../../domain/unit.js';
import { dayText, nearDayText } from '../../domain/wording.js';

const itemsShown = 8;
const reportsOnly = '以上只反映收到的报告，不代表实际进度。';

/** A piece of work that was due in the month, with where each of its limits stands. */
export interface MonthEntry {
  work: DueWork;
  standings: Standing[];
}

export interface MonthContent {
  today: LocalDate;
  month: LocalDate;
  due: MonthEntry[];
  /** Agreed to be due after the month. */
  extended: Limit[];
  closed: Limit[];
  next: DueWork[];
}

/** 月末小结: what the month asked and what was received, the whole of it in the second line. Nobody is mentioned. */
export function writeMonth(ledger: Ledger, scope: string, content: MonthContent): Reply {
  const { today, month, due, closed, next, extended } = content;
  const isClosed = ({ standings }: MonthEntry) => standings.every(({ status }) => status === 'closed');
  const isReported = (entry: MonthEntry) => !isClosed(entry) && entry.standings.every(({ status }) => isDone(status));
  const open = due.filter((entry) => entry.standings.some(({ missing }) => missing.length > 0));
  const name = `${partsOf(month).month}月`;
  const count = (entries: MonthEntry[]) => countText(entries.length, countRows(entries.map(({ work }) => work)));
  const counts: [string, MonthEntry[]][] = [
    ['已销号', due.filter(isClosed)],
    ['已报办结待核查', due.filter(isReported)],
    ['还没收到办结报告', open],
  ];
  const told = counts.flatMap(([word, some]) => (some.length > 0 ? [`${word}${some.length}项`] : []));
  const put = extended.length > 0 ? `已同意延期${extended.length}条` : '';
  const lead = [due.length > 0 ? `${name}到期${count(due)}` : `${name}没有到期任务`, ...told, put].filter(Boolean);
  return reply.card(title('月末小结', scope, today), {
    blocks: [
      { kind: 'lead', text: `${lead[0]}${lead.length > 1 ? `：${lead.slice(1).join('，')}` : ''}。` },
      ...section(
        '还没收到办结报告',
        [],
        open.map(({ work, standings }) => `${workName(work)}：${unitNames(ledger, missingOf(standings))}`),
        '/due 本月',
      ),
      ...line('本月销号：', [...new Set(closed.map((limit) => limitName(ledger, limit)))]),
      ...section(
        '下月到期',
        [],
        next.map((work) => `${workName(work)}，${dayName(work.due, today)}`),
        '/due 下月',
      ),
      { kind: 'note', text: reportsOnly },
    ],
  });
}

/** 季度调度清单: the turns of recurring tasks that end with the quarter, and who reports on each. */
export function writeQuarter(
  ledger: Ledger,
  scope: string,
  { today, turns, liaisonsOf }: { today: LocalDate; turns: PastLimit[]; liaisonsOf: (unit: UnitId) => Mention[] },
): Reply | null {
  const [first] = turns;
  if (!first?.limit.due) return null;
  const open = turns.filter(({ standing }) => awaitedOf(standing).length > 0);
  const doable = lastWorkingDayUpTo(first.limit.due);
  const free = isWorkingDay(first.limit.due) ? '' : `（${holidaySpan(first.limit.due)?.name ?? '周末'}前）`;
  const units = new Set(open.flatMap(({ standing }) => awaitedOf(standing)));
  const mentions = [...units].flatMap(liaisonsOf);
  const seen = new Set<string>();
  const each = mentions.filter(({ person }) => !seen.has(person) && seen.add(person));
  const ask = open.length > 0 ? `待报${units.size}家，请${nearDayText(doable, today)}下班前报送${free}` : '都已报齐';
  return reply.card(title('季度调度清单', scope, today), {
    blocks: [
      {
        kind: 'lead',
        text: `${first.limit.period?.label ?? '本季度'}调度${turns.length}项，${dayName(first.limit.due, today)}止，${ask}。`,
      },
      ...section(
        '按文件顺序',
        each,
        turns.map(
          ({ limit, standing }) => `${limit.task.code} ${limit.task.shortTitle}：${whoReports(ledger, standing)}`,
        ),
        '/due 本季度',
      ),
      { kind: 'note', text: reportsOnly },
    ],
  });
}

const title = (name: string, scope: string, today: LocalDate) =>
  `督办${name}${scope === '' ? '' : `（${scope}）`} ${dayText(today, today)}`;

const missingOf = (standings: Standing[]) => [...new Set(standings.flatMap(({ missing }) => missing))];

function workName({ task, rows }: DueWork): string {
  const parts = rows.slice(1).map(({ code }) => code);
  return `${task.code} ${task.shortTitle}${parts.length > 0 ? `（含${parts.join('、')}）` : ''}`;
}

function whoReports(ledger: Ledger, { parties, missing }: Standing): string {
  const is = (members: UnitId[]) => members.some((unit) => missing.includes(unit));
  const names = (some: typeof parties) => some.map(({ party }) => unitName(ledger, party.unit)).join('、');
  const [waiting, given] = [
    parties.filter(({ party }) => is(party.members)),
    parties.filter(({ party }) => !is(party.members)),
  ];
  return [given.length > 0 ? `${names(given)}已报` : '', waiting.length > 0 ? `${names(waiting)}待报` : '']
    .filter(Boolean)
    .join('，');
}

function section(name: string, mentions: Mention[], items: string[], see: string): Block[] {
  if (items.length === 0) return [];
  const left = items.length - itemsShown;
  return [
    { kind: 'section', text: `${name}${items.length}项`, mentions },
    { kind: 'items', items: left > 0 ? [...items.slice(0, itemsShown), `另有${left}项，发“${see}”看全部`] : items },
  ];
}

function line(before: string, words: string[]): Block[] {
  if (words.length === 0) return [];
  const more = words.length > itemsShown ? `等${words.length}条` : '';
  return [{ kind: 'line', text: `${before}${words.slice(0, itemsShown).join('、')}${more}。` }];
}
