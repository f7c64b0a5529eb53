import { roleNames } from '../domain/responsibility.js';
import { BotError } from '../errors.js';
import type { CodeMention } from '../language/codes.js';
import { readCodes } from '../language/codes.js';
import { fold } from '../language/fold.js';
import { typedCode } from '../language/sentence/find-intent.js';
import { noRequest, type Request } from '../language/sentence/request.js';
import type { AskedTopic } from '../services/question/topic.js';
import { plainText, type Reply } from './message.js';
import { type Reading, readArguments } from './read-arguments.js';
import type { Line } from './read-line.js';

/** Those that one goes on asking about. */
const asking = new Set(['who', 'due', 'task', 'list', 'search', 'ask', 'status', 'missing', 'history', 'why']);
const mostShown = 20;

/** What 「那配合单位呢」 and 「第二个」 would be about after this message. */
export function topicAfter(lines: readonly Line[], replies: readonly Reply[], reading: Reading): AskedTopic | null {
  const last = lines.at(-1)?.read;
  if (last?.kind === 'said') return last.topic;
  if (last?.kind !== 'command' || !asking.has(last.command.name)) return null;
  const request = requestOf(last.command.name, last, reading);
  return request && { request: { ...request, codes: [...request.codes] }, shown: shownIn(replies, reading) };
}

type Command = Extract<Line['read'], { kind: 'command' }>;

/** The arguments as they were read, whichever way they were typed. */
function requestOf(name: string, { command, rest }: Command, reading: Reading): Request | null {
  try {
    const args = readArguments(command, rest, reading);
    const text = (key: string) => (typeof args[key] === 'string' ? args[key] : null);
    const unit = text('unit');
    const role = text('role');
    return {
      ...noRequest,
      command: name,
      codes: ((args.tasks ?? []) as CodeMention[]).map(typedCode),
      range: rangeIn(args.range),
      unit: unit === null ? null : (reading.lexicon.units.names.get(unit as never) ?? null),
      plan: text('plan'),
      role: role === null ? null : (roleNames[role as keyof typeof roleNames] ?? null),
      words: text('words') ?? text('keyword') ?? text('question') ?? '',
    };
  } catch (error) {
    if (error instanceof BotError) return null;
    throw error;
  }
}

const rangeIn = (range: unknown): string | null =>
  typeof range === 'object' && range !== null && 'label' in range ? String(range.label) : null;

/** The code that begins each line of the answer, in their order. */
function shownIn(replies: readonly Reply[], { lexicon }: Reading): string[] {
  const lines = replies.flatMap((said) => plainText(said).split('\n'));
  const codes = lines.flatMap((line) => {
    const bare = fold(line.replace(/^\s*(?:\d{1,2}\.\s*)?/u, '').slice(0, 12));
    const [first] = readCodes(bare, lexicon.plans);
    return first?.start === 0 ? [typedCode(first)] : [];
  });
  return [...new Set(codes)].slice(0, mostShown);
}
