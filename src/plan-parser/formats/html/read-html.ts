import { isFurniture } from '../furniture.js';
import type { DocumentParts, Part } from '../part.js';
import { decodeHtml } from './charset.js';
import { type Element, elementsIn, parseHtml, textIn } from './html-tree.js';
import { findMain, isFurnished, pageTitle, weigh } from './main-content.js';
import { PageReader } from './page-reader.js';

const bare = (text: string) => text.replace(/\s/g, '');

/** Lines of the whole page, where a marking may stand outside the article. */
function marginsOf(root: Element): string[] {
  const lines = elementsIn(root).flatMap((element) =>
    element.children.every((child) => typeof child === 'string') ? [textIn(element).trim()] : [],
  );
  return lines.filter((line) => line !== '' && line.length <= 100);
}

const metadata = ['索引号', '主题分类', '发文机关', '发布机构', '成文日期', '发文字号', '发布日期', '标题', '有效性'];

/** The data that a site sets before a document, laid out as a table: 索引号 | … | 主题分类 | …. */
function asMetadata(part: Part): Part[] {
  if (part.kind === 'paragraph') return [part];
  const texts = part.rows.flat().map((cell) => bare(cell.text).replace(/[:：].*$/, ''));
  if (metadata.filter((label) => texts.includes(label)).length < 2) return [part];
  return part.rows.map((row): Part => {
    const text = row.map((cell) =>
      cell.text.replace(/[:：]?$/, (end) => (metadata.includes(bare(cell.text)) ? '：' : end)),
    );
    return { kind: 'paragraph', text: text.join(''), place: part.place };
  });
}

/** The day that the data of the page give for the document, which stand beside the article on many sites. */
const madeOn = /(?:成文|生成|印发|发文)日期[：:]20\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?/;

/** Reads the article of a page and leaves out what the site puts around it. */
export function readHtml(bytes: Uint8Array): DocumentParts {
  const root = parseHtml(decodeHtml(bytes));
  const weights = weigh(root);
  const main = findMain(root, weights);
  const whole = weights.get(main) ?? 0;
  const reader = new PageReader((element) => isFurnished(element, weights, whole));
  const read = reader.read(main).flatMap(asMetadata);

  const title = pageTitle(root);
  const head = [
    { text: madeOn.exec(bare(textIn(root)))?.[0] ?? '', place: '网页信息' },
    { text: title, place: '网页标题' },
  ];
  const known = read.map((part) => (part.kind === 'paragraph' ? bare(part.text) : ''));
  const added = head
    .filter(({ text }) => text !== '' && !known.some((line) => line.includes(bare(text))))
    .map(({ text, place }): Part => ({ kind: 'paragraph', text, place }));
  const parts = read.filter((part) => part.kind === 'table' || !isFurniture(part.text));
  return { parts: [...added, ...parts], margins: marginsOf(root) };
}
