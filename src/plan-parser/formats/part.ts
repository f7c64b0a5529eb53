import type { IssueCode } from '../issues.js';

/** A table cell as a format stores it; a merged one covers several rows or columns of the grid. */
export interface Cell {
  /** Its paragraphs are parted by line feeds. */
  text: string;
  /** Where a person finds it: 表2第4行第3列, Sheet1!B7. */
  place: string;
  across?: number;
  down?: number;
}

/** A cell of a table whose merged cells have been laid out. */
export interface TableCell {
  text: string;
  place: string;
  /** The merged cell above, which holds for this row too. */
  repeats?: TableCell;
}

export interface Doubt {
  code: IssueCode;
  detail?: string;
}

export interface Paragraph {
  kind: 'paragraph';
  text: string;
  place: string;
  doubts?: Doubt[];
}

/** What a reader of one format hands over, in reading order and not yet counted. */
export type Part = Paragraph | { kind: 'table'; rows: TableCell[][]; place: string; doubts?: Doubt[] };

export interface DocumentParts {
  parts: Part[];
  /** Lines of page headers, footers and watermarks, where a marking of secrecy may stand; read for nothing else. */
  margins: string[];
}
