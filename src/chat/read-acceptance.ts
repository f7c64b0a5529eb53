import { keepNote } from '../domain/note.js';
import { readVerification } from '../language/stated-facts.js';
import type { Acceptance } from '../services/duty/accept-report.js';

/** 资料核查，台账齐全: the words, and how it was verified. */
export function readAcceptance(typed = ''): Acceptance {
  const note = keepNote(typed);
  return { note, verified: readVerification(note) };
}
