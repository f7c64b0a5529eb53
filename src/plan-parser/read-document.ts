import type { ImportIssue, NoticeDraft } from '../domain/plan-draft.js';
import { documentMarking } from '../domain/secrecy.js';
import type { Block, Passage } from './blocks.js';
import { DocumentRefusal } from './document-refusal.js';
import { refuseLargeFile, refuseManyCharacters } from './formats/bounds.js';
import { readDoc } from './formats/doc/read-doc.js';
import { readDocx } from './formats/docx/read-docx.js';
import { readHtml } from './formats/html/read-html.js';
import { officeKind } from './formats/office-kind.js';
import type { DocumentParts } from './formats/part.js';
import { readPdf } from './formats/pdf/read-pdf.js';
import { type DocumentFormat, sniff } from './formats/sniff.js';
import { decodeText } from './formats/text.js';
import { readText } from './formats/text-blocks.js';
import { type DocumentLine, type Transcript, transcribe } from './formats/transcript.js';
import { readXlsx } from './formats/xlsx/read-xlsx.js';
import { Zip } from './formats/zip.js';
import { issue } from './issues.js';
import { type ReadingSettings, readBlocks } from './read-notice.js';
import { foldScript, isTraditional, isTraditionalPassage } from './text/fold-script.js';

export interface DocumentReading {
  format: DocumentFormat;
  draft: NoticeDraft;
  /** The document as it was written; `line` of every fact and issue counts its lines from 1. */
  text: string;
  /** Where a person finds each line: 第3段, 表2第4行第3列, Sheet1!B7; in a text file 第3行. */
  places: string[];
}

/**
 * Reads a file as it was sent. The content tells the format, the name only where the content leaves it open. Throws a
 * `DocumentRefusal`, and nothing else, where the file cannot or may not be read.
 */
export async function readDocument(
  bytes: Uint8Array,
  fileName = '',
  settings: ReadingSettings = {},
): Promise<DocumentReading> {
  refuseLargeFile(bytes.length);
  if (bytes.length === 0) throw new DocumentRefusal('empty');
  const { format, transcript, margins } = await open(bytes, fileName);
  refuseMarked(transcript.lines, margins);
  const { blocks, issues } = inSimplified(transcript);
  if (blocks.length === 0) throw new DocumentRefusal('empty');
  return {
    format,
    draft: readBlocks(blocks, { ...settings, fileName, doubts: [...issues, ...(settings.doubts ?? [])] }),
    text: transcript.lines.map((line) => line.text).join('\n'),
    places: transcript.lines.map((line) => line.place),
  };
}

interface Opened {
  format: DocumentFormat;
  transcript: Transcript;
  margins: readonly string[];
}

/** Whatever goes wrong in a reader of a format is the file's fault: it was not what its kind promises. */
async function open(bytes: Uint8Array, fileName: string): Promise<Opened> {
  try {
    const container = sniff(bytes, fileName);
    if (container === 'txt') return { format: 'txt', transcript: readTextFile(bytes), margins: [] };
    const { format, parts, margins } = await openParts(container, bytes);
    return { format, transcript: transcribe(parts), margins };
  } catch (cause) {
    throw cause instanceof DocumentRefusal ? cause : new DocumentRefusal('corrupt', '', { cause });
  }
}

async function openParts(
  container: 'zip' | 'compound' | 'pdf' | 'html',
  bytes: Uint8Array,
): Promise<DocumentParts & { format: DocumentFormat }> {
  switch (container) {
    case 'zip': {
      const zip = await Zip.open(bytes);
      const { kind, main } = await officeKind(zip);
      return { format: kind, ...(kind === 'docx' ? await readDocx(zip, main) : await readXlsx(zip, main)) };
    }
    case 'compound':
      return { format: 'doc', ...readDoc(bytes) };
    case 'pdf':
      return { format: 'pdf', ...(await readPdf(bytes)) };
    case 'html':
      return { format: 'html', ...readHtml(bytes) };
  }
}

/** Control characters, or what no encoding explains: no text at all. */
const unreadable = /[^\P{Cc}\t\n\v\f\r\x7f-\x9f]|\uFFFD/gu;
const mostUnreadable = 0.01;

function readTextFile(bytes: Uint8Array): Transcript {
  const text = decodeText(bytes);
  refuseManyCharacters(text.length);
  const odd = text.match(unreadable)?.length ?? 0;
  if (odd > 2 && odd > text.length * mostUnreadable) throw new DocumentRefusal('unknown-format');
  return readText(text);
}

/**
 * What marks a file as secret or internal, as written, or `null`. Throws a `DocumentRefusal`, and nothing else, where it cannot
 * be read.
 */
export async function markingIn(bytes: Uint8Array, fileName: string): Promise<string | null> {
  refuseLargeFile(bytes.length);
  const { transcript, margins } = await open(bytes, fileName);
  return markingOf(transcript.lines, margins);
}

function refuseMarked(lines: readonly DocumentLine[], margins: readonly string[]): void {
  const marking = markingOf(lines, margins);
  if (marking !== null) throw new DocumentRefusal('secret', marking);
}

/** Looks at every line as it came, those that are no part of the document too. A cell begins with a tab. */
function markingOf(lines: readonly DocumentLine[], margins: readonly string[]): string | null {
  const texts = lines.map((line) => line.text);
  const isCell = (text: string) => text.includes('\t');
  return documentMarking({
    paragraphs: texts.filter((text) => !isCell(text)),
    cells: texts.filter(isCell),
    head: texts,
    margins,
  });
}

/** What is written in traditional characters is read in simplified ones, row by row; the lines stay as written. */
function inSimplified({ blocks, issues }: Transcript): { blocks: Block[]; issues: ImportIssue[] } {
  const passagesOf = (block: Block) => (block.kind === 'paragraph' ? [block] : block.rows.flat());
  const whole = isTraditional(
    blocks
      .flatMap(passagesOf)
      .map((passage) => passage.text)
      .join(''),
  );
  let first: Passage | null = null;
  const fold = (passages: Passage[]): Passage[] => {
    const written = passages.find(({ text }) => isTraditionalPassage(text)) ?? (whole ? passages[0] : undefined);
    if (!written) return passages;
    first ??= written;
    return passages.map(({ text, line }) => ({ text: foldScript(text), line }));
  };
  const folded = blocks.map((block): Block => {
    if (block.kind === 'table') return { ...block, rows: block.rows.map(fold) };
    const [passage = block] = fold([block]);
    return { kind: 'paragraph', text: passage.text, line: passage.line };
  });
  if (!first) return { blocks, issues };
  return { blocks: folded, issues: [issue('script-folded', first), ...issues] };
}
