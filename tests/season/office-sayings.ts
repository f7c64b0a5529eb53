import { after, type Day, mondayOf } from './days.js';
import { accept, type Decision, decide } from './decisions.js';
import { limitsOf, rowsInView } from './owing.js';
import { orAskForWords } from './questions.js';
import { type ReportKind, record, type Said, settle } from './reports.js';
import { advise, instruct, sendInstruction, settleRequest } from './requests.js';
import { openRound, putOff, recordNoChange } from './rounds.js';
import {
  aDay,
  aNumber,
  anyAt,
  aRow,
  aUnit,
  aUnitOf,
  each,
  joined,
  type Maker,
  refsOf,
  type Scene,
  someRows,
  textOf,
  written,
} from './scene.js';
import { assign, type Setting, set } from './setting.js';
import { reportWords } from './unit-sayings.js';
import { escalate, type UrgeWish, urge } from './urging.js';
import { aSentence, withoutStops } from './words.js';
import { has, no, rowName, type Speaking, type Status } from './world.js';

/** What supervisors, coordinators and leaders say. */

const plans = ['水', '气', '土', '地'];

export const anAcceptance: Maker = (scene) => {
  const { world, dice } = scene;
  const rows = someRows(scene, anyAt(scene, 'reported'));
  const [first] = rows;
  const unit = first?.ref && rows.length === 1 && dice.chance(0.2) ? aUnitOf(scene, first.ref.row) : null;
  return {
    text: joined(`/${dice.pick(['accept', '销号'])}`, textOf(rows), unit, dice.pick(['', '资料核查', '现场核查'])),
    expect: (speaking) => {
      if (!has(speaking.person, 'supervisor', 'leader')) return [no('rights')];
      return each(rows, (refs) => accept(world, speaking, refs, unit));
    },
  };
};

const decisionWords: Record<Decision, string> = {
  return: '退回',
  reopen: '重开',
  pause: '暂缓',
  resume: '恢复',
  withdraw: '调整取消',
};
const decidedOn: Record<Decision, Status[]> = {
  return: ['reported'],
  reopen: ['closed'],
  pause: ['unreported', 'in-progress', 'reported'],
  resume: ['paused', 'withdrawn'],
  withdraw: ['unreported', 'in-progress', 'reported'],
};

export function aDecision(decision: Decision): Maker {
  return (scene) => {
    const { world, dice } = scene;
    const rows = someRows(scene, anyAt(scene, ...decidedOn[decision]));
    const [first] = rows;
    const unit = first?.ref && rows.length === 1 && dice.chance(0.25) ? aUnitOf(scene, first.ref.row) : null;
    const reason = !dice.chance(0.05);
    const word = dice.pick([decision, decisionWords[decision]]);
    const role = decision === 'return' || decision === 'reopen' ? 'supervisor' : 'leader';
    return {
      text: joined(`/${word}`, textOf(rows), unit, reason ? aSentence(dice) : null),
      expect: (speaking) => {
        if (!has(speaking.person, role)) return [no('rights')];
        return orAskForWords(world, speaking, (at, isTold) =>
          each(rows, (refs) => refs.map((ref) => decide(world, at, decision, ref, unit, reason || isTold))),
        );
      },
    };
  };
}

const mayRecord = ({ person }: Speaking) => has(person, 'supervisor', 'coordinator');

export const aRecord: Maker = (scene) => {
  const { world, dice } = scene;
  const row = aRow(scene, anyAt(scene, 'unreported', 'in-progress'));
  const unit = row.ref ? aUnitOf(scene, row.ref.row) : aUnit(scene);
  if (dice.chance(0.15)) {
    const rows = dice.chance(0.4) ? [] : [row];
    return {
      text: joined('/record', unit, textOf(rows), '无变化'),
      expect: (speaking) => {
        if (!mayRecord(speaking)) return [no('rights')];
        const refs = refsOf(rows);
        return [refs ? recordNoChange(world, speaking, unit, refs) : no('unknown')];
      },
    };
  }
  const kind = dice.weighted<ReportKind>([
    [5, 'done'],
    [3, 'progress'],
    [2, 'block'],
  ]);
  const source = dice.chance(0.8) ? dice.pick(['电话', '纸质', '来文']) : null;
  const tells = !dice.chance(0.1);
  const said: Said = { kind, percent: null, tells, signed: false, period: null };
  const word = kind === 'progress' ? dice.pick([null, '进展']) : reportWords[kind];
  return {
    text: joined('/record', unit, row.text, word, source, tells ? aSentence(dice) : null),
    expect: (speaking) => {
      if (!mayRecord(speaking)) return [no('rights')];
      const { ref } = row;
      if (!ref) return [no('unknown')];
      return orAskForWords(world, speaking, (at, isTold) =>
        record(world, at, unit, [ref], { ...said, tells: tells || isTold }, source),
      );
    },
  };
};

export const aSettlement: Maker = (scene) => {
  const { world } = scene;
  const rows = someRows(scene, (row) => limitsOf(world, row).some(({ day }) => day !== null && day < world.startOn));
  return {
    text: joined('/settled', textOf(rows)),
    expect: (speaking) => {
      if (!has(speaking.person, 'supervisor')) return [no('rights')];
      const refs = refsOf(rows);
      return refs ? settle(world, speaking, refs) : [no('unknown')];
    },
  };
};

/** Units that stand alone: neither a group noun nor in one. */
function aUnitAlone({ world, dice }: Scene): string {
  const units = [...world.units.values()];
  const inGroups = new Set(units.flatMap(({ name, members }) => (members.length > 0 ? [name, ...members] : [])));
  return dice.pick(units.filter(({ name }) => !inGroups.has(name))).name;
}

export const aSetting: Maker = (scene) => {
  const { world, dice } = scene;
  const row = aRow(scene, ({ limits, kind }) => limits.length === 0 && kind === 'document');
  // What is set is set on the row, whichever of its limits is named.
  const code = row.ref ? row.text.replace(/\.\d+$/, '') : row.text;
  const as = (words: string, setting: Setting) => ({
    text: joined('/set', code, words),
    expect: (speaking: Speaking) => {
      if (!has(speaking.person, 'supervisor')) return [no('rights')];
      return [row.ref ? set(world, speaking, row.ref.row, setting) : no('unknown')];
    },
  });
  if (dice.chance(0.6)) {
    const day = dice.chance(0.2) ? null : aDay(scene);
    return as(`时限 ${day === null ? '无' : written(day)}`, { kind: 'limit', day });
  }
  const [word, kind] = dice.pick([
    ['牵头', 'lead'],
    ['配合', 'support'],
    ['汇总', 'assembler'],
  ] as const);
  const unit = dice.chance(0.45) ? null : aUnitAlone(scene);
  return as(`${word} ${unit ?? '无'}`, { kind, unit });
};

export const anAssignment: Maker = (scene) => {
  const { world, dice, today } = scene;
  const units = [...new Set([aUnitAlone(scene), ...(dice.chance(0.4) ? [aUnitAlone(scene)] : [])])];
  const day = dice.chance(0.2) ? null : aDay(scene);
  const complex = dice.chance(0.2);
  const words = `${complex ? '重大事项' : '事项'}报送材料${dice.between(1, 99)}${withoutStops(aSentence(dice))}`;
  return {
    text: joined('/assign', units.join('、'), day && written(day), words),
    expect: (speaking) => [assign(world, speaking, units, day, complex ? monthLater(today) : after(today, 7))],
  };
};

/** The same day of the next month, or its last. */
function monthLater(day: Day): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10);
}

export const aRound: Maker = (scene) => {
  const { world, dice, today } = scene;
  if (dice.chance(0.15)) {
    const to = after(today, dice.between(-2, 20));
    return { text: `/round 改到${written(to)}`, expect: (speaking) => [putOff(world, speaking, to)] };
  }
  const lastDay = dice.chance(0.2) ? null : after(today, dice.between(0, 10));
  const units = dice.chance(0.2) ? [aUnit(scene)] : [];
  const plan = dice.chance(0.3) ? dice.pick(plans) : null;
  const townships = units.length === 0 && dice.chance(0.3);
  return {
    text: joined(
      '/round',
      units.join('、'),
      lastDay && written(lastDay),
      plan && `${plan}计划`,
      townships ? '含乡镇' : null,
    ),
    expect: (speaking) => [openRound(world, speaking, { lastDay, units, plan, townships })],
  };
};

export const anUrging: Maker = (scene) => {
  const { world, dice, today } = scene;
  const words = dice.chance(0.4) ? aSentence(dice) : null;
  const wish: UrgeWish = { refs: [], units: [], until: after(mondayOf(today), 6) };
  const as = (what: string, more: Partial<UrgeWish>) => ({
    text: joined('/urge', what, words),
    expect: (speaking: Speaking) => [urge(world, speaking, { ...wish, ...more })],
  });
  const kind = dice.weighted([
    [2, 'week'],
    [2, 'unit'],
    [2, 'leaders'],
    [5, 'row'],
  ] as const);
  if (kind === 'week') return as('本周', {});
  if (kind === 'leaders') return { text: '/urge 升级', expect: (speaking) => [escalate(world, speaking)] };
  if (kind === 'unit') {
    const unit = aUnit(scene);
    return as(unit, { units: [unit] });
  }
  // The same again, so that some are reminded of in vain.
  const urged = new Set(world.urgings.slice(-20).flatMap(({ rows }) => rows));
  const again = urged.size > 0 && dice.chance(0.6);
  const isOpen = anyAt(scene, 'unreported', 'in-progress');
  const row = aRow(scene, (one) => (!again || urged.has(rowName(one))) && isOpen(one));
  if (row.ref) return as(row.text, { refs: [row.ref] });
  const expect = ({ person }: Speaking) => [no(has(person, 'supervisor') ? 'unknown' : 'rights')];
  return { text: joined('/urge', row.text), expect };
};

export const anAdvice: Maker = (scene) => {
  const { world, dice } = scene;
  const number = aNumber(scene, ({ kind, opinion }) => kind === 'extension' && opinion === null);
  const favours = dice.chance(0.75);
  return {
    text: `/advise 第${number}号 建议${favours ? '' : '不'}同意 ${aSentence(dice)}`,
    expect: (speaking) => [advise(world, speaking, number, favours)],
  };
};

export function aVerdict(granted: boolean): Maker {
  return (scene) => {
    const { world, dice, person, chat } = scene;
    const leads = has(person, 'leader');
    const number = aNumber(scene, ({ kind }) => (kind === 'extension') === leads);
    const day = granted && dice.chance(0.08) ? aDay(scene) : null;
    // One to one a bare 同意 means the last one that the person was told of.
    const bare = !chat.private && dice.chance(0.12);
    const agreedBy = granted && !leads && dice.chance(0.7);
    return {
      text: joined(
        ...[granted ? '/approve' : '/refuse', bare ? null : `第${number}号`],
        ...[day ? `到${written(day)}` : aSentence(dice), agreedBy ? '县长同意' : null],
      ),
      expect: (speaking) => [settleRequest(world, speaking, bare ? null : number, { granted, day, agreedBy })],
    };
  };
}

export const anInstruction: Maker = (scene) => {
  const { world, dice, chat, today } = scene;
  const unit = aUnit(scene);
  const row = dice.chance(0.6) ? aRow(scene) : null;
  // A limit that the row does not have is the row's all the same: the leader's words stay as they are.
  const code = row?.text.replace(/\.\d+$/, '');
  const meant = row?.ref?.row ?? rowsInView(world, chat.plans, today).find((one) => one.code === code);
  return {
    text: joined('/instruct', unit, aSentence(dice), row && `报${row.text}`),
    expect: (speaking) => [instruct(world, speaking, unit, meant ? [meant] : [])],
  };
};

export const aSending: Maker = (scene) => {
  const number = aNumber(scene, ({ kind }) => kind === 'instruction');
  return { text: `/urge 批示${number}`, expect: (speaking) => [sendInstruction(scene.world, speaking, number)] };
};
