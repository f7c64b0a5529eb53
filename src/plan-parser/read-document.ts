import type { NoticeDraft } from '../domain/plan-draft.js';
import { decodeText } from './formats/text.js';
import { readNotice } from './read-notice.js';

export interface DocumentReading {
  draft: NoticeDraft;
}

/** Reads a document of any known format. */
export async function readDocument(bytes: Uint8Array, _fileName: string): Promise<DocumentReading> {
  return { draft: readNotice(decodeText(bytes)) };
}
