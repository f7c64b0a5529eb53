import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DocumentRefusal } from '../../../src/plan-parser/document-refusal.js';
import { readDocument } from '../../../src/plan-parser/read-document.js';
import { aDocx, anXlsx, aRow, w } from './office-file.js';
import { aPdf, lines } from './pdf-file.js';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/documents/${name}`, import.meta.url));

const numbering = w.list(1, w.level(0, 'chineseCounting', '（%1）')) + w.num(1, 1);
const small = {
  docx: aDocx(w.item('工地', 1) + w.tbl(w.row('序号', '任务', '牵头单位'), w.row('1', '降尘', '县住建局')), {
    numbering,
  }),
  xlsx: anXlsx(
    [{ xml: `<sheetData>${aRow(1, ['序号', '任务', '牵头单位'])}${aRow(2, ['1', '降尘', [45473, 1]])}</sheetData>` }],
    ['yyyy/m/d'],
  ),
  pdf: aPdf([lines(['一、县水利局牵头负责本项工作。', '二、县住建局牵头。'])]),
  html: fixture('notice.html').subarray(0, 6000),
  doc: fixture('notice.doc'),
  txt: fixture('notice.gb18030.txt').subarray(0, 3000),
};

const change = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), count: fc.nat(4000) }),
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('fill' as const), at: fc.nat(), count: fc.nat(64), value: fc.constantFrom(0, 1, 255) }),
  fc.record({ kind: fc.constant('double' as const), at: fc.nat(), count: fc.nat(4000) }),
);

function mutate(bytes: Uint8Array, made: typeof change extends fc.Arbitrary<infer T> ? T : never): Uint8Array {
  if (bytes.length === 0) return bytes;
  const at = made.at % bytes.length;
  const copy = Uint8Array.from(bytes);
  switch (made.kind) {
    case 'cut':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + made.count)]);
    case 'set':
      copy[at] = made.value;
      return copy;
    case 'fill':
      return copy.fill(made.value, at, at + made.count);
    case 'double':
      return Buffer.concat([bytes.subarray(0, at + made.count), bytes.subarray(at)]);
  }
}

/** A reading whose facts are on its lines, or a refusal; nothing else is thrown. */
async function expectReadOrRefused(bytes: Uint8Array): Promise<void> {
  try {
    const { draft, places } = await readDocument(bytes);
    const tasks = draft.plans.flatMap((plan) => plan.tasks);
    for (const { line } of [...draft.issues, ...tasks])
      expect(line >= 1 && line <= Math.max(1, places.length)).toBe(true);
  } catch (error) {
    if (!(error instanceof DocumentRefusal)) throw error;
  }
}

describe.each(Object.entries(small))('a damaged %s', (_, bytes) => {
  it('is read as far as it goes, or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) =>
        expectReadOrRefused(changes.reduce(mutate, bytes)),
      ),
      { numRuns: 60 },
    );
  });

  it('is read or refused wherever it is cut off', async () => {
    const steps = Array.from({ length: 40 }, (_, at) => Math.floor((bytes.length * at) / 40));
    for (const end of steps) await expectReadOrRefused(bytes.subarray(0, end));
  });
});

describe('XML, tags and tables of any kind', () => {
  const tags = ['w:p', 'w:r', 'w:t', 'w:tbl', 'w:tr', 'w:tc', 'w:tcPr', 'w:pPr', 'w:del', 'w:txbxContent', 'w:numPr'];
  const leaves = [
    '<w:vMerge/>',
    '<w:gridSpan w:val="3"/>',
    '<w:gridSpan w:val="-1"/>',
    '<w:numId w:val="1"/>',
    '<w:br/>',
    '<w:ilvl w:val="99"/>',
    '<w:fldChar w:fldCharType="begin"/>',
    '县水利局',
    '序号',
  ];
  const piece = fc.oneof(
    fc.constantFrom(...leaves),
    fc.constantFrom(...tags).chain((tag) => fc.constantFrom(`<${tag}>`, `</${tag}>`)),
  );
  it('in a .docx are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 120 }), (pieces) =>
        expectReadOrRefused(aDocx(pieces.join(''), { numbering })),
      ),
      { numRuns: 200 },
    );
  });

  const html = [
    '<table>',
    '</table>',
    '<tr>',
    '<td rowspan=0>',
    '<td colspan=99999 rowspan=99999>',
    '</td>',
    '<ol start=x>',
    '<li>',
    '</div>',
    '<div>',
    '<br>',
    '序号',
    '任务',
    '县水利局',
    '<p>',
    '<a>',
    '<!--',
    '-->',
    '&#xD800;',
    '&nbsp;',
  ];
  it('in a page are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...html), { maxLength: 120 }), (pieces) =>
        expectReadOrRefused(Buffer.from(`<html>${pieces.join('')}`)),
      ),
      { numRuns: 300 },
    );
  });
});

// A second or two here; what grows faster than the file runs into the limit of the test.
describe('large files take time in proportion to their size', () => {
  it.each([
    [
      'a .docx of 10 000 list items',
      () => aDocx(w.item('治理扬尘。（县住建局牵头）', 1).repeat(10_000), { numbering }),
    ],
    [
      'a .docx table of 5000 rows',
      () =>
        aDocx(
          w.tbl(
            w.row('序号', '任务', '牵头单位'),
            ...Array.from({ length: 5000 }, (_, at) => w.row(`${at}`, '降尘', '县住建局')),
          ),
        ),
    ],
    [
      'a page of 20 000 paragraphs',
      () => Buffer.from(`<html><body>${'<p>治理扬尘，由县住建局牵头。</p>'.repeat(20_000)}`),
    ],
    ['a page of unclosed tags', () => Buffer.from(`<html>${'<td>'.repeat(900)}${'</i>'.repeat(500_000)}`)],
    ['a page of one long line of links', () => Buffer.from(`<html>${'<a>政务公开</a> '.repeat(100_000)}`)],
    ['a text in one line', () => Buffer.from('（一）治理扬尘。1．降尘。（县住建局牵头）'.repeat(5000))],
    ['a text of opening brackets', () => Buffer.from('（'.repeat(200_000))],
    ['a text of headings of tables', () => Buffer.from('序号\n工作任务\n牵头单位\n1\n'.repeat(3000))],
    [
      'a text of rows with blanks',
      () =>
        Buffer.from(
          `序号 工作任务 牵头单位\n${Array.from({ length: 10_000 }, (_, at) => `${at + 1} 降尘 县住建局`).join('\n')}`,
        ),
    ],
  ])('%s', async (_, make) => {
    await expectReadOrRefused(make());
  });
});
