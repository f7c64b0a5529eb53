import { firstWorkingDayAfter, isWorkingDay, lastWorkingDayUpTo, workingDaysBetween } from '../domain/calendar.js';
import { unitName } from '../domain/ledger.js';
import { plannedPercent, pointsBehind, workingDaysLeft } from '../domain/light.js';
import { type Limit, limitCode } from '../domain/limit.js';
import { dayName, type LocalDate, wallClock } from '../domain/local-date.js';
import { lightNames, type Rule, type RulePack } from '../domain/rule-pack.js';
import { type Task, taskName } from '../domain/task.js';
import { dayText } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import { type DutyLight, lightsOfWork } from '../services/light/lights-of-work.js';
import { type Reply, reply } from './message.js';

const linesShown = 4;
const unitsShown = 3;

/** The rule, the dates and the arithmetic of a light. Lights stand here and on the board, and in no message that is unasked. */
export async function whyReply(ctx: Context, task: Task): Promise<Reply> {
  const { pack, duties } = await lightsOfWork(ctx, task);
  const [worst] = duties;
  if (!worst) return reply.text(`${taskName(task)}：文件没有写责任单位，没有灯。`);
  const rules = `规则：${pack.name}。`;
  const alike = [...Map.groupBy(duties, (duty) => `${lightNames[duty.light]} ${reason(ctx, pack, duty)}`).values()];
  if (alike.length === 1)
    return reply.text(`${taskName(task)}：${lightNames[worst.light]}。${reason(ctx, pack, worst)}`, rules);
  const lines = alike.slice(0, linesShown).map((some) => alikeLine(ctx, pack, some));
  const left = alike.slice(linesShown).flat().length;
  return reply.text(
    `${taskName(task)}：${lightNames[worst.light]}，是${duties.length}个应办里最重的。`,
    ...lines,
    `${left > 0 ? `其余${left}个不比这些重。` : ''}${rules}`,
  );
}

/** 黄灯 气-3、气附-3 市生态环境局芮城分局：…: those that have the same light for the same reason. */
function alikeLine(ctx: Context, pack: RulePack, some: DutyLight[]): string {
  const [first] = some;
  if (!first) return '';
  const codes = [...new Set(some.map(({ limit }) => codeOf(ctx, limit)))].join('、');
  const units = [...new Set(some.map(({ unit }) => unitName(ctx.ledger, unit)))];
  const more = units.length > unitsShown ? `等${units.length}家` : '';
  return `${lightNames[first.light]} ${codes} ${units.slice(0, unitsShown).join('、')}${more}：${reason(ctx, pack, first)}`;
}

function codeOf(ctx: Context, limit: Limit): string {
  return `${limitCode(ctx.ledger, limit.task, limit.milestone?.number ?? 0)}${limit.period?.label ?? ''}`;
}

function reason(ctx: Context, pack: RulePack, duty: DutyLight): string {
  const { facts, rule } = duty;
  const { today } = ctx;
  switch (rule.when) {
    case 'closed':
      return '已销号。';
    case 'paused':
      return facts.state.status === 'paused' ? '经领导决定暂缓。' : '已调整取消，不再要求报送。';
    case 'reported':
      return '已报办结，待核查。';
    case 'passed':
      return facts.due === null ? '' : `${dayLine(ctx, duty)}${passedText(facts.due, today)}`;
    case 'near':
      return facts.due === null
        ? ''
        : `${dayLine(ctx, duty)}${leftText(facts.due, today)}，在${rule.workingDays}个工作日的临期范围内，${quietText(ctx, duty, rule.quietWorkingDays)}。`;
    case 'silent':
      return `${facts.assignedOn ? dayName(facts.assignedOn, today) : ''}交办，${rule.days}天内没有收到报告。`;
    case 'behind':
      return `${stageText(ctx, duty)}，报的是${facts.state.percent}%，差${pointsBehind(facts, today)}个百分点，达到${rule.points}个。`;
    case 'problem':
      return '已报困难，之后没有收到别的报告。';
    case 'round-missed':
      return `${facts.missedRound ? dayName(facts.missedRound, today) : ''}截止的调度没有收到报告。`;
    case 'urged':
      return `上次报告之后已提示${facts.urgedTimes}次。`;
    case 'dated':
      return `${dayLine(ctx, duty)}${greenText(ctx, pack, duty)}`;
    case 'always':
      return facts.due === null ? '没有日期，也没有缺报的调度。' : `${dayLine(ctx, duty)}${greenText(ctx, pack, duty)}`;
  }
}

/** 原时限9月30日，县领导9月26日同意延至10月15日（周日）； or the day as the document has it. */
function dayLine(ctx: Context, { facts, limit, extension }: DutyLight): string {
  const { today } = ctx;
  if (facts.due === null) return '';
  if (!extension) return `时限${phraseBefore(ctx, limit)}${dayText(facts.due, today)}，`;
  const { statedDue, decidedAt } = extension.extension;
  const on = dayName(wallClock(decidedAt, ctx.timeZone).date, today);
  const stated = dayName(limit.statedDue ?? statedDue, today);
  return `原时限${stated}，${extension.agreedBy}${on}同意延至${dayText(facts.due, today)}；`;
}

/** 7月底前，: in the words of the document where the day is one that people do not have in mind any more. */
function phraseBefore({ startOn }: Context, { milestone, due }: Limit): string {
  return milestone && milestone.kind === 'date' && due !== null && due < startOn ? `${milestone.phrase}，` : '';
}

function leftText(due: LocalDate, today: LocalDate): string {
  const by = isWorkingDay(due) ? '' : `按前一工作日${dayName(lastWorkingDayUpTo(due), today)}算，`;
  return `${by}还有${workingDaysLeft(due, today)}个工作日`;
}

function passedText(due: LocalDate, today: LocalDate): string {
  const lastCall = firstWorkingDayAfter(due);
  return `${dayName(lastCall, today)}下班前没有收到办结报告，已过${workingDaysBetween(lastCall, today)}个工作日。`;
}

function quietText(ctx: Context, { facts }: DutyLight, days: number): string {
  const last = facts.lastReportOn ? `最近一次报告是${dayName(facts.lastReportOn, ctx.today)}` : '还没有收到报告';
  return `近${days}个工作日没有报告（${last}）`;
}

function stageText(ctx: Context, { facts }: DutyLight): string {
  const { today } = ctx;
  const from = facts.from ? dayName(facts.from, today) : '';
  const to = facts.due ? dayName(facts.due, today) : '';
  return `阶段${from}至${to}，按工作日已过${plannedPercent(facts, today)}%`;
}

function greenText(ctx: Context, pack: RulePack, { facts }: DutyLight): string {
  const { today, startOn } = ctx;
  const { due, lastReportOn } = facts;
  if (due === null) return '';
  if (facts.extensionWaits) return '已在时限前申请延期，批准前不亮红灯。';
  if (due < startOn) return `早于台账启用日${dayName(startOn, today)}，列为待补报，不计超期。`;
  if (due < today) return `${dayName(firstWorkingDayAfter(due), today)}下班前报送不计超期。`;
  const near = pack.rules.find((rule): rule is Extract<Rule, { when: 'near' }> => rule.when === 'near');
  const left = leftText(due, today);
  if (!near) return `${left}。`;
  if (workingDaysLeft(due, today) > near.workingDays) return `${left}，未进入${near.workingDays}个工作日的临期范围。`;
  return `${left}，${lastReportOn ? `${dayName(lastReportOn, today)}报过` : ''}，近${near.quietWorkingDays}个工作日内有报告。`;
}
