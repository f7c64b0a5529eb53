import { expect, it } from 'vitest';

import { announcesFiles } from '../../src/language/announces-files.js';

it.each([
  '三座站已投运，附现场照片3张',
  '管网完成60%，见附件',
  '五镇投运，另附验收材料',
  '已验收，照片随后发',
  '台账已建 材料 附后',
  '整改完成，图片如下',
])('%s', (note) => {
  expect(announcesFiles(note)).toBe(true);
});

it.each([
  '附近三个村管网已通',
  '制作宣传图片500张',
  '附表4全部完成',
  '申报材料已报省厅',
  '材料已备齐，待开工',
  '见到成效',
])('%s announces nothing', (note) => {
  expect(announcesFiles(note)).toBe(false);
});
