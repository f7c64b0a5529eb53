import { membersOf, planOf } from '../../domain/ledger.js';
import { addDays, daysBetween, type LocalDate, later, wallClock } from '../../domain/local-date.js';
import { daysToComeBack, isLiaisonOf, type Person } from '../../domain/person.js';
import type { UnitId } from '../../domain/unit.js';
import { listPeople } from '../../store/people.js';
import { listUnitChanges } from '../../store/roster-changes.js';
import type { Context } from '../context.js';
import { requireRight } from './require-right.js';
import { vacancyWords } from './write-roster.js';

export interface UnitLine {
  unit: UnitId;
  /** Active people of the unit, liaisons first. */
  people: Person[];
  /** Since when it has no liaison; `null` where it has one, or needs none. */
  vacantSince: LocalDate | null;
  vacantDays: number;
}

export interface RosterView {
  /** Active people who belong to no unit. */
  apart: Person[];
  /** In the document's order. */
  units: UnitLine[];
  /** Who left so lately that they can come back. */
  departed: { person: Person; on: LocalDate }[];
}

/** Everybody, for whoever may name them. */
export async function peopleOfRoster(ctx: Context): Promise<Person[]> {
  requireRight(ctx, 'people');
  return listPeople(ctx.tx, ctx.workspace);
}

/** The roster as those who manage it see it. */
export async function viewRoster(ctx: Context): Promise<RosterView> {
  requireRight(ctx, 'people');
  const people = await listPeople(ctx.tx, ctx.workspace);
  const active = people.filter((person) => person.active);
  const vacancies = new Map<string, LocalDate>();
  for (const change of await listUnitChanges(ctx.tx, ctx.workspace)) {
    if (change.words === vacancyWords) vacancies.set(change.subject, wallClock(change.at, ctx.timeZone).date);
  }
  const needed = unitsThatReport(ctx);
  const units = [...ctx.ledger.units.values()]
    .filter(({ id, members }) => members.length === 0 && ctx.ledger.units.get(id)?.mergedInto === null)
    .sort((a, b) => a.position - b.position)
    .map(({ id }): UnitLine => {
      const own = active.filter(({ unitId }) => unitId === id);
      const first = needed.get(id);
      const vacant = first !== undefined && !own.some((person) => isLiaisonOf(person, id));
      const since = vacant ? (vacancies.get(id) ?? first) : null;
      const sorted = own.sort((a, b) => Number(isLiaisonOf(b, id)) - Number(isLiaisonOf(a, id)));
      const vacantDays = since === null ? 0 : daysBetween(since, ctx.today);
      return { unit: id, people: sorted, vacantSince: since, vacantDays };
    })
    .filter((line) => line.people.length > 0 || line.vacantSince !== null);
  const leftSince = addDays(ctx.today, -daysToComeBack);
  const departed = people.flatMap((person) => {
    const on = person.active || person.leftAt === null ? null : wallClock(person.leftAt, ctx.timeZone).date;
    return on === null || on < leftSince ? [] : [{ person, on }];
  });
  return { apart: active.filter(({ unitId }) => unitId === null), units, departed };
}

/** Those that the group's plans name themselves, and since when: the start date, or the issue of the first such plan after it. */
function unitsThatReport(ctx: Context): Map<UnitId, LocalDate> {
  const since = new Map<UnitId, LocalDate>();
  const meant = new Set(ctx.plans);
  for (const task of ctx.ledger.tasks) {
    const plan = planOf(ctx.ledger, task);
    if (!plan || !meant.has(plan)) continue;
    const day = plan.issuedOn ? later(plan.issuedOn, ctx.startOn) : ctx.startOn;
    for (const entry of task.responsibility) {
      if (entry.inherited) continue;
      for (const unit of membersOf(ctx.ledger, entry.unit)) {
        const known = since.get(unit);
        if (known === undefined || day < known) since.set(unit, day);
      }
    }
  }
  return since;
}
