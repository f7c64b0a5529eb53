import { firstWorkingDayAfter, lastWorkingDayUpTo, workingDaysBetween } from './calendar.js';
import type { DutyState } from './duty.js';
import { daysBetween, type LocalDate } from './local-date.js';
import type { Light, Rule, RulePack } from './rule-pack.js';

/** What is known of a duty when its light is asked for. */
export interface LightFacts {
  state: DutyState;
  /** The day that counts, an extension included. */
  due: LocalDate | null;
  /** When a stage with a beginning began. */
  from: LocalDate | null;
  /** An extension that was asked for in time is undecided: the light is held. */
  extensionWaits: boolean;
  lastReportOn: LocalDate | null;
  assignedOn: LocalDate | null;
  /** The last day of a closed round for which nothing came. */
  missedRound: LocalDate | null;
  urgedTimes: number;
}

export interface Judged {
  light: Light;
  rule: Rule;
  facts: LightFacts;
}

export interface Day {
  today: LocalDate;
  startOn: LocalDate;
}

/** The light of a duty, with the rule that gives it. */
export function lightOf(pack: RulePack, facts: LightFacts, day: Day): Judged {
  const rule = pack.rules.find((one) => holds(one, facts, day));
  if (!rule) throw new Error(`rule pack ${pack.name} has no rule for everything`);
  return { light: rule.light, rule, facts };
}

function holds(rule: Rule, facts: LightFacts, { today, startOn }: Day): boolean {
  const { state, due } = facts;
  switch (rule.when) {
    case 'closed':
      return state.status === 'closed';
    case 'paused':
      return state.status === 'paused' || state.status === 'withdrawn';
    case 'reported':
      return state.status === 'reported';
    case 'passed':
      return due !== null && due >= startOn && !facts.extensionWaits && today > firstWorkingDayAfter(due);
    case 'near':
      return (
        due !== null &&
        due >= startOn &&
        !facts.extensionWaits &&
        workingDaysLeft(due, today) <= rule.workingDays &&
        quietFor(facts, today) >= rule.quietWorkingDays
      );
    case 'silent':
      return (
        facts.assignedOn !== null && facts.lastReportOn === null && daysBetween(facts.assignedOn, today) > rule.days
      );
    case 'behind':
      return pointsBehind(facts, today) >= rule.points;
    case 'problem':
      return state.problem;
    case 'round-missed':
      return facts.missedRound !== null;
    case 'urged':
      return facts.urgedTimes >= rule.times;
    case 'dated':
      return due !== null;
    case 'always':
      return true;
  }
}

/** Counted to the last working day up to the limit; 0 on that day and after it. */
export function workingDaysLeft(due: LocalDate, today: LocalDate): number {
  return Math.max(0, workingDaysBetween(today, lastWorkingDayUpTo(due)));
}

/** Working days since the last report; without one there is no end to them. */
function quietFor({ lastReportOn }: LightFacts, today: LocalDate): number {
  return lastReportOn === null ? Number.POSITIVE_INFINITY : workingDaysBetween(lastReportOn, today);
}

/** The share of the stage that has gone by, in working days, as a percentage. */
export function plannedPercent({ from, due }: LightFacts, today: LocalDate): number | null {
  if (from === null || due === null || from >= due) return null;
  const whole = workingDaysBetween(from, due);
  const gone = workingDaysBetween(from, today < due ? today : due);
  return whole <= 0 ? null : Math.round((Math.max(0, gone) / whole) * 100);
}

/** Only where a number was reported: nobody is behind by what was never said. */
export function pointsBehind(facts: LightFacts, today: LocalDate): number {
  const planned = plannedPercent(facts, today);
  return planned === null || facts.state.percent === null ? 0 : planned - facts.state.percent;
}

const fromWorst: readonly Light[] = ['red', 'orange', 'yellow', 'sheet-blue', 'green', 'grey', 'blue'];

/** Worst first; of equal ones the one that is due first. */
export function byWorst(a: Judged, b: Judged): number {
  const worse = fromWorst.indexOf(a.light) - fromWorst.indexOf(b.light);
  const [first, second] = [a.facts.due ?? '9999', b.facts.due ?? '9999'];
  return worse || (first < second ? -1 : first > second ? 1 : 0);
}
