import type { RosterSheet } from '../domain/roster-sheet.js';
import { saidBy } from '../errors.js';
import type { Context } from '../services/context.js';
import { proposeImport, type ReadFile } from '../services/import/propose-import.js';
import type { Answer } from '../services/message/answer-message.js';
import { proposalReply } from './import-reply.js';
import { reply } from './message.js';
import { rosterPreview } from './roster-reply.js';

/** What came of a file before the transaction: its content as read, or why it was not. */
export type HeardFile =
  | { kind: 'read'; file: ReadFile }
  | { kind: 'roster'; fileName: string; sheet: RosterSheet }
  | { kind: 'refused'; say: string };

export async function answerFile(ctx: Context, heard: HeardFile): Promise<Answer> {
  if (heard.kind === 'refused') return { replies: [reply.refusal(heard.say)], commands: [] };
  try {
    if (heard.kind === 'roster') return { replies: [await rosterPreview(ctx, heard)], commands: ['people'] };
    return { replies: [proposalReply(await proposeImport(ctx, heard.file))], commands: ['import'] };
  } catch (error) {
    return { replies: [reply.refusal(saidBy(error))], commands: [] };
  }
}
