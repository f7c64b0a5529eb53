import { decides, wholeOf } from '../domain/ledger.js';
import { reportsFor } from '../domain/person.js';
import { isOnlyStanding } from '../domain/report-choice.js';
import type { Task } from '../domain/task.js';
import type { UnitId } from '../domain/unit.js';
import type { Context } from '../services/context.js';
import { type Answers, ask } from '../services/question/ask.js';
import { codeToType } from '../services/task/code-to-type.js';
import type { CommandSet } from './load-commands.js';
import type { ReadLine } from './read-line.js';

const note = '本期无新增，保持清零';
const shown = 5;

/** 散乱污我们镇没有 of the unit whose standing work it is: that there is nothing new. Of several pieces of work the person says which. */
export async function nothingNewLine(ctx: Context, about: string, { byWord }: CommandSet): Promise<ReadLine | null> {
  const command = byWord.get('done');
  const unit = reportsFor(ctx.actor);
  if (!command || unit === null) return null;
  const works = standingWorks(ctx, unit, about);
  const [only, ...others] = works;
  if (!only) return null;
  const codes = works.slice(0, shown).map((task) => codeToType(ctx, task));
  if (others.length === 0) return { kind: 'command', command, rest: `${codes[0]} ${note}`, slashed: false };
  const lines = works.slice(0, shown).map((task, index) => `${index + 1}. ${task.code} ${task.shortTitle}`);
  const options: Answers = codes.map((code, index) => ({
    words: [String(index + 1), code],
    say: `/${command.name} ${code} ${note}`,
  }));
  const text = [`“${about}”是哪一项${note}？请回序号：`, ...lines].join('\n');
  const buttons = codes.map((_, index) => ({ label: String(index + 1), send: String(index + 1) }));
  return { kind: 'said', reply: await ask(ctx, text, options, buttons), topic: null };
}

function standingWorks({ ledger, plans, today, startOn }: Context, unit: UnitId, about: string): Task[] {
  const own = ledger.tasks.filter(
    (task) =>
      !task.retired &&
      plans.some(({ prefix, year }) => prefix === task.prefix && year === task.year) &&
      decides(ledger, task, unit) &&
      `${task.title} ${task.text}`.includes(about) &&
      isOnlyStanding(ledger, wholeOf(ledger, task), unit, today, startOn),
  );
  return [...new Set(own.map((task) => wholeOf(ledger, task)))];
}
