import { after, type Day } from './days.js';
import type { Row } from './notice.js';
import { deciding, decidingUnits, limitsOf, membersOf, named, partsOf, rolesIn } from './owing.js';
import { allMembers, tellUnits } from './telling.js';
import { has, no, type Outcome, rowName, type Speaking, type World, write, yes } from './world.js';

export type Setting =
  | { kind: 'limit'; day: Day | null }
  | { kind: 'lead' | 'support' | 'assembler'; unit: string | null };

const latestDays = 366 * 5;

/** What the office sets beside the words of the document, which stay. */
export function set(world: World, speaking: Speaking, row: Row, setting: Setting): Outcome {
  if (!has(speaking.person, 'supervisor')) return no('rights');
  const owing = decidingUnits(world, row);
  const why =
    setting.kind === 'limit' ? setLimit(world, row, setting.day, speaking.today) : setUnit(world, row, setting);
  if (why) return why;
  write(world, speaking, { row: rowName(row), kind: 'set', unit: null });
  const unit = 'unit' in setting ? setting.unit : null;
  tellUnits(world, 'set', unit === null ? owing : membersOf(world, unit), speaking.person);
  return yes();
}

function setLimit(world: World, row: Row, day: Day | null, today: Day): Outcome | null {
  const name = rowName(row);
  if (day === null) return world.set.delete(name) ? null : no('unknown');
  if ([row, ...partsOf(world, row)].some(({ limits }) => limits.length > 0)) return no('words');
  const extended =
    limitsOf(world, row).length > 0 && [...world.agreed.keys()].some((duty) => duty.startsWith(`${name}|`));
  if (extended) return no('stands');
  if (day < today || day > after(today, latestDays)) return no('day');
  world.set.set(name, { number: 0, kind: 'date', day, from: null, every: null });
  return null;
}

function setUnit(world: World, row: Row, { kind, unit }: Extract<Setting, { unit: unknown }>): Outcome | null {
  const name = rowName(row);
  if (kind === 'assembler') {
    if (unit === null) return world.assemblers.delete(name) ? null : no('unknown');
    const leads = named(world, row).filter(({ role, inherited }) => role === 'lead' && !inherited);
    if (new Set(leads.map((one) => one.unit)).size === 1) return no('words');
    const may = deciding(world, row).flatMap((party) => [party.unit, ...party.members]);
    if (!may.includes(unit)) return no('words');
    world.assemblers.set(name, unit);
    return null;
  }
  const added = world.namedByOffice.get(name) ?? [];
  if (unit === null) {
    const others = added.filter(({ role }) => role !== kind);
    if (others.length === added.length) return no('unknown');
    world.namedByOffice.set(name, others);
    return null;
  }
  if (rolesIn(world, row, unit).some(({ role, inherited }) => role === kind && !inherited)) return no('stands');
  world.namedByOffice.set(name, [...added, { role: kind, unit }]);
  return null;
}

/** 交办: the first unit leads, the others support. */
export function assign(world: World, speaking: Speaking, units: string[], day: Day | null, byRule: Day): Outcome {
  if (!has(speaking.person, 'supervisor')) return no('rights');
  const due = day ?? byRule;
  if (due < speaking.today) return no('day');
  const year = Number(speaking.today.slice(0, 4));
  const number = [...world.rows.values()].filter((row) => row.kind === 'assigned' && row.year === year).length + 1;
  const row: Row = {
    ...{ year, code: `临-${number}`, plan: '临', kind: 'assigned', whole: null, lasting: false },
    named: units.map((unit, index) => ({ role: index === 0 ? 'lead' : 'support', unit, inherited: false })),
    limits: [{ number: 1, kind: 'date', day: due, from: null, every: null }],
  };
  world.rows.set(rowName(row), row);
  write(world, speaking, { row: rowName(row), kind: 'assign', unit: units[0] ?? null });
  tellUnits(world, 'assignment', allMembers(world, units), speaking.person);
  return yes(`临-${number} `);
}
