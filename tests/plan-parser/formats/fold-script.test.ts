import { expect, it } from 'vitest';

import { readDocument } from '../../../src/plan-parser/read-document.js';
import { issueCodesOf } from './read-file.js';

const traditional = [
  '雲溪縣揚塵治理2024年工作方案',
  '一、重點任務',
  '1．規範夜間施工。2024年9月底前，完成排查整治。（縣住建局牽頭，縣公安局配合）',
].join('\n');

it('a document in traditional characters is read in simplified ones and stored as it was written', async () => {
  const reading = await readDocument(Buffer.from(traditional));
  expect(reading.draft.plans[0]).toMatchObject({
    title: '云溪县扬尘治理2024年工作方案',
    tasks: [
      {
        title: '规范夜间施工',
        responsibility: [
          { role: 'lead', units: ['县住建局'] },
          { role: 'support', units: ['县公安局'] },
        ],
        milestones: [{ due: '2024-09-30' }],
      },
    ],
  });
  expect(reading.text).toBe(traditional);
  expect(issueCodesOf(reading)).toContain('script-folded');
});

it('a rare character in the name of a place is left as it is', async () => {
  const text = '云溪县2024年工作方案\n1．修缮南磑村水渠，2024年9月底前完成。（南磑镇负责落实）';
  const reading = await readDocument(Buffer.from(text));
  expect(reading.draft.plans[0]?.tasks[0]?.responsibility[0]?.units).toEqual(['南磑镇']);
});

it('a passage in traditional characters is folded in a document that is not', async () => {
  const text =
    '云溪县2024年工作方案\n1．降尘。按期完成，逐户验收。（县住建局牵头）\n2．規範施工。按期完成。（縣住建局牽頭）';
  const reading = await readDocument(Buffer.from(text));
  expect(reading.draft.plans[0]?.tasks.map((task) => task.responsibility[0]?.units)).toEqual([
    ['县住建局'],
    ['县住建局'],
  ]);
});
