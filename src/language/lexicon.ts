import type { PlanNames } from './codes.js';
import type { UnitLexicon } from './units.js';

/** The names of one workspace's plans and units, as people type them. */
export interface Lexicon {
  plans: readonly PlanNames[];
  /** Every name of every plan, longest first. */
  planNames: readonly { prefix: string; name: string }[];
  units: UnitLexicon;
}
