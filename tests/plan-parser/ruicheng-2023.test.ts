import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { confirmations, confirmDraft } from '../../src/domain/confirm-draft.js';
import type { NoticeDraft } from '../../src/domain/plan-draft.js';
import { decodeText } from '../../src/plan-parser/formats/text.js';
import { readNotice } from '../../src/plan-parser/read-notice.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));
const readJson = (path: string): unknown => JSON.parse(read(path).toString('utf8'));

const source = decodeText(read('data/plans/ruicheng-2023.txt'));
const lines = source.split('\n');
const confirmed = confirmations.parse(readJson('data/plans/ruicheng-2023.json'));
const proposed = readNotice(source);
const draft = confirmDraft(proposed, confirmed);
// Every entry of this file was compared with the notice by reading it, not only with what the parser printed.
const expected = readJson('tests/fixtures/plans/ruicheng-2023/expected.json') as NoticeDraft;

const tasks = draft.plans.flatMap((plan) => plan.tasks);
const byCode = new Map(tasks.map((task) => [task.code, task]));
const expectedTasks = expected.plans.flatMap((plan) => plan.tasks);

describe('the 芮城 notice of 2023', () => {
  it('holds four plans with 12, 24 and 14 annex rows, 14 and 15 tasks', () => {
    const counts = draft.plans.map(({ prefix, tasks }) => [
      prefix,
      tasks.filter((task) => !task.annex).length,
      tasks.filter((task) => task.annex).length,
    ]);
    expect(counts).toEqual([
      ['水', 12, 0],
      ['气', 24, 14],
      ['土', 14, 0],
      ['地', 15, 0],
    ]);
  });

  it.each(expected.plans.map((plan) => [plan.prefix, plan] as const))(
    'plan %s reads as checked by hand',
    (prefix, plan) => {
      const { tasks, ...rest } = draft.plans.find((read) => read.prefix === prefix) ?? { tasks: [] };
      const { tasks: expectedTasks, ...expectedRest } = plan;
      expect(rest).toEqual(expectedRest);
      expect(tasks.map((task) => task.code)).toEqual(expectedTasks.map((task) => task.code));
    },
  );

  it.each(expectedTasks.map((task) => [task.code, task] as const))('%s reads as checked by hand', (code, task) => {
    expect(byCode.get(code)).toEqual(task);
  });

  it('raises the issues that a careful reader would', () => {
    expect(draft.issues).toEqual(expected.issues);
  });

  it('dates 26 of the 79 rows and leaves the others without a limit', () => {
    expect(tasks.filter((task) => task.milestones.length > 0)).toHaveLength(26);
  });

  it('names for every fact the line that holds it', () => {
    const cited = tasks.flatMap((task) => [
      { line: task.line, words: task.annex ? String(task.number) : task.title },
      ...task.milestones.map(({ line, phrase }) => ({ line, words: phrase })),
      ...task.responsibility.flatMap(({ line, units }) => units.map((words) => ({ line, words }))),
    ]);
    const missing = cited.filter(({ line, words }) => !lines[line - 1]?.includes(words));
    expect(missing).toEqual([]);
  });

  it('quotes every point from the text', () => {
    const invented = tasks.flatMap((task) => task.points.filter((point) => !task.text.includes(point)));
    expect(invented).toEqual([]);
  });

  it('proposes the same links of annex rows as were confirmed', () => {
    const rows = proposed.plans.flatMap((plan) => plan.tasks).filter((task) => task.annex);
    expect(Object.fromEntries(rows.map((row) => [row.code, row.partOf]))).toEqual(confirmed.links);
  });
});
