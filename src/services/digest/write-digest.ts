import { type Block, type Mention, plainText, type Reply, reply } from '../../chat/message.js';
import { holidaySpan, isWorkingDay, lastWorkingDayUpTo } from '../../domain/calendar.js';
import type { DigestContent, DueEntry } from '../../domain/digest.js';
import { countRows, type PastLimit } from '../../domain/due.js';
import { dutyStatusNames, isDone } from '../../domain/duty.js';
import { agreementText } from '../../domain/extension-words.js';
import { countText, type Ledger, type Party, unitName, unitNames } from '../../domain/ledger.js';
import { awaitedOf, type Limit, limitCode, type Standing } from '../../domain/limit.js';
import {
  addDays,
  type DateRange,
  dayName,
  type LocalDate,
  lastDayOfMonth,
  partsOf,
  startOfWeek,
  weekdayName,
} from '../../domain/local-date.js';
import { clauseOf } from '../../domain/milestone.js';
import type { UnitId } from '../../domain/unit.js';
import { dayText, nearDayText, shorten, windowName } from '../../domain/wording.js';

export interface DigestOccasion {
  /** 周报, 日报, 月报. */
  name: string;
  /** 县住建局; empty for all. */
  scope: string;
  ledger: Ledger;
  timeZone: string;
  /** Moved here from another day by a holiday (顺延). */
  movedFrom: LocalDate | null;
  /** Sent after its time because of a fault (补发). */
  late: boolean;
  /** The next regular slot is said by this one: its day, not sent again. */
  merges: LocalDate | null;
  lately: DateRange;
  /** On which the last report came, and what was closed, in those days. */
  reported: Limit[];
  closed: Limit[];
  /** What other messages of the group would have said, each in one line: this one takes them along. */
  beside: string[];
  liaisonsOf(unit: UnitId): Mention[];
}

const numerals = ['一', '二', '三', '四', '五', '六'];
/** Of each section, the most that leaves the whole within bounds. */
const itemsShown = [8, 5, 3, 2, 1] as const;
const mostLines = 30;
/** 企业微信 takes 4,096; markup and ids of those mentioned come on top of the plain words. */
const mostBytes = 3400;
const longestItem = 120;
const weekQuestion = '本周到期';
const pastQuestion = '/due 时限已到';

/** The Monday digest: its second line is the whole message, and everybody is mentioned at most once. */
export function writeDigest(content: DigestContent, occasion: DigestOccasion): Reply {
  const write = (items: number) => {
    const writer = new DigestWriter(content, occasion, items);
    return reply.card(writer.title(), { blocks: writer.blocks() });
  };
  const [most, ...fewer] = itemsShown;
  let said = write(most);
  for (const items of fewer) {
    if (isWithinBounds(plainText(said))) break;
    said = write(items);
  }
  return said;
}

const isWithinBounds = (text: string) => text.split('\n').length <= mostLines && Buffer.byteLength(text) <= mostBytes;

class DigestWriter {
  readonly #content: DigestContent;
  readonly #occasion: DigestOccasion;
  readonly #ledger: Ledger;
  readonly #mentioned = new Set<string>();
  readonly #itemsShown: number;
  #sections = 0;

  constructor(content: DigestContent, occasion: DigestOccasion, items: number) {
    this.#itemsShown = items;
    this.#content = content;
    this.#occasion = occasion;
    this.#ledger = occasion.ledger;
  }

  title(): string {
    const { today } = this.#content;
    const marks = [this.#occasion.movedFrom ? '顺延' : '', this.#occasion.late ? '补发' : ''].filter(Boolean);
    const { name, scope } = this.#occasion;
    return `督办${name}${scope === '' ? '' : `（${scope}）`} ${dayText(today, today)}${marks.map((mark) => `【${mark}】`).join('')}`;
  }

  blocks(): Block[] {
    return [
      { kind: 'lead', text: this.#headline() },
      ...this.#arrived(),
      ...this.#held(),
      ...this.#due(),
      ...this.#occurrences(),
      ...this.#windows(),
      ...this.#backfill(),
      ...this.#lately(),
      ...this.#next(),
      ...this.#occasion.beside.map((text): Block => ({ kind: 'line', text })),
      { kind: 'note', text: this.#note() },
    ];
  }

  #headline(): string {
    const { due, arrived } = this.#content;
    const open = due.filter((entry) => entry.awaited.length > 0);
    const parts = [arrived.length > 0 ? this.#arrivedHeadline() : '', due.length > 0 ? this.#dueHeadline(open) : ''];
    return parts.filter(Boolean).join('') || `${this.#weekName()}没有到期任务。`;
  }

  #weekName(): string {
    const { today, covers } = this.#content;
    if (!this.#occasion.merges && startOfWeek(covers.from) === covers.from && addDays(covers.from, 6) === covers.to) {
      return '本周';
    }
    if (isWholeMonth(covers)) return '本月';
    return `${dayName(today, today)}至${dayName(covers.to, today)}`;
  }

  #arrivedHeadline(): string {
    const { arrived, today } = this.#content;
    const [first] = arrived;
    if (!first) return '';
    const oneDay = arrived.every((entry) => entry.work.due === first.work.due);
    const when = oneDay ? dayName(first.work.due, today) : `${dayName(first.work.due, today)}以来`;
    const ask = isWorkingDay(today) ? '请今天下班前报一句情况，材料可后补。' : '';
    return `${when}到时限的${countWorks(arrived)}还没收到办结报告${this.#commonUnits(arrived)}。${ask}`;
  }

  #dueHeadline(open: DueEntry[]): string {
    const { due, today } = this.#content;
    const count = `${this.#weekName()}到期${countWorks(due)}`;
    const [first] = open;
    const done = due.filter(
      (entry) => entry.missing.length === 0 && entry.standings.some(({ status }) => isDone(status)),
    );
    const held = due.filter((entry) => entry.missing.length > 0 && !open.includes(entry)).length;
    const asked = held > 0 ? `，已申请延期、待批${held}项` : '';
    const reported = `${done.length > 0 ? `，已报办结${done.length}项` : ''}${asked}`;
    if (!first)
      return done.length === due.length ? `${count}，都已报办结。` : `${count}${reported || '，没有待报的'}。`;
    const doable = lastWorkingDayUpTo(first.work.due);
    const oneDay = open.every((entry) => entry.work.due === first.work.due);
    const when = `${oneDay ? '' : '最早的'}请${nearDayText(doable, today)}下班前报送`;
    const why = doable === first.work.due ? '' : `（${partsOf(first.work.due).day}日${freeDayName(first.work.due)}）`;
    return `${count}${this.#commonUnits(open)}${reported}，${when}${why}。`;
  }

  /** ，牵头都是X — when every entry waits for the same units. */
  #commonUnits(entries: DueEntry[]): string {
    const [first, ...others] = entries.map((entry) => unitNames(this.#ledger, unitsOf(entry)));
    if (first === undefined || others.some((names) => names !== first)) return '';
    return `，牵头${entries.length > 1 ? '都' : ''}是${first}`;
  }

  /** `see` is what somebody asks to be told the items that are left out. */
  #section(name: string, units: UnitId[], items: string[], see: string, after: string | null = null): Block[] {
    if (items.length === 0) return [];
    const numeral = numerals[this.#sections++] ?? '';
    const shown = items.slice(0, this.#itemsShown).map((item) => shorten(item, longestItem));
    const left = items.length - shown.length;
    return [
      { kind: 'section', text: `${numeral}、${name}`, mentions: this.#mention(units) },
      { kind: 'items', items: left > 0 ? [...shown, `另有${left}项，发“${see}”看全部`] : shown },
      ...(after ? [{ kind: 'line' as const, text: after }] : []),
    ];
  }

  #mention(units: UnitId[]): Mention[] {
    const mentions = units.flatMap((unit) => this.#occasion.liaisonsOf(unit));
    return mentions.filter(({ person }) => !this.#mentioned.has(person) && this.#mentioned.add(person));
  }

  #arrived(): Block[] {
    const { arrived } = this.#content;
    return this.#section(
      '时限已到，待报',
      arrived.flatMap((entry) => entry.awaited),
      arrived.map((entry) => this.#entryText(entry, arrived)),
      pastQuestion,
      arrived.length > 0 ? '没完成的，写明进展、原因、预计时间。' : null,
    );
  }

  /** Nobody is asked for a report while the request is undecided. */
  #held(): Block[] {
    const { held } = this.#content;
    return this.#section(
      '已申请延期，待批',
      [],
      held.map((entry) => `${this.#entryName(entry)}：${unitNames(this.#ledger, unitsOf(entry))}`),
      pastQuestion,
    );
  }

  #entryName({ work }: DueEntry): string {
    const parts = work.rows.slice(1).map((row) => row.code);
    return `${work.task.code} ${work.task.shortTitle}${parts.length > 0 ? `（含${parts.join('、')}）` : ''}`;
  }

  /** ，原时限9月30日，县领导9月26日同意 */
  #agreement(limit: Limit | undefined): string {
    const { timeZone } = this.#occasion;
    const text = limit && agreementText(this.#ledger, limit, { today: this.#content.today, timeZone });
    return text ? `，${text}` : '';
  }

  #due(): Block[] {
    const { due, today } = this.#content;
    const waiting = due.filter((entry) => entry.awaited.length > 0);
    const [first] = waiting;
    const phrases = new Set(due.flatMap((entry) => entry.work.limits.map(phraseOf)));
    const days = new Set(due.map((entry) => entry.work.due));
    const [day] = days;
    const when =
      days.size === 1 && day ? `（${(phrases.size === 1 && [...phrases][0]) || `${dayName(day, today)}止`}）` : '';
    return this.#section(
      `${this.#weekName()}到期${when}`,
      waiting.flatMap((entry) => entry.awaited),
      due.map((entry) => this.#entryText(entry, due)),
      weekQuestion,
      first ? `预计完不成的，${nearDayText(lastWorkingDayUpTo(first.work.due), today)}前提出延期。` : null,
    );
  }

  #entryText(entry: DueEntry, among: DueEntry[]): string {
    const { work } = entry;
    const several = new Set(among.map((other) => other.work.due)).size > 1;
    const text = [
      this.#entryName(entry),
      several ? `，${dayName(work.due, this.#content.today)}` : '',
      this.#agreement(work.limits[0]),
      this.#commonUnits(among) === '' ? `：${unitNames(this.#ledger, unitsOf(entry))}` : '',
      this.#progressText(entry),
    ];
    return text.join('');
  }

  #progressText(entry: DueEntry): string {
    if (entry.standings.every((standing) => standing.status === 'closed')) return '，已销号';
    if (entry.missing.length > 0 && entry.awaited.length === 0) return '，已申请延期，待批';
    const told = [
      ...this.#named(entry, '已报办结', ({ status }) => isDone(status)),
      ...this.#named(entry, '已报困难', ({ members }) => members.some(({ problem }) => problem)),
      ...this.#named(entry, dutyStatusNames.paused, ({ status }) => status === 'paused'),
      ...this.#named(entry, dutyStatusNames.withdrawn, ({ status }) => status === 'withdrawn'),
    ];
    if (told.length > 0) return `，${told.join('，')}`;
    const begun = entry.standings.some((standing) => standing.status === 'in-progress');
    const parties = entry.standings[0];
    if (parties && parties.reported > 0) {
      return `，已报${parties.reported}/${parties.parties.length}，尚缺${unitNames(this.#ledger, parties.missing)}`;
    }
    return begun ? '，已报进展' : '';
  }

  /** 气附-3已报办结, without the codes where it holds for all. */
  #named({ work, standings }: DueEntry, name: string, is: (standing: Standing) => boolean): string[] {
    const some = work.limits.filter((_, index) => standings[index] && is(standings[index]));
    if (some.length === 0) return [];
    const codes = some.length === work.limits.length ? '' : some.map((limit) => this.#limitCode(limit)).join('、');
    return [`${codes}${name}`];
  }

  #occurrences(): Block[] {
    const { occurrences, today } = this.#content;
    const open = occurrences.filter(({ standing }) => standing.missing.length > 0);
    const [first] = occurrences;
    if (!first?.limit.due) return [];
    const labels = new Set(occurrences.map(({ limit }) => limit.period?.label ?? ''));
    const passed = first.limit.due < today;
    const name =
      labels.size === 1
        ? `${[...labels][0]}任务（${dayName(first.limit.due, today)}${passed ? '已止，待报' : '止'}）`
        : '周期性任务';
    return this.#section(
      name,
      open.flatMap(({ standing }) => awaitedOf(standing)),
      this.#occurrenceTexts(occurrences, labels.size > 1),
      occurrences.some(({ limit }) => limit.due !== null && limit.due < today) ? pastQuestion : weekQuestion,
    );
  }

  /** One line for the turns of a task for which the same units report: 土-10 …（三季度、四季度）：… */
  #occurrenceTexts(occurrences: PastLimit[], named: boolean): string[] {
    const turns = new Map<string, { name: string; labels: string[]; who: string }>();
    for (const entry of occurrences) {
      const name = `${this.#limitName(entry.limit)}${this.#agreement(entry.limit)}`;
      const who = this.#whoReports(entry);
      const turn = turns.get(`${name} ${who}`) ?? { name, labels: [], who };
      turn.labels.push(entry.limit.period?.label ?? '');
      turns.set(`${name} ${who}`, turn);
    }
    return [...turns.values()].map(({ name, labels, who }) => {
      return `${name}${named ? `（${labels.join('、')}）` : ''}：${who}`;
    });
  }

  #windows(): Block[] {
    const { windows, today } = this.#content;
    const open = windows.filter(({ standing }) => standing.missing.length > 0);
    const [first] = open;
    if (!first?.limit.due) return [];
    const phrases = [...new Set(open.map(({ limit }) => windowName(limit.milestone)))];
    const quoted = phrases.length === 1 ? `“${phrases[0]}”措施` : '阶段性措施';
    if (first.limit.due >= today) {
      const when = holidaySpan(first.limit.due) ? '节后' : '结束后';
      return this.#section(
        `${quoted}结束，${when}报一次情况`,
        [],
        [open.map(({ limit }) => `${this.#limitName(limit)}${this.#agreement(limit)}`).join('；')],
        weekQuestion,
      );
    }
    return this.#section(
      `${quoted}，报一次总体情况`,
      open.flatMap(({ standing }) => awaitedOf(standing)),
      open.map((entry) => `${this.#limitName(entry.limit)}${this.#agreement(entry.limit)}：${this.#whoReports(entry)}`),
      pastQuestion,
    );
  }

  #backfill(): Block[] {
    const { backfill } = this.#content;
    return this.#section(
      '待补报（启用前已到时限，不计超期）',
      [],
      backfill.map((entry) => `${this.#limitName(entry.limit)}：${this.#whoReports(entry)}`),
      pastQuestion,
    );
  }

  #limitName(limit: Limit): string {
    const several = limit.task.milestones.length > 1 && limit.milestone !== null;
    const name = several ? shorten(limit.milestone ? clauseOf(limit.milestone) : '', 18) : limit.task.shortTitle;
    return `${limit.task.code} ${name}`;
  }

  #whoReports({ standing }: PastLimit): string {
    const parties = standing.parties.map(({ party }) => party);
    const [missing, awaited] = [standing.missing, awaitedOf(standing)].map((units) =>
      parties.filter((party) => party.members.some((unit) => units.includes(unit))),
    );
    if (!missing || missing.length === 0) return settledWord([standing], '已报');
    if (awaited?.length === parties.length) return this.#partyNames(parties);
    const reported = parties.filter((party) => !missing.includes(party));
    const asked = missing.filter((party) => !awaited?.includes(party));
    const texts = [
      [reported, '已报'],
      [asked, '已申请延期，待批'],
      [awaited ?? [], '待报'],
    ] as const;
    return texts.flatMap(([some, word]) => (some.length > 0 ? [`${this.#partyNames(some)}${word}`] : [])).join('，');
  }

  #partyNames(parties: readonly Party[]): string {
    return parties.map((party) => unitName(this.#ledger, party.unit)).join('、');
  }

  #lately(): Block[] {
    const { reported, closed, lately } = this.#occasion;
    const { today } = this.#content;
    const week = startOfWeek(lately.from) === lately.from && addDays(lately.from, 6) === lately.to;
    const span =
      lately.from === lately.to
        ? dayName(lately.from, today)
        : `${dayName(lately.from, today)}至${dayName(lately.to, today)}`;
    const when = week ? '上周' : isWholeMonth(lately) ? '上月' : span;
    const names = (limits: Limit[]) => [...new Set(limits.map((limit) => this.#limitCode(limit)))].join('、');
    const texts = [
      closed.length > 0 ? `${when}销号：${names(closed)}。` : '',
      reported.length > 0 ? `${when}报办结：${names(reported)}。` : '',
    ].filter(Boolean);
    return texts.length > 0 ? [{ kind: 'line', text: texts.join('') }] : [];
  }

  /** 气-17.1, 土-10三季度. */
  #limitCode({ task, milestone, period }: Limit): string {
    return `${limitCode(this.#ledger, task, milestone?.number ?? 0)}${period?.label ?? ''}`;
  }

  #next(): Block[] {
    const { next, today } = this.#content;
    const [first] = next;
    if (!first) return [];
    const works = next.slice(0, 3).map((entry) => {
      const parts = entry.work.rows.slice(1).map((row) => row.code);
      const units = unitNames(this.#ledger, unitsOf(entry));
      const agreed = this.#agreement(entry.work.limits[0]);
      return `${entry.work.task.code}${parts.length > 0 ? `（含${parts.join('、')}）` : ''}，${units}${agreed}`;
    });
    const more = next.length > works.length ? `；等${next.length}项` : '';
    const day = `${dayName(first.work.due, today)}（${weekdayName(first.work.due)}）`;
    return [{ kind: 'line', text: `下一批：${day} ${works.join('；')}${more}。` }];
  }

  #note(): string {
    const { rows, undated, today, covers } = this.#content;
    const { movedFrom, merges } = this.#occasion;
    const why = movedFrom && holidaySpan(movedFrom) ? '假期' : '周末';
    const moved = movedFrom ? `${dayName(movedFrom, today)}的${this.#occasion.name}因${why}顺延至今天` : '';
    const merged = merges ? `，管到${dayName(covers.to, today)}，${dayName(merges, today)}不再重发` : '';
    const lead = moved ? `${moved}${merged}。` : '';
    return `${lead}${rows}条中${undated}条未定时限。以上只反映收到的报告，不代表实际进度。单聊发“我的”看本单位任务。`;
  }
}

function isWholeMonth({ from, to }: DateRange): boolean {
  const { year, month } = partsOf(from);
  return partsOf(from).day === 1 && to === lastDayOfMonth(year, month);
}

function freeDayName(date: LocalDate): string {
  const span = holidaySpan(date);
  return span ? `逢${span.name}` : `是${weekdayName(date)}`;
}

function countWorks(entries: DueEntry[]): string {
  return countText(entries.length, countRows(entries.map((entry) => entry.work)));
}

/** Those whose day it is. */
function unitsOf({ standings }: DueEntry): UnitId[] {
  return [...new Set(standings.flatMap(({ parties }) => parties.map(({ party }) => party.unit)))];
}

/** What is said of those from whom no report is awaited. */
function settledWord(standings: Standing[], reported = '已报办结'): string {
  if (standings.every(({ status }) => status === 'withdrawn')) return '调整取消';
  return standings.some(({ status }) => status === 'paused') ? '暂缓' : reported;
}

/** A day that the office set has no words of the document. */
function phraseOf({ milestone }: Limit): string {
  return milestone?.setBy === null ? milestone.phrase : '';
}
