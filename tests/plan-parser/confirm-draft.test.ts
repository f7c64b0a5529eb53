import { describe, expect, it } from 'vitest';

import { confirmations, confirmDraft } from '../../src/domain/confirm-draft.js';
import { readNotice } from '../../src/plan-parser/read-notice.js';
import { aNotice } from './a-notice.js';

const header = '附件\n云溪县噪声污染防治措施表\n序号\t主要任务\t完成时限\t工作措施\t牵头单位';
const notice = aNotice(
  '1．规范工地夜间施工。夜间施工应当公示。（县住建局牵头）',
  '2．整治广场舞噪声。划定活动时段。（县公安局牵头）',
  header,
  '1\t工地夜间施工\t2024年9月底前\t规范工地夜间施工，夜间施工应当公示。\t县住建局',
);
const draft = readNotice(notice);
const confirm = (confirmed: unknown) => confirmDraft(draft, confirmations.parse(confirmed));
const taskOf = (code: string, confirmed: unknown) =>
  confirm(confirmed).plans[0]?.tasks.find((task) => task.code === code);

describe('confirming a draft', () => {
  it('keeps what was proposed where nothing is said', () => {
    expect(confirm({})).toEqual(draft);
    expect(taskOf('声附-1', {})).toMatchObject({ partOf: '声-1' });
  });

  it('takes the link and the short title that a person chose', () => {
    const confirmed = { links: { '声附-1': '声-2' }, shortTitles: { '声-1': '夜间施工' } };
    expect(taskOf('声附-1', confirmed)).toMatchObject({ partOf: '声-2', partOfReason: '人工确认' });
    expect(taskOf('声-1', confirmed)).toMatchObject({ shortTitle: '夜间施工' });
  });

  it('lets a row stand alone', () => {
    expect(taskOf('声附-1', { links: { '声附-1': null } })).toMatchObject({ partOf: null, partOfReason: null });
  });

  it.each([
    ['a row that is not there', { links: { '声附-9': '声-1' } }, '声附-9'],
    ['a task that is not there', { links: { '声附-1': '声-9' } }, '声-9'],
    ['a short title for nothing', { shortTitles: { '水-1': '节水' } }, '水-1'],
    ['a body task as a row', { links: { '声-1': '声-2' } }, '声-1'],
    ['a row as the whole', { links: { '声附-1': '声附-1' } }, '声附-1'],
  ])('refuses %s and names it', (_, confirmed, code) => {
    expect(() => confirm(confirmed)).toThrow(code);
  });
});
