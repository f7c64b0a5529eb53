/**
 * A line of prose, or the text of a table cell, with the line it begins on, counted from 1. In a text file that is the
 * line of the file. In every other format the reader counts paragraphs and cells in reading order, one line each (a
 * cell of several paragraphs has one for each), and `DocumentReading` has the words and the place of every line.
 */
export interface Passage {
  text: string;
  line: number;
}

/** What every format is read into. A table's rows are its cells in order, the header first. */
export type Block =
  | { kind: 'paragraph'; text: string; line: number }
  | { kind: 'table'; rows: Passage[][]; line: number };
