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

/** 机密★1年, with any spacing; the star stands nowhere but in a marking. */
const starred = /[绝絕机機秘]密(?:[★☆](?:\d{1,2}(?:年|个月)|长期|解密前)?|[*＊]\d{1,2}(?:年|个月))/;
/** 机密, 秘密（3年）, alone on a line. */
const bareGrade = /^[【[(]?[绝絕机機秘]密(?:[(·•:]?(?:\d{1,2}(?:年|个月)|长期)\)?)?[\]】)]?$/;
const internal =
  /^[【[(]?(?:内部(?:资料|文件|材料|使用|刊物|掌握)|工作秘密)(?:[,、。;:·•-]*(?:注意|严禁|请勿|不得|妥善|禁止|仅供).{0,12})?[\]】)]?$/;
const notPublic = /^[【[(]?不予公开[\]】)]?$/;
const saidNotPublic =
  /^[【[(]?(?:(?:信息)?公开(?:方式|属性|类别|类型|选项|形式|范围):(?:不予公开|不公开)|[此本]件不(?:予)?公开)。?[\]】)]?$/;
const headOfDocument = 15;
const longestMarking = 24;

/** A marking is set apart: its words are a whole line, whatever the spaces between them. */
function markingIn(line: string, forms: RegExp[]): string | null {
  if (line.length > 4 * longestMarking) return null;
  const bare = line.normalize('NFKC').replace(/\s/g, '');
  if (bare.length > longestMarking) return null;
  return forms.map((form) => form.exec(bare)?.[0]).find((found) => found !== undefined) ?? null;
}

export interface MarkedLines {
  paragraphs: readonly string[];
  /** The cells of its tables; 不予公开 in one of them says something about a task. */
  cells: readonly string[];
  /** The lines at its beginning, of either kind. */
  head: readonly string[];
  /** Page headers, footers and watermarks. */
  margins: readonly string[];
}

/**
 * What marks a document as secret or internal, as written, or `null`. 保守国家秘密法 and 商业秘密 in running text mark
 * nothing.
 */
export function documentMarking({ paragraphs, cells, head, margins }: MarkedLines): string | null {
  const apart = [...margins, ...head.filter((line) => line.trim() !== '').slice(0, headOfDocument)];
  for (const line of apart) {
    const found = markingIn(line, [bareGrade, internal, notPublic]);
    if (found) return found;
  }
  for (const line of [...margins, ...paragraphs]) {
    const found = markingIn(line, [saidNotPublic]);
    if (found) return found;
  }
  for (const line of [...margins, ...paragraphs, ...cells]) {
    const found = starred.exec(line.replace(/\s/g, ''))?.[0];
    if (found) return found;
  }
  return null;
}
