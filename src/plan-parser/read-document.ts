import type { NoticeDraft } from '../domain/plan-draft.js';
import { decodeText } from './formats/text.js';
import { readNotice } from './read-notice.js';

export interface DocumentReading {
  draft: NoticeDraft;
  /** The document as text, its lines counted as the draft's. */
  text: string;
}

/** Reads a document of any known format. */
export async function readDocument(bytes: Uint8Array, _fileName: string): Promise<DocumentReading> {
  const text = decodeText(bytes);
  return { draft: readNotice(text), text };
}
