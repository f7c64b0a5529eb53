import { rolesIn } from '../domain/ledger.js';
import { dayName, wallClock } from '../domain/local-date.js';
import type { Task } from '../domain/task.js';
import type { UnitId } from '../domain/unit.js';
import { BotError } from '../errors.js';
import { fold } from '../language/fold.js';
import { findUnits } from '../language/units.js';
import type { Context } from '../services/context.js';
import { requireRight } from '../services/person/require-right.js';
import { ask } from '../services/question/ask.js';
import { type Merger, mergeUnits, proposeMerger } from '../services/unit/merge-units.js';
import { addAlias, liveUnit, refuseTakenName, renameUnit } from '../services/unit/unit-changes.js';
import { lexiconOf } from './lexicon.js';
import { type Reply, reply } from './message.js';

export type UnitChange =
  | { kind: 'rename'; unit: UnitId; name: string }
  | { kind: 'alias'; unit: UnitId; alias: string }
  | { kind: 'merge'; unit: UnitId; into: UnitId; moveLiaisons: boolean };

const codesShown = 12;
const example = '/unit 县工科局 改名 县工业和信息化局';

/** 改名 县工业和信息化局, 并入 县B局, 别名 工科局: after the unit's own name. */
export function readUnitChange(ctx: Context, unit: UnitId, typed: string): UnitChange {
  const [, verb, rest] = /^(改名|更名|并入|合并到|别名)[ 为:,，、]*(.*)$/u.exec(fold(typed)) ?? [];
  if (verb === undefined || rest === undefined || rest === '') {
    throw new BotError(
      'invalid',
      `没看懂“${[...typed].slice(0, 20).join('')}”。可以这样发：${example}；/unit 县A局 并入 县B局；/unit 县A局 别名 工科局`,
    );
  }
  if (verb === '改名' || verb === '更名') return { kind: 'rename', unit, name: rest };
  if (verb === '别名') return { kind: 'alias', unit, alias: rest };
  const [, name = rest, stays] = /^(.*?)[ ,，、]*(不转)?$/u.exec(rest) ?? [];
  const [found] = findUnits(name, lexiconOf(ctx).units);
  if (found?.kind !== 'unit' || name.replace(found.text, '').trim() !== '') {
    throw new BotError('not-found', `台账里没有“${name}”这个单位。请写全称，如：/unit 县A局 并入 县B局`);
  }
  return { kind: 'merge', unit, into: found.id, moveLiaisons: stays === undefined };
}

/** What would change, and for a merger the question about the liaisons. */
export async function unitPreview(ctx: Context, change: UnitChange): Promise<Reply> {
  const text = await unitPreviewText(ctx, change);
  const yes = ['确认', '是'];
  const { name } = liveUnit(ctx, change.unit);
  const buttons = [{ label: '确认', send: '确认' }];
  switch (change.kind) {
    case 'rename':
      return ask(ctx, text, [{ words: yes, say: `/unit ${name} 改名 ${change.name}` }], buttons);
    case 'alias':
      return ask(ctx, text, [{ words: yes, say: `/unit ${name} 别名 ${change.alias}` }], buttons);
    case 'merge': {
      const say = `/unit ${name} 并入 ${liveUnit(ctx, change.into).name}`;
      const { liaisons } = await proposeMerger(ctx, change.unit, change.into);
      const options = [{ words: yes, say: change.moveLiaisons ? say : `${say} 不转` }];
      if (liaisons.length === 0) return ask(ctx, text, options, buttons);
      const asked = [...options, { words: ['不转'], say: `${say} 不转` }];
      return ask(ctx, text, asked, [...buttons, { label: '不转', send: '不转' }]);
    }
  }
}

export async function unitPreviewText(ctx: Context, change: UnitChange): Promise<string> {
  requireRight(ctx, 'unit');
  const unit = liveUnit(ctx, change.unit);
  switch (change.kind) {
    case 'rename': {
      refuseTakenName(ctx, unit.id, change.name);
      const tasks = tasksNaming(ctx, unit.id).length;
      return `预览：${unit.name}改名${change.name}，涉及${tasks}条任务。旧名留作别名，以前的历史仍写旧名。\n回“确认”改名。`;
    }
    case 'alias':
      refuseTakenName(ctx, unit.id, change.alias);
      return `预览：${unit.name}加别名“${change.alias}”，以后写“${change.alias}”就是${unit.name}。\n回“确认”加上。`;
    case 'merge':
      return mergerPreview(await proposeMerger(ctx, change.unit, change.into), change.moveLiaisons);
  }
}

function mergerPreview({ from, into, tasks, uneven, liaisons }: Merger, moveLiaisons: boolean): string {
  const names = liaisons.map(({ name }) => name).join('、');
  return [
    `预览：${from.name}并入${into.name}，${tasks.length}条任务以后由${into.name}负责（${codes(tasks)}）。`,
    `${from.name}已报的算${into.name}已报，没报的由${into.name}接着报，历史仍写${from.name}。`,
    uneven.length > 0 ? `两家都要报、进展不同的，按还没报完的算：${codes(uneven)}。` : null,
    liaisons.length === 0
      ? '回“确认”并入。'
      : moveLiaisons
        ? `${from.name}联络员（${names}）转为${into.name}联络员：回“确认”。不转的回“不转”。`
        : `${from.name}联络员（${names}）不转，不再是联络员。回“确认”并入。`,
  ]
    .filter((line) => line !== null)
    .join('\n');
}

export async function changeUnit(ctx: Context, change: UnitChange): Promise<Reply> {
  const { name } = liveUnit(ctx, change.unit);
  switch (change.kind) {
    case 'rename':
      await renameUnit(ctx, change.unit, change.name);
      return reply.text(`已改名：${name}改为${change.name}。写“${name}”仍然认得。`);
    case 'alias':
      await addAlias(ctx, change.unit, change.alias);
      return reply.text(`已加别名：“${change.alias}”就是${name}。`);
    case 'merge': {
      const { into, tasks, liaisons } = await mergeUnits(ctx, change.unit, change.into, change);
      const names = liaisons.map((person) => person.name).join('、');
      return reply.text(
        `已并入：${name}并入${into.name}，${tasks.length}条任务由${into.name}负责。`,
        names === '' ? null : change.moveLiaisons ? `${names}现在是${into.name}联络员。` : `${names}不再是联络员。`,
        `写“${name}”就是${into.name}。`,
      );
    }
  }
}

/** What it is called, and was. */
export function unitReply(ctx: Context, id: UnitId): Reply {
  requireRight(ctx, 'unit');
  const unit = liveUnit(ctx, id);
  const former = ctx.ledger.formerNames.get(id) ?? [];
  const names = former.map(
    ({ name, until }) => `${name}（到${dayName(wallClock(until, ctx.timeZone).date, ctx.today)}）`,
  );
  const merged = [...ctx.ledger.heirs]
    .filter(([, heir]) => heir === id)
    .map(([one]) => ctx.ledger.units.get(one)?.name);
  return reply.text(
    `${unit.name}：${tasksNaming(ctx, id).length}条任务。`,
    unit.aliases.length > 0 ? `别名：${unit.aliases.join('、')}` : null,
    names.length > 0 ? `曾用名：${names.join('、')}` : null,
    merged.length > 0 ? `并入的单位：${merged.join('、')}` : null,
    `改发“${example.replace('县工科局', unit.name)}”这样的话。`,
  );
}

function tasksNaming({ ledger }: Context, unit: UnitId): Task[] {
  return ledger.tasks.filter((task) => rolesIn(ledger, task, unit).length > 0);
}

function codes(tasks: Task[]): string {
  const shown = tasks.slice(0, codesShown).map(({ code }) => code);
  return `${shown.join('、')}${tasks.length > codesShown ? '等' : ''}`;
}
