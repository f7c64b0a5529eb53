import { unitName } from '../../domain/ledger.js';
import { addDays, addMonths, dayName, type LocalDate, partsOf } from '../../domain/local-date.js';
import { type Task, taskCode, taskKey } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { shorten } from '../../domain/wording.js';
import { BotError } from '../../errors.js';
import {
  ensureAssignedPlan,
  insertMilestones,
  insertResponsibilities,
  insertTasks,
  lastTaskNumber,
} from '../../store/ledger.js';
import { raiseLedgerVersion } from '../../store/workspaces.js';
import type { Context } from '../context.js';
import { packFor } from '../light/pack-for.js';
import { requireRight } from '../person/require-right.js';
import { taskPosition } from '../plan/write-plans.js';
import { recordUpdate } from '../update/record-update.js';

export interface Assignment {
  /** The first leads, the others support. */
  units: UnitId[];
  /** `null`: as the rule pack has it for ordinary matters, or complex ones where the words say so. */
  due: LocalDate | null;
  words: string;
}

export interface Assigned {
  task: Task;
  due: LocalDate;
  /** By the rule pack. */
  dueByRule: boolean;
}

const titleLength = 40;
const shortTitleLength = 18;
const ordinaryDays = 7;

/** 交办: a supervisor adds a task of its own (临-1), which is reported on and closed like any other. */
export async function assignTask(ctx: Context, { units, due: given, words }: Assignment): Promise<Assigned> {
  const person = requireRight(ctx, 'assign');
  const [lead] = units;
  if (!lead) throw new BotError('invalid', '请写交办给哪个单位，如：/assign 县水利局 10月15日 报送汛期值守情况');
  const due = given ?? dueByRule(ctx, words);
  if (due < ctx.today) throw new BotError('invalid', `${dayName(due, ctx.today)}已经过了，请写以后的日期。`);
  const { year } = partsOf(ctx.today);
  const prefix = ctx.settings.assignedPrefix;
  const plan = await planPosition(ctx, year, prefix);
  const number = (await lastTaskNumber(ctx.tx, ctx.workspace, year, prefix)) + 1;
  const task = taskOf(ctx, { year, prefix, number, position: taskPosition(plan, number - 1), units, due, words });
  await write(ctx, task);
  await recordUpdate(ctx, {
    task,
    person,
    unit: lead,
    role: null,
    kind: 'assign',
    note: words,
    percent: null,
    changes: [],
    details: { newDate: due },
    undoes: null,
  });
  return { task, due, dueByRule: given === null };
}

function dueByRule(ctx: Context, words: string): LocalDate {
  const { limits } = packFor(ctx, 'assigned');
  const complex = /复杂|重大/u.test(words);
  if (complex && limits) return addMonths(ctx.today, limits.complexMonths);
  return addDays(ctx.today, limits?.ordinaryDays ?? ordinaryDays);
}

/** The place of the year's assigned tasks among the plans. */
async function planPosition(ctx: Context, year: number, prefix: string): Promise<number> {
  const { plans } = ctx.ledger;
  const found = plans.find((plan) => plan.year === year && plan.prefix === prefix);
  if (found?.kind === 'document') {
    throw new BotError('conflict', `“${prefix}”已经是一个计划的编号开头。请管理员在设置里另定交办事项的开头。`);
  }
  if (found) return found.position;
  const position = Math.max(0, ...plans.map((plan) => plan.position)) + 1;
  await ensureAssignedPlan(ctx.tx, ctx.workspace, { year, prefix, position, title: '交办事项' });
  return position;
}

interface NewTask {
  year: number;
  prefix: string;
  number: number;
  position: number;
  units: UnitId[];
  due: LocalDate;
  words: string;
}

function taskOf(ctx: Context, { units, due, words, ...place }: NewTask): Task {
  const code = `${place.prefix}-${place.number}`;
  const firstLine = words.split('\n')[0] ?? words;
  const said = { inherited: false, open: false, group: 1, line: 0, setBy: null };
  return {
    ...place,
    key: taskKey.parse(code),
    code: taskCode.parse(code),
    annex: false,
    section: [],
    title: shorten(firstLine, titleLength),
    shortTitle: shorten(firstLine.split(/[，。；,;]/u)[0] ?? firstLine, shortTitleLength),
    text: words,
    points: [],
    targets: [],
    leaders: [],
    responsibility: units.map((unit, at) => ({
      ...said,
      unit,
      written: unitName(ctx.ledger, unit),
      role: at === 0 ? ('lead' as const) : ('support' as const),
    })),
    milestones: [
      {
        number: 1,
        phrase: `${dayName(due, ctx.today)}前`,
        shortTitle: null,
        what: '',
        kind: 'date',
        due,
        from: null,
        to: null,
        every: null,
        by: null,
        line: 0,
        setBy: null,
      },
    ],
    partOf: null,
    retired: false,
    shortTitleSetBy: null,
    assembler: null,
    corrections: [],
    line: 0,
  };
}

async function write(ctx: Context, task: Task): Promise<void> {
  const { tx, workspace } = ctx;
  const { responsibility, milestones, partOf: _, assembler: __, corrections: ___, ...row } = task;
  const place = { year: task.year, task: task.key };
  await insertTasks(tx, workspace, [row]);
  await insertResponsibilities(
    tx,
    workspace,
    responsibility.map(({ unit, group, setBy: _, ...entry }, index) => ({
      ...entry,
      ...place,
      position: index + 1,
      unitId: unit,
      clauseGroup: group,
    })),
  );
  await insertMilestones(
    tx,
    workspace,
    milestones.map(({ due, from, to, setBy: _, ...entry }) => ({
      ...entry,
      ...place,
      dueOn: due,
      fromOn: from,
      toOn: to,
    })),
  );
  await raiseLedgerVersion(tx, workspace);
}
