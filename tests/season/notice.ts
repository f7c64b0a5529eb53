import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Day } from './days.js';

const root = path.resolve(import.meta.dirname, '..', '..');
const json = (name: string) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));

export type Role = 'lead' | 'support' | 'implement';

/** A unit as a row names it: in what role, and whether only in the sentence that holds for the whole plan. */
export interface Named {
  role: Role;
  unit: string;
  inherited: boolean;
}

export type LimitKind = 'date' | 'window' | 'recurrence' | 'ongoing' | 'relative';

/** A limit as the document states it, or as the office set it (number 0). */
export interface Stated {
  number: number;
  kind: LimitKind;
  /** The day, or the end of a window. */
  day: Day | null;
  from: Day | null;
  every: 'month' | 'quarter' | 'half-year' | 'year' | null;
}

/** One row of the ledger: a numbered task, or a row of the annex. */
export interface Row {
  year: number;
  code: string;
  plan: string;
  kind: 'document' | 'assigned';
  /** The code of the task that this annex row belongs to. */
  whole: string | null;
  named: Named[];
  limits: Stated[];
  /** Without a limit, and the text asks for a lasting state: it is never closed. */
  lasting: boolean;
}

export interface Unit {
  name: string;
  /** Of a group noun. */
  members: string[];
}

const lastingWords = ['长期坚持', '动态清零', '常态化', '持续推进'];

interface UnitFile {
  name: string;
  aliases?: string[];
  members?: string[];
}

export const unitsOfData: UnitFile[] = json('data/units.json');

/** The notice as people read it, with the links that its office confirmed. */
export function readNotice(): { rows: Row[]; issuedOn: Day } {
  const names = new Map(unitsOfData.flatMap(({ name, aliases = [] }) => [name, ...aliases].map((one) => [one, name])));
  const unitOf = (written: string) => {
    const name = names.get(written);
    if (name === undefined) throw new Error(`${written} is no unit of data/units.json`);
    return name;
  };
  const { plans } = json('tests/fixtures/plans/ruicheng-2023/expected.json');
  const { links }: { links: Record<string, string | null> } = json('data/plans/ruicheng-2023.json');
  const rows = plans.flatMap((plan: Plan) =>
    plan.tasks.map(
      (task): Row => ({
        year: plan.year,
        code: task.code,
        plan: plan.prefix,
        kind: 'document',
        whole: links[task.code] ?? null,
        named: task.responsibility.flatMap(({ role, units, inherited }) =>
          units.map((unit) => ({ role, unit: unitOf(unit), inherited })),
        ),
        limits: task.milestones.map(({ kind, due, from, to, every }, index) => ({
          ...{ number: index + 1, kind, from, every },
          day: kind === 'window' ? to : due,
        })),
        lasting: task.milestones.length === 0 && lastingWords.some((word) => task.text.includes(word)),
      }),
    ),
  );
  return { rows, issuedOn: plans[0].issuedOn };
}

interface Plan {
  prefix: string;
  year: number;
  tasks: {
    code: string;
    text: string;
    responsibility: { role: Role; units: string[]; inherited: boolean }[];
    milestones: {
      kind: LimitKind;
      due: Day | null;
      from: Day | null;
      to: Day | null;
      every: Stated['every'];
    }[];
  }[];
}

/** The words of the notice, which the bot may quote. */
export const noticeText: string = readFileSync(path.join(root, 'data/plans/ruicheng-2023.txt'), 'utf8');
