import type { EvidenceType } from '../domain/evidence.js';
import { onOneLine } from '../domain/note.js';
import { shorten } from '../domain/wording.js';
import { DocumentRefusal, type RefusalCode } from '../plan-parser/document-refusal.js';
import { CompoundFile } from '../plan-parser/formats/doc/compound-file.js';
import { officeKind } from '../plan-parser/formats/office-kind.js';
import { Zip } from '../plan-parser/formats/zip.js';
import { markingIn } from '../plan-parser/read-document.js';

/** What a file is, or why it is not kept; `say` is for the person who sent it. */
export type Checked = { kind: 'fit'; type: EvidenceType } | { kind: 'unfit'; say: string };

const nameShown = 30;

export function unfit(name: string, why: string): Checked {
  return { kind: 'unfit', say: `“${shorten(onOneLine(name), nameShown)}”没有收：${why}` };
}

const otherKind = '只收图片（jpg、png、webp、heic）、PDF 和 Word、Excel 文件。';

/** What may be a plan, sent by somebody who does not import, is told who does. */
export function otherwise(name: string): Checked {
  return unfit(name, /\.(?:txt|html?)$/iu.test(name) ? `${otherKind}计划文件由管理员或督查室导入。` : otherKind);
}

const begins = (bytes: Uint8Array, ...signature: number[]) => signature.every((byte, at) => bytes[at] === byte);
const ascii = (bytes: Uint8Array, from: number, to: number) =>
  new TextDecoder('latin1').decode(bytes.subarray(from, to));
/** Brands of HEIF whose pictures are HEVC, and the two that leave it open. */
const heifBrands = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']);

/** By the first bytes, whatever the name says; `null` where it is no picture that is kept. */
export function pictureType(bytes: Uint8Array): EvidenceType | null {
  if (begins(bytes, 0xff, 0xd8, 0xff)) return 'jpg';
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (ascii(bytes, 4, 8) === 'ftyp' && heifBrands.has(ascii(bytes, 8, 12))) return 'heic';
  return null;
}

/** What may be a document, by its first bytes. */
export function documentContainer(bytes: Uint8Array): 'pdf' | 'zip' | 'compound' | null {
  if (ascii(bytes, 0, 5) === '%PDF-') return 'pdf';
  if (begins(bytes, 0x50, 0x4b, 3, 4)) return 'zip';
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'compound';
  return null;
}

/** Of which documents the words can be looked through for a marking. */
const readable: ReadonlySet<EvidenceType> = new Set(['pdf', 'docx', 'xlsx', 'doc']);

const whyNot: Partial<Record<RefusalCode, string>> = {
  encrypted: '设有打开密码。请取消密码后再发。',
  'too-large': '解开后过大。请拆成几份再发。',
  corrupt: '打不开。请在电脑上打开确认，另存一份再发。',
};
/** A document whose words cannot be had, as a scan, shows something all the same. */
const wordless: ReadonlySet<RefusalCode> = new Set(['empty', 'scanned', 'unreadable-text']);
const macros = '带有宏。请另存为不带宏的文件或 PDF 再发。';

/** Looks into a document: what it is, and that it is neither marked as secret nor a program. Takes time: not on the main thread. */
export async function checkDocument(bytes: Uint8Array, name: string): Promise<Checked> {
  let found: EvidenceType | 'macros' | null = null;
  try {
    found = await documentType(bytes);
    if (found === null) return otherwise(name);
    if (found === 'macros') return unfit(name, macros);
    const marking = readable.has(found) ? await markingIn(bytes, `evidence.${found}`) : null;
    if (marking === null) return { kind: 'fit', type: found };
    return unfit(name, '看到密级或内部标志，内容没有保存。涉密和内部文件请按规定另行办理。');
  } catch (error) {
    if (!(error instanceof DocumentRefusal)) throw error;
    if (found !== null && found !== 'macros' && wordless.has(error.code)) return { kind: 'fit', type: found };
    const why = whyNot[error.code];
    return why === undefined ? otherwise(name) : unfit(name, why);
  }
}

async function documentType(bytes: Uint8Array): Promise<EvidenceType | 'macros' | null> {
  switch (documentContainer(bytes)) {
    case 'pdf':
      return 'pdf';
    case 'zip': {
      const zip = await Zip.open(bytes);
      const { kind } = await officeKind(zip);
      return zip.names().some((part) => /(?:^|\/)vbaProject\.bin$/iu.test(part)) ? 'macros' : kind;
    }
    case 'compound': {
      const file = new CompoundFile(bytes);
      if (file.has('EncryptedPackage')) throw new DocumentRefusal('encrypted');
      if (file.hasStorage('Macros') || file.hasStorage('_VBA_PROJECT_CUR')) return 'macros';
      if (file.has('WordDocument')) return 'doc';
      return file.has('Workbook') || file.has('Book') ? 'xls' : null;
    }
    case null:
      return null;
  }
}
