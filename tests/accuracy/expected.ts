import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a careful reader finds in a document, written by hand. */
export interface ExpectedNotice {
  plans: ExpectedPlan[];
  /** Places at which an issue should stand. */
  doubts: { line: number | null; about: string }[];
}

export interface ExpectedPlan {
  title: string;
  /** `null` where any will do; codes then begin with a question mark. */
  prefix: string | null;
  year: number;
  issuedOn: string | null;
  goals: { phrase: string; due: string | null }[];
  tasks: ExpectedTask[];
}

export interface ExpectedTask {
  code: string;
  title: string;
  line: number | null;
  lead: string[];
  support: string[];
  implement: string[];
  inherited: string[];
  open: boolean;
  leaders: string[];
  partOf: string | null;
  limits: ExpectedLimit[];
}

export interface ExpectedLimit {
  phrase: string;
  kind: string;
  due?: string | null;
  from?: string | null;
  to?: string | null;
  every?: string | null;
}

export interface Fixture {
  name: string;
  fileName: string;
  bytes: Buffer;
  expected: ExpectedNotice;
}

const folder = path.resolve(import.meta.dirname, '..', 'fixtures', 'plans');

/** Every folder of tests/fixtures/plans with a source of its own. */
export function listFixtures(): Fixture[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const fileName = readdirSync(path.join(folder, name)).find((file) => file.startsWith('source.'));
      if (fileName === undefined) return [];
      const bytes = readFileSync(path.join(folder, name, fileName));
      const expected = JSON.parse(readFileSync(path.join(folder, name, 'expected.json'), 'utf8')) as ExpectedNotice;
      return [{ name, fileName, bytes, expected }];
    });
}
