import type { Limit, PartyStanding, Standing } from './limit.js';
import { isStanding } from './standing-work.js';
import type { UnitId } from './unit.js';

/** 1/4: of several that owe a report on the same limit, how many have given it. */
export interface Tally {
  /** Standing work is never done: what counts there is to have reported at all. */
  standing: boolean;
  given: number;
  of: number;
  parties: PartyStanding[];
  lackingOf(party: PartyStanding): UnitId[];
}

/** `null` while nobody has reported, when all have, and where only one unit owes the report. */
export function tallyOf(limit: Limit, { parties }: Standing): Tally | null {
  const standing = isStanding(limit);
  const lackingOf = (party: PartyStanding) => (standing ? party.silent : party.missing);
  const lacking = parties.flatMap(lackingOf);
  const owing = parties.flatMap(({ party }) => party.members);
  if (lacking.length === 0 || lacking.length === owing.length) return null;
  const given =
    parties.length === 1
      ? owing.length - lacking.length
      : parties.filter((party) => lackingOf(party).length === 0).length;
  return { standing, given, of: parties.length === 1 ? owing.length : parties.length, parties, lackingOf };
}
