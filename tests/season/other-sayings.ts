import { after } from './days.js';
import { rowsInView } from './owing.js';
import { comeBack, decideJoin, grantLiaison, handOver, join, leave } from './people.js';
import { answer, waitingFor } from './questions.js';
import { giveFeedback, mute, unmute } from './quiet.js';
import { sendDraft } from './requests.js';
import { aDay, aRow, aUnit, joined, type Maker, type Saying, type Scene, written } from './scene.js';
import { aSentence } from './words.js';
import { has, no, type Person, silent, yes } from './world.js';

/** What anybody says, and what is said about people. */

export const aJoining: Maker = (scene) => {
  const { world, dice, person } = scene;
  if (has(person, 'supervisor', 'administrator') && dice.chance(0.8)) {
    const waiting = world.joins.filter(({ state }) => state === 'waiting');
    const any = dice.between(1, world.joins.length + 2);
    const number = waiting.length > 0 && dice.chance(0.8) ? dice.pick(waiting).number : any;
    const granted = dice.chance(0.7);
    return {
      text: `/join ${granted ? '' : '不'}同意 ${number}`,
      expect: (speaking) => [decideJoin(world, speaking, number, granted)],
    };
  }
  const unit = aUnit(scene);
  return { text: `/join ${unit}`, expect: (speaking) => [join(world, speaking, unit)] };
};

/** Supervisors, administrators, the auditor and the leader of everything stay. */
function stays({ roles, scope }: Person): boolean {
  const office = roles.some((role) => role === 'supervisor' || role === 'administrator' || role === 'auditor');
  return office || (roles.includes('leader') && scope === null);
}

export const aChangeOfPeople: Maker = (scene) => {
  const { world, dice } = scene;
  const people = [...world.people.values()].filter((person) => !stays(person));
  const departed = people.filter(({ active }) => !active);
  const [one, other] = [dice.pick(people), dice.pick(people)];
  const kind = dice.weighted([
    [2, 'leaves'],
    [departed.length > 0 ? 6 : 0.3, 'comes back'],
    [1, 'hands over'],
    [2, 'becomes liaison'],
  ] as const);
  switch (kind) {
    case 'leaves':
      return { text: `/people ${one.name} 离任`, expect: (speaking) => [leave(world, speaking, one)] };
    case 'comes back': {
      const back = departed.length > 0 && dice.chance(0.9) ? dice.pick(departed) : one;
      return { text: `/people ${back.name} 复任`, expect: (speaking) => [comeBack(speaking, back)] };
    }
    case 'hands over': {
      const expect: ReturnType<Maker>['expect'] = (speaking) => [handOver(world, speaking, one, other)];
      return { text: `/people 交接 ${one.name} ${other.name}`, expect };
    }
    case 'becomes liaison': {
      const unit = aUnit(scene);
      const expect: ReturnType<Maker>['expect'] = (speaking) => [grantLiaison(world, speaking, one, unit)];
      return { text: `/people ${one.name} 联络员 ${unit}`, expect };
    }
  }
};

export const aMute: Maker = (scene) => {
  const { world, dice } = scene;
  const row = aRow(scene);
  if (dice.chance(0.25)) {
    return { text: `/unmute ${row.text}`, expect: (speaking) => [unmute(world, speaking, row.ref?.row ?? null)] };
  }
  const until = aDay(scene);
  return {
    text: joined('/mute', row.text, written(until)),
    expect: (speaking) => [mute(world, speaking, row.ref?.row ?? null, until)],
  };
};

export const aFeedback: Maker = ({ world, dice }) => ({
  text: `/feedback ${aSentence(dice)}`,
  expect: (speaking) => [giveFeedback(world, speaking)],
});

export const smallTalk: Maker = ({ dice }) => ({
  text: dice.pick(['收到', '好的', '谢谢', '👍']),
  expect: () => [silent],
});

/** Asks something that changes nothing; what is answered is compared elsewhere. */
export const aQuestion: Maker = ({ dice, world, chat, today }) => {
  const row = dice.pick(rowsInView(world, chat.plans, today));
  const questions = [
    ...['/due 本周', '/due 逾期', '/due 下月', '/status', '/help', '/missing', '/extend', '/search 污水'],
    ...['/digest', '/digest 预览', `/due ${written(after(today, 30))}`, `/list ${row.plan}`],
    ...[`/task ${row.code}`, `/who ${row.code}`, `/history ${row.code}`, `/why ${row.code}`],
  ];
  return { text: dice.pick(questions), expect: () => [yes()] };
};

/** What waits for an answer gets one, mostly one that it asks for. */
export function anAnswer({ world, dice, person, chat, at }: Scene & { at: number }): Saying {
  const forSentence: [number, string][] = [
    [6, aSentence(dice)],
    [1, '是'],
    [2, '不'],
  ];
  const forChoice: [number, string][] = [
    [6, '是'],
    [2, '确认'],
    [2, '1'],
    [1, '2'],
    [3, '发送'],
    [1, '发'],
    [2, '电话'],
    [2, '已审签'],
    [2, '离任'],
    [2, '不'],
  ];
  const waiting = waitingFor(world, { person, chat, at });
  const chosen = dice.weighted(waiting?.tell ? forSentence : forChoice);
  // A number that answers nothing may go on about what was listed before.
  const isLoose = /^\d$/.test(chosen) && !waiting?.answers.some(({ words }) => words.includes(chosen));
  const said = isLoose ? '是' : chosen;
  // Read as a command of its own it is none.
  const expect: Saying['expect'] = (speaking) =>
    answer(world, speaking, said) ?? sendDraft(world, speaking, said) ?? [no('unknown')];
  return { text: said, expect };
}
