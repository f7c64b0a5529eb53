import { unitName, unitNames } from '../domain/ledger.js';
import { dayName } from '../domain/local-date.js';
import type { UnitId } from '../domain/unit.js';
import type { Context } from '../services/context.js';
import { silentUnits } from '../services/round/silent-units.js';
import type { TaskView } from '../services/task/tasks-in-view.js';
import { type Reply, reply } from './message.js';

const unitsShown = 40;

/** 17家责任单位已报1家（县住建局3条），未报16家：…; what is due this week stands last. */
export async function silentReply(ctx: Context, view: TaskView): Promise<Reply> {
  const { reported, silent, dueThisWeek } = await silentUnits(ctx, view);
  const since = `${dayName(ctx.startOn, ctx.today)}启用以来，`;
  const all = reported.length + silent.length;
  if (all === 0) return reply.text(`${view.name}没有责任单位要报。`);
  const named = reported.map(({ unit, reports }) => `${unitName(ctx.ledger, unit)}${reports}条`);
  const given = reported.length === 0 ? '' : `（${some(named)}）`;
  if (silent.length === 0) return reply.text(`${since}${view.name}${all}家责任单位都报过${given}。`);
  const due = dueThisWeek.length;
  return reply.text(
    `${since}${view.name}${all}家责任单位已报${reported.length}家${given}，未报${silent.length}家：`,
    some(silent.map((unit: UnitId) => unitName(ctx.ledger, unit))),
    due > 0 ? `其中本周有事项的${due}家：${unitNames(ctx.ledger, dueThisWeek)}。要提示发“提示 本周”。` : null,
    '以上只反映收到的报告。',
  );
}

const some = (names: string[]) =>
  `${names.slice(0, unitsShown).join('、')}${names.length > unitsShown ? `等${names.length}家` : ''}`;
