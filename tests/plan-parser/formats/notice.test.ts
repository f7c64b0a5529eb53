import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { confirmations, confirmDraft } from '../../../src/domain/confirm-draft.js';
import type { NoticeDraft } from '../../../src/domain/plan-draft.js';
import { type DocumentReading, readDocument } from '../../../src/plan-parser/read-document.js';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url));
const readJson = (path: string): unknown => JSON.parse(read(path).toString('utf8'));

const confirmed = confirmations.parse(readJson('data/plans/ruicheng-2023.json'));
const expected = readJson('tests/fixtures/plans/ruicheng-2023/expected.json') as NoticeDraft;
const readNoticeFile = (name: string) => readDocument(read(`tests/fixtures/documents/${name}`), name);

/** What a draft says, without the lines: they count something else in every format. */
function withoutLines<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'line' ? undefined : inner)));
}

const draftOf = (reading: DocumentReading) => withoutLines(confirmDraft(reading.draft, confirmed));

describe.each(['notice.docx', 'notice.html', 'notice.doc', 'notice.gb18030.txt'])('%s', async (name) => {
  const reading = await readNoticeFile(name);
  const draft = draftOf(reading);

  it.each(withoutLines(expected.plans).map((plan) => [plan.prefix, plan] as const))('%s', (prefix, plan) => {
    expect(draft.plans.find((read) => read.prefix === prefix)).toEqual(plan);
  });

  it('raises the same issues as the text', () => {
    const sorted = (issues: object[]) => issues.map((issue) => JSON.stringify(issue)).toSorted();
    expect(sorted(draft.issues)).toEqual(sorted(withoutLines(expected.issues)));
  });

  it('names for every fact the line that holds its words', () => {
    const cited = reading.draft.plans
      .flatMap((plan) => plan.tasks)
      .flatMap((task) => [
        { line: task.line, words: task.annex ? String(task.number) : task.title },
        ...task.milestones.map(({ line, phrase }) => ({ line, words: phrase })),
        ...task.responsibility.flatMap(({ line, units }) => units.map((words) => ({ line, words }))),
      ]);
    const lines = reading.text.split('\n');
    const wordsOf = (line: number) => lines[line - 1] ?? '';
    expect(cited.filter(({ line, words }) => !wordsOf(line).includes(words))).toEqual([]);
  });
});

describe('two-plans.pdf, the notice as far as the annex', async () => {
  const { plans } = withoutLines((await readNoticeFile('two-plans.pdf')).draft);
  const asWord = withoutLines((await readNoticeFile('notice.docx')).draft);

  it.each([0, 1])('reads plan %i as from the .docx', (at) => {
    expect(plans[at]).toEqual(asWord.plans[at]);
  });
});

describe('annex.xlsx, the annex alone', async () => {
  const { plans } = withoutLines((await readNoticeFile('annex.xlsx')).draft);

  it('reads the same rows, in a plan of its own', async () => {
    const rows = withoutLines(expected.plans.flatMap((plan) => plan.tasks).filter((task) => task.annex));
    const facts = (task: (typeof rows)[number]) => {
      const { number, title, text, points, responsibility, milestones } = task;
      return { number, title, text, points, responsibility, milestones };
    };
    expect(plans.flatMap((plan) => plan.tasks).map(facts)).toEqual(rows.map(facts));
  });

  it('has no date of issue, and a title that ends in 任务表', () => {
    expect(plans).toMatchObject([{ title: '芮城县空气质量再提升2023年行动计划措施任务表', issuedOn: null }]);
  });
});

describe.each([
  ['nothing', ''],
  ['blanks', ' '],
])('the notice with %s for its line breaks', async (_, glue) => {
  const lines = read('data/plans/ruicheng-2023.txt').toString('utf8').split('\n');
  const text = lines.map((line) => line.trim()).filter((line) => !/^$|^\[image/.test(line));
  const reading = await readDocument(Buffer.from(text.join(glue)));
  const tasks = withoutLines(reading.draft.plans.flatMap((plan) => plan.tasks));
  const asWritten = withoutLines((await readNoticeFile('notice.gb18030.txt')).draft);

  it('has the same tasks in the same plans', () => {
    const bodies = asWritten.plans.map((plan) => ({ ...plan, tasks: plan.tasks.filter((task) => !task.annex) }));
    expect(withoutLines(reading.draft.plans)).toEqual(bodies);
  });

  it('has no annex: its cells run together, and that is said', () => {
    expect(tasks.filter((task) => task.annex)).toEqual([]);
    expect(reading.draft.issues.map((issue) => issue.code)).toEqual(
      expect.arrayContaining(['lines-recut', 'table-unsplit']),
    );
  });
});
