import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { projectRoot } from '../../src/project-root.js';

const strings = z.array(z.string()).default([]);

/** What somebody types and what the joined plain-text replies must hold. */
const question = z.strictObject({
  q: z.string(),
  /** Every one of these. */
  all: strings,
  /** One of each of these. */
  any: z.array(z.array(z.string())).default([]),
  /** None of these. */
  none: strings,
  /** Who asks, by the name in the roster. */
  as: z.string().default('成员'),
  chat: z.enum(['group', 'private']).default('group'),
  /** It has to be said that this was not understood. */
  refused: z.boolean().default(false),
  silent: z.boolean().default(false),
  /** Said before it, by the same person in the same chat. */
  needs: strings,
});
const questionFile = z.strictObject({
  about: z.string(),
  /** The heading under which it is counted; the name of the file where none is given. */
  intent: z.string().optional(),
  now: z.string(),
  /** The folder of tests/fixtures/plans that is asked about; the notice of data/ where none is given. */
  county: z.string().optional(),
  questions: z.array(question),
});

export interface Question extends z.infer<typeof question> {
  intent: string;
  /** Every third: looked at only when all else is done, so that nothing is fitted to it. */
  held: boolean;
}

export interface QuestionSet {
  name: string;
  now: string;
  county: string | null;
  questions: Question[];
}

const folder = path.join(projectRoot, 'tests', 'fixtures', 'questions');

export function readQuestionSets(): QuestionSet[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((file) => {
    const name = path.basename(file, '.json');
    const { now, county = null, intent = name, questions } = questionFile.parse(read(file));
    return {
      name,
      now,
      county,
      questions: questions.map((one, index) => ({ ...one, intent, held: index % 3 === 2 })),
    };
  });
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
