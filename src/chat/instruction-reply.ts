import { findTask, unitName } from '../domain/ledger.js';
import type { LocalDate } from '../domain/local-date.js';
import type { Task } from '../domain/task.js';
import { BotError } from '../errors.js';
import { readCodes } from '../language/codes.js';
import { readRange } from '../language/ranges.js';
import { findUnits } from '../language/units.js';
import type { Context } from '../services/context.js';
import { type Instruction, instruct, refuseEmptyInstruction } from '../services/request/instruct.js';
import { instructionText, untilText } from '../services/request/request-notices.js';
import { quoted } from '../services/request/request-words.js';
import { lexiconOf } from './lexicon.js';
import { type Reply, reply } from './message.js';
import { TypedText } from './typed-text.js';

const lead = /^(?:[\s,，:：]|请|让|要求|责成|由|给)*$/;

/** A leader's instruction is kept as a draft that the supervisors send. */
export async function instructionReply(ctx: Context, typed = ''): Promise<Reply> {
  const request = await instruct(ctx, readInstruction(ctx, typed));
  return reply.text(
    `已记为批示（第${request.number}号），转督查室：${instructionText(ctx, request)}。`,
    '督查室核后发出。要撤回发“撤回批示”。',
  );
}

export function previewInstruction(ctx: Context, typed = ''): string {
  const { unit, words, day } = readInstruction(ctx, typed);
  refuseEmptyInstruction(words);
  return `批示，转督查室：请${unitName(ctx.ledger, unit)}${quoted(words)}${untilText(day, ctx.today)}`;
}

/** The unit comes first; the tasks are those whose codes stand in the words. */
function readInstruction(ctx: Context, typed: string): Instruction {
  const lexicon = lexiconOf(ctx);
  const text = new TypedText(typed);
  const [unit] = findUnits(text.folded, lexicon.units);
  if (!unit || !lead.test(text.folded.slice(0, unit.start))) {
    throw new BotError('invalid', '请把单位写在前面，如：/instruct 县水利局 28日前报水-10进展。');
  }
  if (unit.kind === 'ambiguous') {
    const names = unit.ambiguous.map((id) => unitName(ctx.ledger, id)).join('，还是');
    throw new BotError('invalid', `“${unit.text}”是${names}？请写全称。`);
  }
  const codes = readCodes(text.folded.slice(unit.end), lexicon.plans);
  const tasks = codes.flatMap(({ code, year }): Task[] => {
    const task = findTask(ctx.ledger, code, year ?? ctx.plans);
    return task && !task.retired ? [task] : [];
  });
  return { unit: unit.id, tasks, words: text.words(unit.end), day: dayNamed(text.folded.slice(unit.end), ctx.today) };
}

/** 28号之前, 明天; 本周 names no day. */
function dayNamed(words: string, today: LocalDate): LocalDate | null {
  const found = readRange(words, today);
  if (found?.kind !== 'range' || found.range.to < today) return null;
  const { from, to } = found.range;
  return from === to || /前$/u.test(words.slice(found.start, found.end)) ? to : null;
}
