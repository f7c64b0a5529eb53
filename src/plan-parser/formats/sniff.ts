import { DocumentRefusal } from '../document-refusal.js';

export type DocumentFormat = 'txt' | 'docx' | 'doc' | 'html' | 'xlsx' | 'pdf';

/** What a file is by its first bytes; `zip` and `compound` hold one of several kinds. */
export type Container = 'zip' | 'compound' | 'pdf' | 'html' | 'txt';

const ascii = (text: string) => [...text].map((char) => char.charCodeAt(0));

const images: number[][] = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  ascii('GIF8'),
  [0x49, 0x49, 0x2a, 0x00], // TIFF
  [0x4d, 0x4d, 0x00, 0x2a],
];
const archives: number[][] = [ascii('Rar!'), [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], [0x1f, 0x8b]];

const namedFormats: Record<string, string> = {
  wps: ' .wps 文件',
  et: ' .et 文件',
  ofd: ' .ofd 文件',
  xls: ' .xls 文件',
  rtf: ' .rtf 文件',
  ppt: '演示文稿',
  pptx: '演示文稿',
  dps: '演示文稿',
};

const startsWith = (bytes: Uint8Array, signature: number[]) => signature.every((byte, at) => bytes[at] === byte);
const headBytes = 4096;

/** Programs save a bitmap or a web picture with lengths between the letters that name it. */
function isOtherImage(bytes: Uint8Array, head: string): boolean {
  const bitmap = head.startsWith('BM') && bytes[6] === 0 && bytes[7] === 0 && bytes[8] === 0 && bytes[9] === 0;
  return bitmap || /^RIFF[\s\S]{4}WEBP/.test(head) || /^[\s\S]{4}ftyp(?:heic|heix|mif1|avif)/.test(head);
}

const htmlHead =
  /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[\s\S]{0,1000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title)\b/i;
const htmlTags = /<(?:p|div|table|span|br|td|meta|body)\b[^<>]{0,500}>/gi;

function looksLikeHtml(head: string, name: string): boolean {
  if (htmlHead.test(head)) return true;
  const tags = head.match(htmlTags)?.length ?? 0;
  return tags >= 3 || (tags > 0 && /\.s?html?$/i.test(name));
}

/** Looks at the content first, since names mislead: web pages are sent as .doc, Word documents as .txt. */
export function sniff(bytes: Uint8Array, name: string): Container {
  const extension = /\.([a-z]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, headBytes));
  if (images.some((signature) => startsWith(bytes, signature)) || isOtherImage(bytes, head)) {
    throw new DocumentRefusal('image');
  }
  if (archives.some((signature) => startsWith(bytes, signature))) throw new DocumentRefusal('archive');
  if (/^\s{0,9}\{\\rtf/.test(head)) throw new DocumentRefusal('unsupported', namedFormats.rtf);
  if (startsWith(bytes, [0x50, 0x4b, 3, 4]) || startsWith(bytes, [0x50, 0x4b, 5, 6])) return 'zip';
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) {
    if (extension in namedFormats) throw new DocumentRefusal('unsupported', namedFormats[extension]);
    return 'compound';
  }
  if (head.slice(0, 1024).includes('%PDF-')) return 'pdf';
  if (/^MIME-Version:|<\?mso-application/im.test(head)) throw new DocumentRefusal('unsupported', '这种网页文件');
  const readable =
    startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]) ? head.replaceAll('\0', '') : head;
  return looksLikeHtml(readable.replace(/^(?:ï»¿|ÿþ|þÿ)/, ''), name) ? 'html' : 'txt';
}
