import { heirOf, type Ledger } from '../../domain/ledger.js';
import { likeness } from '../../domain/likeness.js';
import type { NoticeDraft } from '../../domain/plan-draft.js';
import type { UnitId } from '../../domain/unit.js';

/** Finds the roster's unit for a name as a document writes it: its name or one of its aliases. A merged one is its heir. */
export function unitFinder(ledger: Ledger): (name: string) => UnitId | null {
  const ids = new Map<string, UnitId>();
  for (const unit of ledger.units.values()) for (const alias of unit.aliases) ids.set(alias, unit.id);
  for (const unit of ledger.units.values()) ids.set(unit.name, heirOf(ledger, unit.id));
  return (name) => ids.get(name) ?? null;
}

/** A name that the roster does not have, with the roster's name that it may be another form of. */
export interface NewUnit {
  name: string;
  like: string | null;
}

const alike = 0.7;

/** Names of the draft that the roster does not have, in the order of the document. */
export function newUnitsIn(ledger: Ledger, draft: NoticeDraft): NewUnit[] {
  const find = unitFinder(ledger);
  const names = new Set(
    draft.plans.flatMap((plan) => plan.tasks.flatMap((task) => task.responsibility.flatMap(({ units }) => units))),
  );
  const known = [...ledger.units.values()].map((unit) => unit.name);
  return [...names].filter((name) => find(name) === null).map((name) => ({ name, like: nearestTo(name, known) }));
}

/** The known name that this may be another form of. */
export function nearestTo(name: string, known: string[]): string | null {
  const [best] = known
    .map((other) => ({ other, score: likeness(name, other) }))
    .filter(({ score }) => score >= alike)
    .sort((a, b) => b.score - a.score);
  return best?.other ?? null;
}
