import { tellsSomething } from '../domain/note.js';
import { readCodes } from '../language/codes.js';
import { fold } from '../language/fold.js';
import { askForWords } from '../services/question/ask.js';
import { getTask } from '../services/task/get-task.js';
import { kindRead } from './arguments.js';
import { type Asked, askingSentence } from './asked-words.js';
import type { Reply } from './message.js';
import { codeText } from './quoted-code.js';
import { readArguments } from './read-arguments.js';
import type { Talk, Typed } from './run-command.js';

const longest = 200;

/** Asks for the words without which a command is not run, those of `asked` once more. `null` where there are none to ask for. */
export async function askWords(talk: Talk, typed: Typed, asked: Asked | null): Promise<Reply | null> {
  const { ctx } = talk;
  const { asks, name } = typed.command;
  const rest = asked?.command === typed.command ? asked.rest : withoutWords(talk, typed);
  if (asks === null || ctx.actor.person === null || [...rest].length > longest) return null;
  const where = ctx.chat.private ? '' : '在群里回复要@我；';
  const text = [`${subjectOf(talk, rest)}：${askingSentence(asks)}`, `${where}10分钟内有效，不用了回“取消”。`];
  return askForWords(ctx, text.join('\n'), `/${name} ${rest}`);
}

/** 气-7 of 气-7 完成了. */
function withoutWords({ reading }: Talk, { command, rest }: Typed): string {
  const args = readArguments(command, rest, reading);
  const words = Object.entries(command.args.shape).find(([, schema]) => kindRead(schema) === 'words')?.[0];
  const typed = words === undefined ? undefined : args[words];
  const isEmpty = typeof typed === 'string' && !tellsSomething(typed) && rest.endsWith(typed);
  return (isEmpty ? rest.slice(0, rest.length - typed.length) : rest).replace(/[\s，,、：:；;。.!！]+$/u, '');
}

/** 气-7 供热（供汽）企业排查整治, or what is typed where it is more than a code. */
function subjectOf({ ctx, reading }: Talk, rest: string): string {
  const [mention, ...others] = readCodes(fold(rest), reading.lexicon.plans);
  if (!mention || others.length > 0 || mention.through !== null) return rest;
  const isAll = mention.start === 0 && mention.end === fold(rest).length;
  return isAll ? `${codeText(mention)} ${getTask(ctx, mention).shortTitle}` : rest;
}
