import { decidingParties, type Ledger, unitName } from './ledger.js';
import type { Task } from './task.js';
import type { UnitId } from './unit.js';

const namesShown = 6;

/** 各乡镇人民政府 where all of them are meant, else unit by unit: 永乐镇、大王镇等8家. */
export function partyNames(ledger: Ledger, task: Task, units: Iterable<UnitId>): string {
  const meant = new Set(units);
  const names: string[] = [];
  for (const { unit, members } of decidingParties(ledger, task)) {
    const some = members.filter((member) => meant.has(member));
    for (const member of some) meant.delete(member);
    if (some.length === 0) continue;
    if (some.length === members.length) names.push(unitName(ledger, unit));
    else names.push(...some.map((member) => unitName(ledger, member)));
  }
  names.push(...[...meant].map((unit) => unitName(ledger, unit)));
  const more = names.length > namesShown ? `等${names.length}家` : '';
  return `${names.slice(0, namesShown).join('、')}${more}`;
}
