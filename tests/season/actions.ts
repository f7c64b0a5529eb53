import type { Day } from './days.js';
import type { Dice } from './dice.js';
import { groups } from './office.js';
import {
  aDecision,
  anAcceptance,
  anAdvice,
  anAssignment,
  anInstruction,
  anUrging,
  aRecord,
  aRound,
  aSending,
  aSetting,
  aSettlement,
  aVerdict,
} from './office-sayings.js';
import { aChangeOfPeople, aFeedback, aJoining, aMute, anAnswer, aQuestion, smallTalk } from './other-sayings.js';
import { isKnown } from './people.js';
import { close } from './questions.js';
import type { Maker, Saying, Scene } from './scene.js';
import { aNoChange, anExtension, anUndo, aRelief, aReport, aTakeBack } from './unit-sayings.js';
import { type Chat, type Person, type RoleName, reportsFor, type Speaking, type World } from './world.js';

/** Something that somebody says. */
export interface Action extends Saying {
  command: string;
  person: Person;
  chat: Chat;
}

const repertoire = {
  done: aReport('done'),
  progress: aReport('progress'),
  block: aReport('block'),
  'no-change': aNoChange,
  undo: anUndo,
  extend: anExtension,
  object: aRelief('objection'),
  na: aRelief('exemption'),
  'take-back': aTakeBack,
  advise: anAdvice,
  approve: aVerdict(true),
  refuse: aVerdict(false),
  instruct: anInstruction,
  'urge 批示': aSending,
  return: aDecision('return'),
  reopen: aDecision('reopen'),
  pause: aDecision('pause'),
  resume: aDecision('resume'),
  withdraw: aDecision('withdraw'),
  accept: anAcceptance,
  record: aRecord,
  settled: aSettlement,
  set: aSetting,
  assign: anAssignment,
  round: aRound,
  urge: anUrging,
  join: aJoining,
  people: aChangeOfPeople,
  mute: aMute,
  feedback: aFeedback,
  'small talk': smallTalk,
  question: aQuestion,
} satisfies Record<string, Maker>;

type Command = keyof typeof repertoire;
const commands = Object.keys(repertoire) as Command[];

/** How often each says what; whoever has several roles speaks in the first of them. */
const habits: Record<RoleName | 'member', Partial<Record<Command, number>>> = {
  supervisor: {
    ...{ accept: 20, return: 10, reopen: 14, record: 16, set: 6, assign: 2, round: 5, urge: 10, advise: 8 },
    ...{ approve: 6, refuse: 4, settled: 2, 'urge 批示': 3, join: 4, people: 1, undo: 4, question: 4 },
  },
  leader: {
    ...{ approve: 16, refuse: 6, pause: 8, resume: 18, withdraw: 6, instruct: 8, accept: 6, 'take-back': 3 },
    ...{ undo: 1, question: 6 },
  },
  liaison: {
    ...{ done: 22, progress: 30, block: 8, 'no-change': 6, undo: 9, extend: 8, object: 3, na: 3, 'take-back': 3 },
    ...{ mute: 2, feedback: 1, 'small talk': 2, question: 6 },
  },
  coordinator: { round: 8, record: 20, question: 6, undo: 3 },
  administrator: { join: 8, people: 12, question: 5 },
  auditor: { question: 10 },
  member: { question: 10, join: 3, feedback: 1, 'small talk': 2 },
};

/** One in eight says what is not theirs to say. */
const outOfTurn = 0.12;
const severalLines = 0.04;

/** What writes nothing leaves a question waiting. */
const asking: Command[] = ['question', 'urge', 'urge 批示', 'round', 'small talk'];

/** The next thing that somebody says; who was asked something mostly answers. */
export function nextAction(
  world: World,
  dice: Dice,
  { at, today }: { at: number; today: Day },
  asked: { person: Person; chat: Chat }[],
): Action {
  if (asked.length > 0 && dice.chance(0.7)) {
    const { person, chat } = dice.pick(asked);
    return { command: 'answer', person, chat, ...anAnswer({ world, dice, person, chat, today, at }) };
  }
  const person = aPerson(world, dice, today);
  const scene: Scene = { world, dice, person, chat: aChat(dice, person), today };
  const who = { person, chat: scene.chat };
  if (dice.chance(severalLines)) return { command: 'several lines', ...who, ...inLines(scene) };
  const command = aCommand(scene);
  return { command, ...who, ...leaving(world, repertoire[command](scene), !asking.includes(command)) };
}

/** What a stranger to a task may say about it, which is anything that names it. */
const strangers: Command[] = [
  ...(['done', 'progress', 'block', 'no-change', 'undo', 'extend', 'object', 'na', 'advise', 'approve'] as const),
  ...(['refuse', 'instruct', 'urge 批示', 'return', 'reopen', 'pause', 'resume', 'withdraw', 'accept'] as const),
  ...(['record', 'settled', 'set', 'assign', 'round', 'urge', 'people'] as const),
];
/** Without a code these are about what the speaker has done. */
const needCode: Command[] = ['no-change', 'undo'];

/** Somebody who may report for a unit at most speaks of work that is others'. */
export function strangerAction(world: World, dice: Dice, today: Day): Action {
  const people = [...world.people.values()].filter(
    (person) => isKnown(person, today) && person.roles.every((role) => role === 'liaison'),
  );
  const person = dice.pick(people);
  const scene: Scene = { world, dice, person, chat: aChat(dice, person), today, stranger: true };
  for (;;) {
    const command = dice.pick(strangers);
    const saying = repertoire[command](scene);
    if (needCode.includes(command) && !saying.text.includes(' ')) continue;
    return { command: 'stranger', person, chat: scene.chat, ...leaving(world, saying, true) };
  }
}

/** What is written leaves the question that waited before it. */
function leaving(world: World, { text, expect }: Saying, writes: boolean): Saying {
  return {
    text,
    expect(speaking) {
      if (writes) close(world, speaking);
      return expect(speaking);
    },
  };
}

function aCommand({ dice, person }: Scene): Command {
  if (dice.chance(outOfTurn)) return dice.pick(commands);
  const role = (Object.keys(habits) as RoleName[]).find((one) => person.roles.includes(one)) ?? 'member';
  const usual = Object.entries(habits[role]) as [Command, number][];
  return dice.weighted(usual.map(([command, weight]) => [weight, command] as const));
}

/** Several commands in one message, a line each. */
function inLines(scene: Scene): Saying {
  const lines: Saying[] = [];
  let writes = false;
  const wanted = scene.dice.between(2, 4);
  while (lines.length < wanted) {
    const command = aCommand(scene);
    const line = repertoire[command](scene);
    if (!line.text.startsWith('/')) continue;
    lines.push(line);
    writes ||= !asking.includes(command);
  }
  const text = lines.map((line) => line.text).join('\n');
  const expect = (speaking: Speaking) => lines.flatMap((line) => line.expect({ ...speaking, alone: false }));
  return leaving(scene.world, { text, expect }, writes);
}

function aPerson(world: World, dice: Dice, today: Day): Person {
  const people = [...world.people.values()].filter((person) => isKnown(person, today));
  const role = dice.weighted<RoleName | 'busiest' | 'any'>([
    [34, 'liaison'],
    [18, 'busiest'],
    [24, 'supervisor'],
    [11, 'leader'],
    [4, 'coordinator'],
    [2, 'administrator'],
    [2, 'auditor'],
    [5, 'any'],
  ]);
  // One unit answers for most of the rows.
  const fits = (person: Person) =>
    role === 'busiest' ? reportsFor(person) === '市生态环境局芮城分局' : person.roles.some((one) => one === role);
  const fitting = people.filter(fits);
  return dice.pick(fitting.length > 0 ? fitting : people);
}

function aChat(dice: Dice, { name }: Person): Chat {
  if (dice.chance(0.55)) return { id: `private ${name}`, private: true, plans: null };
  const [all, ...others] = groups;
  return dice.chance(0.75) ? all : dice.pick(others);
}
