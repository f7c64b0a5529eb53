import { BotError } from '../errors.js';
import type { Context } from '../services/context.js';
import { proposeImport, type ReadFile } from '../services/import/propose-import.js';
import type { Answer } from '../services/message/answer-message.js';
import { proposalReply } from './import-reply.js';
import { reply } from './message.js';

/** What came of a file before the transaction: its content as read, or why it was not. */
export type HeardFile = { kind: 'read'; file: ReadFile } | { kind: 'refused'; say: string };

export async function answerFile(ctx: Context, heard: HeardFile): Promise<Answer> {
  if (heard.kind === 'refused') return { replies: [reply.refusal(heard.say)], commands: [] };
  try {
    return { replies: [proposalReply(await proposeImport(ctx, heard.file))], commands: ['import'] };
  } catch (error) {
    if (error instanceof BotError) return { replies: [reply.refusal(error.say)], commands: [] };
    throw error;
  }
}
