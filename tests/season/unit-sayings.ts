import { latest } from './days.js';
import type { Row } from './notice.js';
import { limitsOf } from './owing.js';
import { ask, close, orAskForWords } from './questions.js';
import { mayReport, type ReportKind, report, type Said, undo } from './reports.js';
import { askExtension, askRelief, takeBack, takeBackRequest } from './requests.js';
import { noChange } from './rounds.js';
import {
  aDay,
  aNumber,
  aRow,
  each,
  joined,
  type Maker,
  ownAt,
  refsOf,
  type Saying,
  someRows,
  type Typed,
  textOf,
  written,
} from './scene.js';
import { aSentence, nothingSaid } from './words.js';
import { asks, no, type Outcome, reportsFor, type Speaking, type World } from './world.js';

/** What a unit's liaison says: reports and requests. */

export const reportWords: Record<ReportKind, string> = { done: '办结', progress: '进展', block: '困难' };
/** Of what is not done yet. */
const unlikeDone = /还没|还差|还剩|尚未|未完|没完成/u;
const periods = ['一季度', '二季度', '三季度', '四季度'];

export function aReport(kind: ReportKind): Maker {
  return (scene) => {
    const { world, dice } = scene;
    const rows = someRows(scene, ownAt(scene, 'unreported', 'in-progress'));
    const tells = !dice.chance(0.04);
    const period = tells && dice.chance(0.15) ? dice.pick(periods) : null;
    const percent = kind === 'progress' && dice.chance(0.35) ? dice.between(0, 100) : null;
    const signed = kind === 'done' && dice.chance(0.5);
    const words = joined(
      ...[percent === null ? null : `${percent}%`, period],
      ...[tells ? aSentence(dice) : dice.pick(nothingSaid), signed ? '已审签' : null],
    );
    const said: Said = { kind, percent, tells, signed, period };
    const told = (speaking: Speaking, more: Partial<Said> = {}) =>
      each(rows, (refs) => report(world, speaking, refs, { ...said, tells: true, ...more }));
    const refusal = (speaking: Speaking) => {
      const wrong = rows.find(({ ref }) => ref === null || mayReport(world, speaking, ref.row) === null);
      return wrong ? no(wrong.ref ? 'rights' : 'unknown') : null;
    };
    const sign = said.signed ? null : (speaking: Speaking) => told(speaking, { signed: true });
    const run = (speaking: Speaking, isTold: boolean): Outcome[] => {
      const [first] = rows;
      if (isTold || tells || percent !== null) return told(speaking);
      // Words that tell nothing are refused once, whatever else is named.
      return first?.ref ? report(world, speaking, [first.ref], said) : [no('unknown')];
    };
    if (rows.length === 1 && tells && dice.chance(0.12))
      return shownFirst(world, rows, `${reportWords[kind]} ${words}`, said);
    return {
      text: joined(`/${kind}`, textOf(rows), words),
      expect: (speaking) =>
        orAskForWords(world, speaking, run, kind === 'done' ? { says: unlikeDone, signed: sign, refusal } : null),
    };
  };
}

/** Of what is done in part; 未完成的两家已停产 tells what became of the rest. */
const saysUndone = /未完成(?!的)/u;

/** Without a slash it is shown first, and written on 是. What says itself that something is not done is shown as progress. */
function shownFirst(world: World, rows: Typed[], words: string, told: Said): Saying {
  const isPart = told.kind === 'done' && saysUndone.test(words);
  const said: Said = isPart ? { ...told, kind: 'progress', signed: false, period: null } : told;
  return {
    text: `${textOf(rows)} ${words}`,
    expect(speaking) {
      close(world, speaking);
      const [ref] = refsOf(rows) ?? [];
      if (!ref) return [no('unknown')];
      if (mayReport(world, speaking, ref.row) === null) return [no('rights')];
      const signed = (answering: Speaking) => report(world, answering, [ref], { ...said, signed: true });
      const adds = said.kind === 'done' && !said.signed ? [{ words: ['已审签'], run: signed }] : [];
      ask(world, speaking, [
        { words: ['是', '确认'], run: (answering) => report(world, answering, [ref], said) },
        ...adds,
      ]);
      return [asks(`报${reportWords[said.kind]}`)];
    },
  };
}

export const aNoChange: Maker = (scene) => {
  const { world, dice } = scene;
  const rows = dice.chance(0.25) ? [aRow(scene)] : [];
  return {
    text: joined('/无变化', textOf(rows)),
    expect: (speaking) => {
      if (reportsFor(speaking.person) === null) return [no('rights')];
      const refs = refsOf(rows);
      return [refs ? noChange(world, speaking, refs) : no('unknown')];
    },
  };
};

export const anUndo: Maker = (scene) => {
  const { world, dice } = scene;
  const rows = dice.chance(0.3) ? [aRow(scene)] : [];
  return {
    text: joined('/undo', textOf(rows)),
    expect: (speaking) => {
      const refs = refsOf(rows);
      if (!refs) return [no('unknown')];
      return undo(world, speaking, refs, (number) => takeBackRequest(world, speaking, number));
    },
  };
};

export const anExtension: Maker = (scene) => {
  const { world, dice, today } = scene;
  const isOpen = ownAt(scene, 'unreported', 'in-progress');
  const days = (one: Row) => limitsOf(world, one).flatMap(({ day }) => day ?? []);
  const row = aRow(scene, (one) => days(one).length > 0 && isOpen(one));
  const late = row.ref && dice.chance(0.7) ? latest([today, ...days(row.ref.row)]) : today;
  const newDay = dice.chance(0.03) ? null : aDay(scene, late);
  const reason = !dice.chance(0.04);
  const period = newDay !== null && dice.chance(0.1) ? dice.pick(periods) : null;
  return {
    text: joined('/extend', row.text, period, newDay && written(newDay), reason ? aSentence(dice) : null),
    expect: (speaking) =>
      orAskForWords(world, speaking, (at, isTold) =>
        each([row], (refs) =>
          refs.map((ref) => askExtension(world, at, ref, { newDay, reason: reason || isTold, period })),
        ),
      ),
  };
};

export function aRelief(kind: 'objection' | 'exemption'): Maker {
  return (scene) => {
    const { world, dice } = scene;
    const row = aRow(scene, ownAt(scene, 'unreported', 'in-progress'));
    const reason = !dice.chance(0.04);
    return {
      text: joined(kind === 'objection' ? '/object' : '/na', row.text, reason ? aSentence(dice) : null),
      expect: (speaking) =>
        orAskForWords(world, speaking, (at, isTold) =>
          each([row], (refs) => refs.map((ref) => askRelief(world, at, kind, ref, reason || isTold))),
        ),
    };
  };
}

export const aTakeBack: Maker = (scene) => {
  const number = aNumber(scene, ({ unit }) => unit === reportsFor(scene.person));
  return { text: `/take-back 第${number}号`, expect: (speaking) => [takeBack(scene.world, speaking, number)] };
};
