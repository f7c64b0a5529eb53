import { dutyStatusNames } from '../domain/duty.js';
import { unitNames } from '../domain/ledger.js';
import { limitName } from '../domain/limit.js';
import { keepNote, onOneLine } from '../domain/note.js';
import { partyNames } from '../domain/party-names.js';
import { type Task, taskName } from '../domain/task.js';
import type { UnitId } from '../domain/unit.js';
import { updateKindNames } from '../domain/update-chain.js';
import { shorten } from '../domain/wording.js';
import type { CodeMention } from '../language/codes.js';
import type { Context } from '../services/context.js';
import { type Decided, type Decision, decideOnDuties, previewDecision } from '../services/duty/decide-on-duties.js';
import { type NamedDuty, unitsOf } from '../services/duty/named-duties.js';
import { answerEach } from './answer-each.js';
import { type Reply, reply } from './message.js';

const reasonShown = 60;

export interface Decisive {
  tasks: CodeMention[];
  unit?: UnitId | undefined;
  reason?: string | undefined;
}

/** 已退回：水-7 …，县住建局（现在是正在推进）, told to the unit with the reason. */
export function decideOnEach(ctx: Context, decision: Decision, { tasks, unit, reason = '' }: Decisive): Promise<Reply> {
  return answerEach(tasks, async (code) => {
    const decided = await decideOnDuties(ctx, decision, code, unit ?? null, keepNote(reason));
    const { task, duties } = decided;
    const goesOn = decision === 'return' || decision === 'reopen' || decision === 'resume';
    const now = goesOn ? `，现在是${dutyStatusNames['in-progress']}` : '';
    return reply.text(
      `已${updateKindNames[decision]}：${whatText(ctx, task, duties)}${now}。${reasonText(reason)}`,
      toldText(ctx, decided),
    );
  });
}

export async function previewDecisions(
  ctx: Context,
  decision: Decision,
  { tasks, unit, reason = '' }: Decisive,
): Promise<string> {
  const texts: string[] = [];
  for (const code of tasks) {
    const { task, duties } = await previewDecision(ctx, decision, code, unit ?? null, reason);
    texts.push(whatText(ctx, task, duties));
  }
  return `${updateKindNames[decision]}：${texts.join('；')}。${reasonText(reason)}`;
}

/** 气-5.1、气附-4 工业炉窑和锅炉综合治理，县工科局 */
function whatText(ctx: Context, task: Task, duties: NamedDuty[]): string {
  const limits = [...new Set(duties.map(({ limit }) => limitName(ctx.ledger, limit)))];
  const [first = task.code] = limits;
  const name = limits.length === 1 && first !== task.code ? `${first} ${task.shortTitle}` : taskName(task);
  const others = limits.filter((limit) => limit !== task.code);
  const parts = limits.length > 1 ? `（含${others.join('、')}）` : '';
  const units = new Set(duties.map(({ unit }) => unit));
  const who = unitsOf(ctx, [task]).length > 1 ? `，${partyNames(ctx.ledger, task, units)}` : '';
  return `${name}${parts}${who}`;
}

const reasonText = (reason: string) => (reason === '' ? '' : `原因：${shorten(onOneLine(reason), reasonShown)}`);

/** Who hears of it, and for whom somebody has to be told otherwise. */
function toldText(ctx: Context, { task, duties, withoutLiaison }: Decided): string {
  const units = new Set(duties.map(({ unit }) => unit));
  const told = [...units].filter((unit) => !withoutLiaison.includes(unit));
  const heard = told.length > 0 ? `单聊告诉${partyNames(ctx.ledger, task, told)}联络员。` : '';
  const missing = withoutLiaison.length > 0 ? `${unitNames(ctx.ledger, withoutLiaison)}没有联络员，请另行告知。` : '';
  return `${heard}${missing}`;
}
