import { named, typedCode, unitOf } from './find-intent.js';
import { noRequest, type Request } from './request.js';
import type { Sentence } from './sentence.js';
import type { SentenceWords } from './sentence-words.js';

/** What was asked last, and the codes of the answer in their order: 「那配合单位呢」 and 「第二个」 are about it. */
export interface Topic {
  request: Request;
  shown: readonly string[];
}

const ordinal = /^(?:那|就|看|要|选|我选|是)*第?([一二三四五六七八九十]|\d{1,2})[个条项]?(?:的|呢|吧)*$/u;
const ordinalIn = /第([一二三四五六七八九十]|\d{1,2})[个条项]/u;
const digits = '零一二三四五六七八九十';

/** Whether it counts on the answer before: 第二个, 2. */
export const counts = (text: string): boolean => ordinal.test(text) || ordinalIn.test(text);

/** Whether it may mean something else after the question before: 第二个, 那水8呢. */
export const pointsBack = (text: string): boolean => counts(text) || /呢[\s?？。]*$/u.test(text);

/** Of a task that is chosen from their answer they are asked again; of others all is shown. */
const keeps = new Set(['who', 'due', 'why', 'history']);

/** What a sentence means that names too little by itself, after what was asked before it; `null` where it still means nothing. */
export function followUp(sentence: Sentence, topic: Topic, words: SentenceWords): Request | null {
  const { content, parts, meanings } = sentence;
  const chosen = chosenFrom(sentence, topic);
  if (chosen !== null) {
    const asked = withCode(sentence, chosen, words);
    return (
      asked ?? {
        ...noRequest,
        command: keeps.has(topic.request.command) ? topic.request.command : 'task',
        codes: [chosen],
      }
    );
  }
  if (content.length > 0) return null;
  const code = onlyCode(topic);
  if (!parts.has('codes') && !parts.has('unit') && !parts.has('range') && !parts.has('plan') && meanings.size > 0) {
    const role = named(sentence, words.intents.role);
    if (topic.request.command === 'list' && role !== null && code === null) return { ...topic.request, role };
    return code === null ? null : withCode(sentence, code, words);
  }
  return changed(sentence, topic, words);
}

/** The same question with another code, unit, time or plan. */
function changed(sentence: Sentence, { request }: Topic, words: SentenceWords): Request | null {
  const { parts, codes, range, plan } = sentence;
  const role = named(sentence, words.intents.role);
  if ([...parts].filter((part) => part !== 'own').length + Number(parts.has('own')) !== 1) return null;
  if (parts.has('codes')) {
    const [first] = codes;
    if (!first || request.command === 'list' || request.codes.length === 0) return null;
    return { ...request, codes: codes.map(typedCode), words: request.command === 'ask' ? request.words : '' };
  }
  if (parts.has('range'))
    return request.command === 'due' && range ? { ...request, codes: [], range: range.typed } : null;
  const byUnit = ['due', 'list', 'status', 'missing'].includes(request.command) && request.codes.length === 0;
  if (!byUnit) return null;
  if (parts.has('plan')) return { ...request, plan: plan?.prefix ?? null };
  return { ...request, unit: unitOf(sentence), ...(role === null ? {} : { role }) };
}

/** Reads it as if it had named the code. */
function withCode(sentence: Sentence, code: string, words: SentenceWords): Request | null {
  const { meanings } = sentence;
  const follow = Object.values(words.intents.follow).find(({ tags }) => tags.some((tag) => meanings.has(tag)));
  return follow
    ? { ...noRequest, command: follow.command, codes: [code], words: follow.command === 'ask' ? sentence.text : '' }
    : null;
}

function onlyCode({ request, shown }: Topic): string | null {
  const [code, ...others] = request.codes;
  if (code !== undefined) return others.length === 0 ? code : null;
  const [found, ...more] = shown;
  return found !== undefined && more.length === 0 ? found : null;
}

function chosenFrom({ text, codes }: Sentence, { shown }: Topic): string | null {
  if (shown.length < 2 || codes.length > 0) return null;
  const typed = ordinal.exec(text)?.[1] ?? ordinalIn.exec(text)?.[1];
  if (typed === undefined) return null;
  const number = digits.includes(typed) ? digits.indexOf(typed) : Number(typed);
  return shown[number - 1] ?? null;
}
