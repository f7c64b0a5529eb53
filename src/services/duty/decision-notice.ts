import { reply } from '../../chat/message.js';
import { unitName } from '../../domain/ledger.js';
import { limitName } from '../../domain/limit.js';
import { onOneLine } from '../../domain/note.js';
import { partyNames } from '../../domain/party-names.js';
import { actorRoleNames } from '../../domain/person.js';
import type { Task } from '../../domain/task.js';
import type { UnitId } from '../../domain/unit.js';
import { updateKindNames } from '../../domain/update-chain.js';
import { shorten } from '../../domain/wording.js';
import type { Context } from '../context.js';
import { taskNotice } from '../notice/task-notice.js';
import type { Telling } from '../notice/tell.js';
import { taskButtons } from '../task/task-buttons.js';
import type { Decision } from './decide-on-duties.js';
import type { NamedDuty } from './named-duties.js';

export interface DecisionTold {
  decision: Decision;
  task: Task;
  duties: NamedDuty[];
  reason: string;
}

const reasonShown = 300;

/** What a unit's liaisons hear one to one: what was decided, why, and what to send next. */
export async function decisionNotice(
  ctx: Context,
  sequence: number,
  { unit, ...told }: DecisionTold & { unit: UnitId },
): Promise<Telling> {
  const { decision, task } = told;
  const lines = [
    `${unitName(ctx.ledger, unit)}：${whatHappened(ctx, decision)}`,
    reasonLine(told.reason),
    nextStep(decision, task),
  ];
  const buttons = goesOn.includes(decision) ? await taskButtons(ctx, task, unit) : [];
  return {
    key: `${decision} ${sequence} ${unit}`,
    kind: decision,
    said: taskNotice(`【${updateKindNames[decision]}】${nameOf(ctx, told)}`, lines, buttons),
  };
}

/** After these the unit has something to report. */
const goesOn: readonly Decision[] = ['return', 'reopen', 'resume'];

/** What the supervisors hear of a leader's decision. */
export function decisionNoticeForOffice(ctx: Context, sequence: number, told: DecisionTold): Telling {
  const { decision, task, duties, reason } = told;
  const units = partyNames(
    ctx.ledger,
    task,
    duties.map(({ unit }) => unit),
  );
  return {
    key: `${decision} ${sequence}`,
    kind: decision,
    said: reply.text(
      `【${updateKindNames[decision]}】${nameOf(ctx, told)}，${units}：${whatHappened(ctx, decision)}`,
      reasonLine(reason),
    ),
  };
}

function whatHappened({ actor }: Context, decision: Decision): string {
  switch (decision) {
    case 'return':
      return `${actorRoleNames.supervisor}退回所报的办结，现在是正在推进。`;
    case 'reopen':
      return `${actorRoleNames.supervisor}重开，现在是正在推进。`;
    case 'pause':
      return `${actor.name}决定暂缓，暂缓期间不用报送。`;
    case 'resume':
      return `${actor.name}决定恢复，现在是正在推进。`;
    case 'withdraw':
      return `${actor.name}决定调整取消，不再要求报送。报过的都留在历史里。`;
  }
}

/** 水-7 完善城镇生活污水处理设施及管网建设, or the one limit of it that was decided on. */
function nameOf({ ledger }: Context, { task, duties }: DecisionTold): string {
  const [limit, ...others] = new Set(duties.map((duty) => limitName(ledger, duty.limit)));
  return `${limit !== undefined && others.length === 0 ? limit : task.code} ${task.shortTitle}`;
}

const reasonLine = (reason: string) => (reason === '' ? null : `原因：${shorten(onOneLine(reason), reasonShown)}`);

function nextStep(decision: Decision, { code }: Task): string | null {
  switch (decision) {
    case 'return':
      return `补充后再报办结发“/done ${code} 完成情况”；还要时间的发“/progress ${code} 情况”。`;
    case 'reopen':
    case 'resume':
      return `报进展发“/progress ${code} 情况”，办结了发“/done ${code} 完成情况”。`;
    case 'pause':
      return '恢复时另行告知。';
    case 'withdraw':
      return null;
  }
}
