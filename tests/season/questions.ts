import {
  asks,
  no,
  type Outcome,
  type Person,
  type Speaking,
  silent,
  type Unlike,
  type Waiting,
  type World,
  wordless,
  yes,
} from './world.js';

const tenMinutes = 600_000;
const placeOf = ({ person, chat }: { person: Person; chat: { id: string } }) => `${person.name}|${chat.id}`;

/** One question waits for each person and chat; a new one takes its place. */
export function ask(world: World, speaking: Speaking, answers: { words: string[]; run: Waiting['again'] }[]): void {
  put(world, speaking, { until: speaking.at + tenMinutes, answers, tell: null, unlike: null, again: () => [] });
}

function put(world: World, speaking: Speaking, waiting: Waiting): void {
  if (speaking.person.active) world.questions.set(placeOf(speaking), waiting);
}

/** What is lacking is a sentence: it is asked for, where the command stands alone in its message. */
export function orAskForWords(
  world: World,
  speaking: Speaking,
  run: (speaking: Speaking, tells: boolean) => Outcome[],
  unlike: Unlike | null = null,
): Outcome[] {
  const outcomes = run(speaking, false);
  if (!outcomes.includes(wordless)) return outcomes;
  if (!speaking.alone || !speaking.person.active) return [wordless];
  put(world, speaking, {
    until: speaking.at + tenMinutes,
    answers: [],
    tell: (answering) => run(answering, true),
    unlike,
    again: (answering) => orAskForWords(world, answering, run, unlike),
  });
  return [asks('请回复本条消息写明')];
}

const agreeing = ['是', '确认', '对', '是的', 'y', 'yes'];
const refusing = ['不', '否', '取消', '不对', '算了', '先别报'];

/** What an answer without a slash does; `null` where it answers nothing. */
export function answer(world: World, speaking: Speaking, said: string): Outcome[] | null {
  const waiting = waitingFor(world, speaking);
  const words = agreeing.includes(said) ? agreeing : [said];
  const found = waiting?.answers.find((one) => one.words.some((word) => words.includes(word)));
  close(world, speaking);
  if (found) return found.run(speaking);
  if (refusing.includes(said)) return [waiting ? yes('没有记') : silent];
  if (waiting?.tell) return tell(world, speaking, waiting, said);
  return agreeing.includes(said) ? [no('nothing-waits')] : null;
}

/** The sentence that was asked for. One that sounds like the contrary is shown first; 是 tells nothing. */
function tell(world: World, speaking: Speaking, waiting: Waiting, said: string): Outcome[] {
  const run = (answering: Speaking) => waiting.tell?.(answering) ?? [];
  if (agreeing.includes(said)) return waiting.again(speaking);
  if (!waiting.unlike?.says.test(said)) return run(speaking);
  const { signed, refusal } = waiting.unlike;
  const refused = refusal(speaking);
  if (refused) return [refused];
  ask(world, speaking, [{ words: agreeing, run }, ...(signed ? [{ words: ['已审签'], run: signed }] : [])]);
  return [asks('请核对')];
}

/** Whatever is written in between leaves the question. */
export const close = (world: World, speaking: Speaking): boolean => world.questions.delete(placeOf(speaking));

export function waitingFor(world: World, speaking: Pick<Speaking, 'person' | 'chat' | 'at'>): Waiting | null {
  const waiting = world.questions.get(placeOf(speaking));
  return waiting && waiting.until > speaking.at ? waiting : null;
}

export function dropQuestionsOf(world: World, person: Person): void {
  for (const key of world.questions.keys()) if (key.startsWith(`${person.name}|`)) world.questions.delete(key);
}
