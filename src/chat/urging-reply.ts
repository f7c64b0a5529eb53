import { unitName, unitNames } from '../domain/ledger.js';
import { dayName } from '../domain/local-date.js';
import type { PersonId } from '../domain/person.js';
import { taskName } from '../domain/task.js';
import { nearDayText } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import { groupToTell, tellGroup, tellPeople } from '../services/notice/tell.js';
import { liaisonsByUnit } from '../services/person/liaisons-by-unit.js';
import { untilText } from '../services/request/request-notices.js';
import { taskButtons } from '../services/task/task-buttons.js';
import type { Escalation } from '../services/urging/escalations.js';
import type { SentInstruction } from '../services/urging/send-instruction.js';
import type { UnitUrging, Urged, UrgingProposal } from '../services/urging/urgings.js';
import { groupName } from './group-name.js';
import { type Reply, reply } from './message.js';

const unitsPreviewed = 20;

/** 预览：提示2家4项，每家一条。 */
export function urgingPreview(ctx: Context, { urgings, resting }: UrgingProposal): string {
  const works = new Set(urgings.flatMap(({ works }) => works.map(({ task }) => task)));
  const lines = urgings
    .slice(0, unitsPreviewed)
    .map((urging) => `${unitName(ctx.ledger, urging.unit)}：${worksText(urging.works)}，${byText(ctx, urging)}`);
  const more = urgings.length > unitsPreviewed ? `……等${urgings.length}家` : null;
  const quiet = resting.length > 0 ? `今天已提示过、这次不发：${unitNames(ctx.ledger, resting)}。` : null;
  return [
    `预览：提示${urgings.length}家${works.size}项，发到${groupName(ctx)}，每家一条：`,
    ...lines,
    more,
    quiet,
    '回“发送”发出。',
  ]
    .filter((line) => line !== null)
    .join('\n');
}

/** One message for each unit, which rings its liaisons. */
export async function postUrgings(ctx: Context, urgings: UnitUrging[], words: string, day: string): Promise<void> {
  const liaisons = await liaisonsByUnit(ctx);
  for (const urging of urgings) {
    const tasks = urging.works.map(({ task }) => task);
    await tellGroup(ctx, await groupToTell(ctx, tasks), {
      key: `urge ${urging.unit} ${day}`,
      kind: 'urging',
      said: await urgingNotice(ctx, urging, words, liaisons.get(urging.unit) ?? []),
    });
  }
}

/** 【提示】县水利局 / 请于9月28日（周四）下班前报送水-1、水-2进展，能办结的一并报办结。 */
async function urgingNotice(
  ctx: Context,
  urging: UnitUrging,
  words: string,
  mentions: { person: string; name: string }[],
): Promise<Reply> {
  const unit = unitName(ctx.ledger, urging.unit);
  const [only, ...others] = urging.works;
  const asked = `请于${byText(ctx, urging)}报送${worksText(urging.works)}进展，能办结的一并报办结。`;
  return reply.card(`【提示】${unit}`, {
    blocks: [
      { kind: 'section', text: asked, mentions },
      ...(words === '' ? [] : [{ kind: 'line' as const, text: words }]),
      ...(ctx.settings.signature === '' ? [] : [{ kind: 'line' as const, text: ctx.settings.signature }]),
    ],
    buttons: only && others.length === 0 ? await taskButtons(ctx, only.task, urging.unit) : [],
  });
}

/** 【提示】县水利局 / 按领导批示：28日前报送气-3进展 */
export async function postInstruction(
  ctx: Context,
  { number, unit, tasks, words, day }: SentInstruction,
): Promise<Reply> {
  const name = unit === null ? '' : unitName(ctx.ledger, unit);
  const liaisons = await liaisonsByUnit(ctx);
  const { signature } = ctx.settings;
  await tellGroup(ctx, await groupToTell(ctx, tasks), {
    key: `instruction ${number}`,
    kind: 'urging',
    said: reply.card(`【提示】${name}`, {
      blocks: [
        {
          kind: 'section',
          text: `按领导批示：${words}${untilText(day, ctx.today)}`,
          mentions: (unit && liaisons.get(unit)) || [],
        },
        ...(signature === '' ? [] : [{ kind: 'line' as const, text: signature }]),
      ],
    }),
  });
  return reply.text(`批示第${number}号已发到${groupName(ctx)}，提示${name}。`);
}

const escalationsShown = 10;

/** 县水利局 水-1：9月25日、28日已提示，没有收到报告 */
function escalationLines(ctx: Context, escalations: Escalation[]): string[] {
  const lines = escalations.slice(0, escalationsShown).map(({ unit, task, days }) => {
    const when = days.map((day) => dayName(day, ctx.today)).join('、');
    return `${unitName(ctx.ledger, unit)} ${taskName(task)}：${when}已提示，之后没有收到报告`;
  });
  const more = escalations.length > escalationsShown ? [`等${escalations.length}项`] : [];
  return [...lines, ...more];
}

export function escalationPreview(ctx: Context, escalations: Escalation[]): string {
  return [
    `可以报分管领导的${escalations.length}项：`,
    ...escalationLines(ctx, escalations),
    '回“发送”单聊报分管领导，不发到群里。',
  ].join('\n');
}

/** One to one to the leaders in charge; nothing of it is said in the group. */
export async function tellEscalations(
  ctx: Context,
  told: ReadonlyMap<PersonId, Escalation[]>,
  day: string,
): Promise<void> {
  for (const [leader, escalations] of told) {
    await tellPeople(ctx, [leader], {
      key: `escalate ${day}`,
      kind: 'escalation',
      said: reply.text(
        `【报告】提示后没有收到报告的${escalations.length}项，请阅示：`,
        ...escalationLines(ctx, escalations),
        '以上只反映台账收到的报告，实际进度以责任单位说明为准。',
        ctx.settings.signature,
      ),
    });
  }
}

const byText = (ctx: Context, { by }: UnitUrging) => `${nearDayText(by, ctx.today)}下班前`;

/** 气-3（含气附-3、气附-6）、气-7 */
function worksText(works: Urged[]): string {
  return works
    .map(({ task, parts }) => {
      const named = parts.map((part) => part.code).join('、');
      return `${task.code}${named === '' ? '' : `（含${named}）`}`;
    })
    .join('、');
}
