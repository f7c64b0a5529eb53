import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { readNotice, type Unit, unitsOfData } from './notice.js';
import { type Chat, type Person, type RoleName, rowName, type Settings, type World } from './world.js';

const root = path.resolve(import.meta.dirname, '..', '..');

/** The notice names 31 units; with these the county of the season has forty. */
const furtherUnits = [
  ...['县教育局', '县卫健局', '县民政局', '县司法局', '县统计局'],
  ...['县审计局', '县林业局', '县文旅局', '县应急管理局'],
];

interface Seat {
  name: string;
  roles: RoleName[];
  unit?: string;
  scope?: { plans?: string[]; units?: string[] };
}

/** Besides those of data/people.json. */
const furtherPeople: Seat[] = [
  { name: '督查员乙', roles: ['supervisor'] },
  { name: '分管水的副县长', roles: ['leader'], scope: { plans: ['水'] } },
  { name: '分管住建的副县长', roles: ['leader'], scope: { units: ['县住建局', '县农业农村局'] } },
  { name: '大气专班', roles: ['coordinator'], scope: { plans: ['气'] } },
  { name: '住建局专班', roles: ['coordinator', 'liaison'], unit: '县住建局', scope: { plans: ['水'] } },
  { name: '新来的甲', roles: [] },
  { name: '新来的乙', roles: [] },
  { name: '新来的丙', roles: [] },
  ...furtherUnits.map((unit): Seat => ({ name: `${unit}联络员`, unit, roles: ['liaison'] })),
];

/** The first one has all plans. */
export const groups: [Chat, ...Chat[]] = [
  { id: 'sandbox', private: false, plans: null },
  { id: 'water', private: false, plans: ['水'] },
  { id: 'air-soil', private: false, plans: ['气', '土'] },
];

const people = (): Seat[] => [
  ...(JSON.parse(readFileSync(path.join(root, 'data', 'people.json'), 'utf8')) as Seat[]),
  ...furtherPeople,
];

/** Kinds of offices, by what they set. */
export const offices = {
  usual: { review: true, signOff: false, extensionsBy: 'leader' },
  /** Reports are signed off, and a supervisor enters what the leader agreed to. */
  strict: { review: true, signOff: true, extensionsBy: 'supervisor' },
  /** What is reported done is closed. */
  trusting: { review: false, signOff: false, extensionsBy: 'leader' },
} as const satisfies Record<string, Settings>;

export const office = (name: string): Settings | undefined => (offices as Record<string, Settings>)[name];

export interface Beginning {
  settings: Settings;
  startOn: string;
}

/** A data folder like data/, with more units and more people. */
export function writeOffice(folder: string, { settings, startOn }: Beginning): void {
  cpSync(path.join(root, 'data'), folder, { recursive: true });
  const units = [...unitsOfData, ...furtherUnits.map((name) => ({ name }))];
  writeFileSync(path.join(folder, 'units.json'), JSON.stringify(units));
  writeFileSync(path.join(folder, 'people.json'), JSON.stringify(people()));
  const workspace = JSON.parse(readFileSync(path.join(folder, 'workspace.json'), 'utf8'));
  writeFileSync(
    path.join(folder, 'workspace.json'),
    JSON.stringify({
      ...workspace,
      startOn,
      settings: { ...workspace.settings, ...settings },
      groups: groups.map(({ id, plans }) => ({ id: `${id}-group`, chat: id, name: id, ...(plans ? { plans } : {}) })),
    }),
  );
}

/** The same, as the model believes it. */
export function newWorld({ settings, startOn }: Beginning): World {
  const { rows, issuedOn } = readNotice();
  const units: Unit[] = [
    ...unitsOfData.map(({ name, members = [] }) => ({ name, members })),
    ...furtherUnits.map((name) => ({ name, members: [] })),
  ];
  const seated = people().map(
    ({ name, roles, unit = null, scope }): Person => ({
      ...{ name, roles: [...roles], unit, active: true, leftOn: null },
      scope: scope ? { plans: scope.plans ?? [], units: scope.units ?? [] } : null,
    }),
  );
  return {
    ...{ settings, startOn, issuedOn },
    rows: new Map(rows.map((row) => [rowName(row), row])),
    set: new Map(),
    namedByOffice: new Map(),
    assemblers: new Map(),
    units: new Map(units.map((unit) => [unit.name, unit])),
    people: new Map(seated.map((person) => [person.name, person])),
    duties: new Map(),
    agreed: new Map(),
    history: [],
    requests: [],
    rounds: [],
    urgings: [],
    joins: [],
    questions: new Map(),
    mutes: new Map(),
    feedback: [],
    told: new Map(),
  };
}
