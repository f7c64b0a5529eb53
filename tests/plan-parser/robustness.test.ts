import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeText } from '../../src/plan-parser/formats/text.js';
import { readNotice } from '../../src/plan-parser/read-notice.js';
import { aNotice } from './a-notice.js';

const notice = readFileSync(new URL('../../data/plans/ruicheng-2023.txt', import.meta.url), 'utf8');
const lines = notice.split('\n');

/** What the rules look for, so that random texts meet them. */
const pieces = [
  ...[
    '一、',
    '（一）',
    '1．',
    '12.',
    '2024年',
    '9月',
    '底前',
    '5—9月',
    '每季度',
    '一年内',
    '前',
    '，',
    '。',
    '；',
    '、',
    '\n',
    '\t',
  ],
  ...[
    '（',
    '）',
    '(',
    '〔',
    '《',
    '》',
    '“',
    '”',
    '县水利局',
    '市局',
    '各乡镇',
    '牵头',
    '配合',
    '负责落实',
    '等',
    '和',
    '以下均需',
  ],
  ...[
    '不再列出',
    '责任单位：',
    '牵头领导：',
    '【配合单位】',
    '张×',
    '会同',
    '，下同',
    '列第一位者为牵头单位',
    '附件',
    '序号',
    '主要任务',
    '行动计划',
    '关于印发',
    '的通知',
    '完成',
    '达到',
    '90%',
    '万吨',
    '长期坚持',
    '汛期前',
    '每月8日、',
    '分别',
    '10个',
  ],
];

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(lines.length - 1), count: fc.nat(40) }),
  fc.record({ kind: fc.constant('double' as const), at: fc.nat(lines.length - 1), count: fc.nat(40) }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(notice.length), words: fc.constantFrom(...pieces) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(notice.length), count: fc.nat(200) }),
);

function mutate(text: string, change: typeof mutation extends fc.Arbitrary<infer T> ? T : never): string {
  switch (change.kind) {
    case 'drop':
      return text.split('\n').toSpliced(change.at, change.count).join('\n');
    case 'double': {
      const all = text.split('\n');
      return all.toSpliced(change.at, 0, ...all.slice(change.at, change.at + change.count)).join('\n');
    }
    case 'insert':
      return text.slice(0, change.at) + change.words + text.slice(change.at);
    case 'cut':
      return text.slice(0, change.at) + text.slice(change.at + change.count);
  }
}

/** What must hold of any draft, however damaged the document. */
function expectSound(text: string): void {
  const { plans, issues } = readNotice(text);
  const count = text.split(/\r\n|\r|\n/).length;
  const tasks = plans.flatMap((plan) => plan.tasks);
  const codes = tasks.map((task) => task.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const task of tasks) {
    expect(task.code).toMatch(/^\p{Script=Han}{1,4}-\d{1,4}$/u);
    expect(task.shortTitle.length).toBeLessThanOrEqual(18);
    for (const entry of task.responsibility) expect(entry.units.length).toBeGreaterThan(0);
  }
  const cited = [...issues, ...tasks, ...tasks.flatMap((task) => [...task.milestones, ...task.responsibility])];
  for (const { line } of cited) expect(line >= 1 && line <= count).toBe(true);
}

describe('damaged documents', () => {
  it('are read as far as they go, mutated', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 12 }), (changes) => {
        expectSound(changes.reduce(mutate, notice));
      }),
      { numRuns: 60 },
    );
  });

  it('are read as far as they go, made up of what the rules look for', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 400 }), (words) => expectSound(words.join(''))),
      { numRuns: 400 },
    );
  });

  it('are read as far as they go, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => expectSound(text)),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => expectSound(decodeText(bytes))));
  });
});

describe('long documents', () => {
  it.each([
    ...pieces,
    ' ',
    '县水利局、',
    '（县水利局牵头）',
    '1．施工。\n',
    '\t任务\n',
    '9月底前，',
    '行动计划\n',
    '《云溪县行动计划》',
    '甲和',
    '推进',
    '①施工。\n',
    '（一）施工。（县住建局牵头）\n',
    '附件：1．云溪县任务表\n',
    '附件1 云溪县任务表\n',
    '云溪县行动计划\n1．施工。\n',
    '云溪县重点\n任务分解方案\n',
    '转发关于',
    '注：\n',
    '序号\t任务\t牵头单位\n1\t施工\t县住建局\n\n',
  ])('of nothing but %j are read to their end', (piece) => {
    const repeated = piece.repeat(Math.ceil(20_000 / piece.length));
    expect(readNotice(repeated)).toBeDefined();
    expect(readNotice(aNotice(`1．规范施工。${repeated}（县住建局牵头）`))).toBeDefined();
    expect(readNotice(aNotice(`1．规范施工。公示。（${repeated}牵头）`))).toBeDefined();
  });

  // `npm run accuracy` prints how the time grows.
  it('end, thirty plans in one', () => {
    const body = notice.slice(notice.indexOf('一、总体要求'));
    expect(readNotice(notice + body.repeat(31))).toBeDefined();
  });
});
