import { fileName } from './file-name.js';
import { keepNote } from './note.js';

/** What evidence (佐证材料) may be, told by its content. */
export const evidenceTypes = {
  jpg: 'picture',
  png: 'picture',
  webp: 'picture',
  heic: 'picture',
  pdf: 'file',
  docx: 'file',
  xlsx: 'file',
  doc: 'file',
  xls: 'file',
} as const;
export type EvidenceType = keyof typeof evidenceTypes;

const megabyte = 1024 * 1024;

/** What one piece may have, and what one report may have of them. */
export const evidenceBounds = {
  fileBytes: 20 * megabyte,
  filesOfReport: 20,
  bytesOfReport: 100 * megabyte,
  /** That one person has sent and nobody has said of where they belong. */
  filesHeld: 40,
};

/** Seals a piece into the history; what the person called it stays outside, so that it can be forgotten. */
export interface SealedEvidence {
  sha256: string;
  type: EvidenceType;
  size: number;
}

/** 2张图片、1个文件 */
export function filesText(kinds: readonly ('picture' | 'file')[]): string {
  const pictures = kinds.filter((kind) => kind === 'picture').length;
  const files = kinds.length - pictures;
  return [pictures > 0 ? `${pictures}张图片` : '', files > 0 ? `${files}个文件` : ''].filter(Boolean).join('、');
}

export const evidenceText = (pieces: readonly { type: EvidenceType }[]): string =>
  filesText(pieces.map(({ type }) => evidenceTypes[type]));

const endingOfName = /\.[\p{L}\p{N}]{1,8}$/u;

/** What the person called it, as it may be kept, with the ending of what it is. */
export function evidenceName(typed: string, type: EvidenceType): string {
  return fileName(keepNote(typed).replace(endingOfName, ''), type);
}

/** 2.1MB */
export function sizeText(bytes: number): string {
  if (bytes >= megabyte) return `${(bytes / megabyte).toFixed(1)}MB`;
  return `${Math.max(1, Math.round(bytes / 1024))}KB`;
}
