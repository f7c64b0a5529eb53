import type { ExpectedLimit, ExpectedNotice, ExpectedPlan, ExpectedTask } from './expected.ts';

/** The part of a draft that is scored; the parser's own types fit it. */
export interface ReadNotice {
  plans: ReadPlan[];
  issues: { line: number; code: string; message: string; text: string }[];
}

interface ReadPlan {
  title: string;
  prefix: string;
  year: number;
  issuedOn: string | null;
  goals: { phrase: string; due: string | null }[];
  tasks: ReadTask[];
  line: number;
}

interface ReadTask {
  code: string;
  title: string;
  line: number;
  partOf: string | null;
  leaders: string[];
  responsibility: { role: string; units: string[]; inherited: boolean; open: boolean }[];
  milestones: {
    phrase: string;
    kind: string;
    due: string | null;
    from: string | null;
    to: string | null;
    every: string | null;
  }[];
}

export const fields = ['plan', 'task', 'title', 'units', 'open', 'leaders', 'limit', 'part of'] as const;
export type Field = (typeof fields)[number];

export interface Wrong {
  field: Field;
  where: string;
  expected: string;
  read: string;
  /** An issue stands at the place. */
  flagged: boolean;
}

export interface Score {
  total: Record<Field, number>;
  wrong: Wrong[];
  doubts: { expected: number; missed: string[] };
}

interface Lines {
  from: number;
  to: number;
}

/** Compares field by field. What is empty on both sides is no field. */
export function score(expected: ExpectedNotice, read: ReadNotice): Score {
  const scoring = new Scoring(read);
  for (const [index, plan] of expected.plans.entries()) scoring.plan(plan, read.plans[index], index + 1);
  for (const plan of read.plans.slice(expected.plans.length)) {
    scoring.compare('plan', plan.title, 'no such plan', plan.title, { from: plan.line, to: plan.line });
  }
  const missed = expected.doubts.filter((doubt) => !isRaised(doubt, read)).map(({ line, about }) => `${line} ${about}`);
  return { total: scoring.total, wrong: scoring.wrong, doubts: { expected: expected.doubts.length, missed } };
}

function isRaised({ line, about }: { line: number | null; about: string }, { issues }: ReadNotice): boolean {
  return issues.some((issue) =>
    line === null || line === 1 ? issue.text.includes(about) || issue.message.includes(about) : issue.line === line,
  );
}

class Scoring {
  readonly total = Object.fromEntries(fields.map((field) => [field, 0])) as Record<Field, number>;
  readonly wrong: Wrong[] = [];
  readonly #read: ReadNotice;

  constructor(read: ReadNotice) {
    this.#read = read;
  }

  compare(field: Field, where: string, expected: string, read: string, lines: Lines): void {
    if (expected === '' && read === '') return;
    this.total[field] += 1;
    if (expected === read) return;
    const flagged = this.#read.issues.some((issue) => lines.from <= issue.line && issue.line <= lines.to);
    this.wrong.push({ field, where, expected, read, flagged });
  }

  plan(expected: ExpectedPlan, read: ReadPlan | undefined, order: number): void {
    const where = `plan ${order}`;
    const lines = { from: read?.line ?? 1, to: read?.line ?? 1 };
    this.compare('plan', where, expected.title, read?.title ?? '', lines);
    if (expected.prefix !== null) this.compare('plan', where, expected.prefix, read?.prefix ?? '', lines);
    this.compare('plan', where, String(expected.year), String(read?.year ?? ''), lines);
    this.compare('plan', where, expected.issuedOn ?? '', read?.issuedOn ?? '', lines);
    const goals = (list: { phrase: string; due: string | null }[] = []) =>
      list.map(({ phrase, due }) => `${phrase}=${due}`).join(' ');
    this.compare('plan', `${where} goals`, goals(expected.goals), goals(read?.goals), { from: 1, to: Infinity });

    const tasks = new Map((read?.tasks ?? []).map((task) => [suffix(task.code, read?.prefix ?? ''), task]));
    const inOrder = read?.tasks ?? [];
    for (const task of expected.tasks) {
      const key = suffix(task.code, expected.prefix ?? '?');
      const found = tasks.get(key);
      tasks.delete(key);
      this.task(task, found, linesOf(task, found, inOrder));
    }
    for (const task of tasks.values()) this.compare('task', task.code, '', task.title, linesOf(null, task, inOrder));
  }

  task(expected: ExpectedTask, read: ReadTask | undefined, lines: Lines): void {
    const { code } = expected;
    this.compare('task', code, 'found', read ? 'found' : 'missing', lines);
    if (!read) return;
    this.compare('title', code, expected.title, read.title, lines);
    for (const role of ['lead', 'support', 'implement'] as const) {
      const units = read.responsibility.filter((entry) => entry.role === role && !entry.inherited);
      this.compare(
        'units',
        `${code} ${role}`,
        list(expected[role]),
        list(units.flatMap((entry) => entry.units)),
        lines,
      );
    }
    const inherited = read.responsibility.filter((entry) => entry.inherited).flatMap((entry) => entry.units);
    this.compare('units', `${code} inherited`, list(expected.inherited), list(inherited), lines);
    const open = read.responsibility.some((entry) => entry.open && !entry.inherited);
    this.compare('open', code, expected.open ? '等' : '', open ? '等' : '', lines);
    this.compare('leaders', code, list(expected.leaders), list(read.leaders), lines);
    const wholeOf = (partOf: string | null) => (partOf === null ? '' : partOf.replace(/^.*?附?-/, ''));
    this.compare('part of', code, wholeOf(expected.partOf), wholeOf(read.partOf), lines);
    this.#limits(code, expected.limits, read, lines);
  }

  #limits(code: string, expected: ExpectedLimit[], read: ReadTask, lines: Lines): void {
    const left = read.milestones.map(limitText);
    const missing: string[] = [];
    for (const limit of expected.map(limitText)) {
      const at = left.indexOf(limit);
      if (at === -1) missing.push(limit);
      else this.compare('limit', code, limit, left.splice(at, 1)[0] ?? '', lines);
    }
    for (let at = 0; at < Math.max(missing.length, left.length); at += 1) {
      this.compare('limit', code, missing[at] ?? '', left[at] ?? '', lines);
    }
  }
}

const suffix = (code: string, prefix: string) => code.slice(prefix.length);
const list = (names: string[]) => [...new Set(names)].join('、');

function limitText({ phrase, kind, due, from, to, every }: ExpectedLimit): string {
  return [phrase.replace(/\s/g, ''), kind, due ?? '', from ?? '', to ?? '', every ?? ''].join('|');
}

/** From the task's line to the one before the next task's. */
function linesOf(expected: ExpectedTask | null, read: ReadTask | undefined, tasks: ReadTask[]): Lines {
  const from = read?.line ?? expected?.line ?? 0;
  const later = tasks.map((task) => task.line).filter((line) => line > from);
  return { from, to: later.length > 0 ? Math.min(...later) - 1 : Infinity };
}
