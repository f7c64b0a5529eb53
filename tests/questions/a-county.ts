import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDocument } from '../../src/plan-parser/read-document.js';
import { projectRoot } from '../../src/project-root.js';

/** A data folder as an office would begin with it: a document of tests/fixtures/plans, and its units without an alias. */
export async function aCounty(fixture: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-questions-'));
  const source = path.join(projectRoot, 'tests', 'fixtures', 'plans', fixture, 'source.txt');
  await mkdir(path.join(folder, 'plans'));
  await cp(source, path.join(folder, 'plans', 'plan.txt'));
  const { draft } = await readDocument(new Uint8Array(await readFile(source)), 'plan.txt');
  const units = draft.plans.flatMap(({ tasks }) => tasks.flatMap(({ responsibility }) => responsibility));
  const names = [...new Set(units.flatMap((entry) => entry.units))];
  const [plan] = draft.plans;
  const write = (name: string, value: unknown) => writeFile(path.join(folder, name), JSON.stringify(value));
  await write('workspace.json', {
    id: 'another',
    name: '另一个县',
    startOn: plan?.issuedOn ?? undefined,
    settings: {},
    groups: [{ id: 'main', chat: 'sandbox', name: '工作群' }],
    documents: [{ file: 'plans/plan.txt', title: plan?.title ?? fixture }],
  });
  await write(
    'units.json',
    names.map((name) => ({ name })),
  );
  await write('people.json', [
    { name: '成员', roles: [] },
    { name: '督查室', roles: ['supervisor'] },
  ]);
  return folder;
}
