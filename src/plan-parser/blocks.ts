/** A line of prose, or the text of a table cell, with the line of the source it begins on. */
export interface Passage {
  text: string;
  line: number;
}

/** What every format is read into. A table's rows are its cells in order, the header first. */
export type Block =
  | { kind: 'paragraph'; text: string; line: number }
  | { kind: 'table'; rows: Passage[][]; line: number };
