const what = '(?:照片|图片|附件|佐证|材料|截图|扫描件)';
const beside = new RegExp(
  [
    // 附现场照片3张, 见附件, 另附材料
    `(?:附上?|见|另附|后附)(?:了|有)?(?:现场|整改|施工|完工|验收|相关|佐证|证明)*${what}`,
    // 照片随后发, 材料附后, 图片如下
    `${what}(?:附后|见后|如下|后补|另发|(?:随后|稍后|稍候|马上|接着|单独)[补发传报])`,
  ].join('|'),
  'u',
);

/** Whether the words of a report say that pictures or files come with it: 附现场照片, 照片随后发. */
export function announcesFiles(note: string): boolean {
  return beside.test(note.replace(/\s+/gu, ''));
}
