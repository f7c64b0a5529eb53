const grades = '(?:绝密|机密|秘密|绝 密|机 密|秘 密)';
const marking = new RegExp(
  [
    `${grades}\\s*[★☆]`, // 机密★1年
    `^\\s*${grades}\\s*(?:[（(]?\\d{1,2}年[)）]?)?\\s*$`, // alone on a line at the head
    `^\\s*(?:内部资料|内部文件|工作秘密|不予公开)\\s*$`,
  ].join('|'),
  'mu',
);
const headLines = 5;

/** A marking of secrecy, as 国家秘密 is marked on its carrier; the words in running text are none. */
export function hasMarking(text: string): boolean {
  if (new RegExp(`${grades}\\s*[★☆]`, 'u').test(text)) return true;
  const head = text.split('\n', headLines).join('\n');
  return marking.test(head);
}
