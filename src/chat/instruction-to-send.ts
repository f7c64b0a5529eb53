import { holds } from '../domain/person.js';
import { fold } from '../language/fold.js';
import type { Context } from '../services/context.js';
import { type Answers, ask } from '../services/question/ask.js';
import { instructionText } from '../services/request/request-notices.js';
import { listWaiting } from '../services/request/waiting-requests.js';
import type { CommandSet } from './load-commands.js';
import type { ReadLine } from './read-line.js';

const named = /^批示 ?第?(\d{1,6})号?[\s,，:：]*(?:可以|同意|)(?:发|发送|发出|下发)[吧了。.!！]*$/u;
const onlySend = /^(?:可以|)(?:发|发送|发出|下发)[吧了。.!！]*$/u;
const shown = 5;

/** 批示1 发, or only 发 one to one where one instruction waits: how a supervisor answers the draft of which the bot told. */
export async function readInstructionToSend(
  ctx: Context,
  line: string,
  { byWord }: CommandSet,
): Promise<ReadLine | null> {
  const urge = byWord.get('urge');
  if (!urge || !holds(ctx.actor, 'supervisor')) return null;
  const said = fold(line).trim();
  const send = (number: number | string): ReadLine => ({
    ...{ kind: 'command', command: urge, rest: `批示${number}`, slashed: false },
  });
  const [, number] = named.exec(said) ?? [];
  if (number !== undefined) return send(number);
  if (!ctx.chat.private || !onlySend.test(said)) return null;
  const waiting = (await listWaiting(ctx)).filter(({ kind }) => kind === 'instruction');
  const [only, ...others] = waiting;
  if (!only || others.length === 0) return only ? send(only.number) : null;
  const some = waiting.slice(-shown);
  const lines = some.map((request) => `${request.number}. ${instructionText(ctx, request)}`);
  const options: Answers = some.map(({ number: one }) => ({ words: [String(one)], say: `/urge 批示${one}` }));
  const text = ['发哪一件批示？请回号数：', ...lines].join('\n');
  const buttons = some.map(({ number: one }) => ({ label: String(one), send: String(one) }));
  return { kind: 'said', reply: await ask(ctx, text, options, buttons), topic: null };
}
