import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { localDate } from '../../src/domain/local-date.js';
import { groupId, workspaceId, workspaceSettings } from '../../src/domain/workspace.js';
import { readDocument } from '../../src/plan-parser/read-document.js';
import { foundWorkspace } from '../../src/services/workspace/found-workspace.js';
import { openStore } from '../../src/store/open.js';
import { startPostgres } from '../support/postgres.js';

/** What one Monday at nine costs a province: so many counties with so many groups each, a plan of 100 tasks in each. */
const { values } = parseArgs({
  options: {
    counties: { type: 'string', default: '30' },
    groups: { type: 'string', default: '100' },
    engine: { type: 'string', default: 'sqlite' },
  },
});
const tasks = 100;
const units = Array.from({ length: 20 }, (_, index) => `县第${index + 1}局`);
const limits = ['9月底前完成。', '10月底前完成。', '每季度开展一次。', '长期坚持。', '12月底前完成主体工程。'];

function notice(county: number): string {
  const items = Array.from({ length: tasks }, (_, index) => {
    const lead = units[index % units.length];
    return `${index + 1}．第${index + 1}项整治。开展排查整治，${limits[index % limits.length]}（${lead}牵头，${units[(index + 7) % units.length]}配合）`;
  });
  return [`第${county}县2023年整治工作方案`, '2023年1月8日', '一、主要任务', ...items].join('\n');
}

const folder = await mkdtemp(path.join(tmpdir(), 'duban-mass-'));
const server = values.engine === 'postgres' ? await startPostgres() : null;
const location = server ? await server.createDatabase() : path.join(folder, 'duban.db');
const store = await openStore(location, {});
const founded = new Date('2023-09-22T10:00:00+08:00');
const counties = Number(values.counties);
for (let county = 1; county <= counties; county += 1) {
  const bytes = Buffer.from(notice(county));
  const { text, draft } = await readDocument(bytes, '方案.txt', {});
  const groups = Array.from({ length: Number(values.groups) }, (_, index) => ({
    id: groupId.parse(`g${index + 1}`),
    chat: `chat ${county} ${index + 1}`,
    name: `第${index + 1}群`,
  }));
  const id = workspaceId.parse(`county-${county}`);
  const workspace = { id, name: `第${county}县`, startOn: localDate.parse('2023-09-22'), groups };
  await store.transaction((tx) =>
    foundWorkspace(tx, {
      workspace: { ...workspace, settings: workspaceSettings.parse({}) },
      units: units.map((name) => ({ name, aliases: [], members: [] })),
      people: units.map((unit) => ({ name: `${unit}联络员`, unit, roles: ['liaison'], accounts: {} })),
      documents: [{ fileName: '方案.txt', sha256: '', title: workspace.name, text, draft }],
      channel: { platform: 'feishu', account: 'office' },
      now: founded,
    }),
  );
}
await store.close();
// A program of its own, which has not read the plans.
const child = fork(new URL('./mass-pass.ts', import.meta.url), [location], {
  execArgv: [...process.execArgv, '--max-semi-space-size=4'],
});
const [code] = await once(child, 'exit');
process.exitCode = Number(code);
await server?.stop();
await rm(folder, { recursive: true, force: true });
