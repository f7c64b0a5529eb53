import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { usualDays } from '../../src/plan-parser/limits/local-days.js';
import { PlanReader } from '../../src/plan-reading/plan-reader.js';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url));

it('a document is read in a thread of its own', async () => {
  const outcome = await new PlanReader().read(fixture('two-plans.pdf'), 'two-plans.pdf', usualDays);
  expect(outcome).toMatchObject({ kind: 'read', reading: { format: 'pdf', draft: { plans: [{ prefix: '水' }, {}] } } });
});

it('a document that is refused says why', async () => {
  expect(await new PlanReader().read(fixture('locked.docx'), '通知.docx', usualDays)).toEqual({
    kind: 'refused',
    say: '文件设有打开密码。请取消密码，另存一份再发送。',
  });
});
