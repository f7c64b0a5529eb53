import { type LocalDate, partsOf } from '../../domain/local-date.js';
import type { IssueCode } from '../issues.js';
import type { LocalDays } from './local-days.js';

/** What a date is counted from where it names no year. */
export interface PlanCalendar {
  year: number | null;
  /** The title spans several years, so that the year of a bare month is an assumption. */
  spansYears: boolean;
  /** A campaign over the turn of the year: months before July belong to its second year. */
  turnsYear: boolean;
  issuedOn: LocalDate | null;
  localDays: LocalDays;
}

const seasonOverTwoYears = /今冬明春|秋冬|冬春|20\d\d年?[—–\-~～至]{1,2}20\d\d(?:年度|学年|年?(?:采暖|供暖|供热|防火))/;
const firstMonthOfSeason = 7;

/** Title first, then the date of the notice. */
export function planCalendar(
  title: string,
  { year, issuedOn, localDays }: Pick<PlanCalendar, 'year' | 'issuedOn' | 'localDays'>,
): PlanCalendar {
  const written = [...title.matchAll(/20\d\d/g)].map(([digits]) => Number(digits));
  const turnsYear = seasonOverTwoYears.test(title);
  const issued = issuedOn && partsOf(issuedOn);
  const season = issued && (issued.month >= firstMonthOfSeason ? issued.year : issued.year - 1);
  return {
    year: turnsYear ? (written[0] ?? season ?? year) : year,
    spansYears: !turnsYear && new Set(written).size > 1,
    turnsYear,
    issuedOn,
    localDays,
  };
}

/** The years of one sentence: a date written with its year lends it to those after it. */
export interface SentenceYears {
  /** In digits or by a word such as 次年. */
  written: number | null;
  /** In digits: 次年 is counted from it. */
  digits: number | null;
  plan: PlanCalendar;
}

export interface DatedYear {
  year: number;
  doubts: IssueCode[];
}

const later = /明年|次年|翌年|来年/;
const thisYear = /今年|本年|当年/;

/** The year of a date: written in the phrase, else in the sentence, else the plan's. `month` decides in a winter campaign. */
export function yearOf(
  { year, word = '' }: { year?: string | undefined; word?: string | undefined },
  { written, digits, plan }: SentenceYears,
  month: number | null,
): DatedYear | null {
  if (year !== undefined) return { year: Number(year), doubts: [] };
  const base = written ?? plan.year;
  if (base === null) return null;
  if (later.test(word)) return { year: (digits ?? plan.year ?? base) + 1, doubts: doubtsOfWord(plan) };
  if (thisYear.test(word)) return { year: plan.year ?? base, doubts: doubtsOfWord(plan) };
  if (written !== null) return { year: written, doubts: [] };
  if (plan.turnsYear && month !== null && month < firstMonthOfSeason) {
    return { year: base + 1, doubts: ['limit-year-assumed'] };
  }
  return { year: base, doubts: plan.spansYears ? ['limit-year-assumed'] : [] };
}

/** 今年 in a plan for next year issued in December may be either. */
function doubtsOfWord({ year, spansYears, issuedOn }: PlanCalendar): IssueCode[] {
  const differs = issuedOn !== null && year !== null && partsOf(issuedOn).year !== year;
  return differs || spansYears ? ['limit-year-assumed'] : [];
}
