import { type Button, type Reply, reply } from '../../chat/message.js';
import { dayName, type LocalDate } from '../../domain/local-date.js';
import type { PersonId } from '../../domain/person.js';
import { requestKindNames } from '../../domain/request.js';
import { dayText, dueText } from '../../domain/wording.js';
import { listLiaisonsOf, type PersonRow } from '../../store/people.js';
import type { RequestRow } from '../../store/requests.js';
import type { Context } from '../context.js';
import { peopleWith, tellPeople } from '../notice/tell.js';
import { opinionText, quoted, subjectCode, subjectWithTitle, unitOf } from './request-words.js';

/** Names what was sent about a request when it was asked, and again with each opinion, to whoever decides then. */
export function noticeKey({ number, opinion }: Pick<RequestRow, 'number' | 'opinion'>): string {
  return opinion ? `request ${number} opinion ${opinion.at}` : `request ${number} asked`;
}

/** The supervisors are told one to one what was asked. */
export async function tellSupervisors(ctx: Context, request: RequestRow): Promise<void> {
  const supervisors = await peopleWith(ctx, 'supervisor');
  await tellPeople(
    ctx,
    supervisors.map(({ id }) => id),
    { key: noticeKey(request), kind: 'request', said: askedNotice(ctx, request) },
  );
}

function askedNotice(ctx: Context, request: RequestRow): Reply {
  const { number, kind } = request;
  const code = subjectCode(ctx.ledger, request);
  const name = requestKindNames[kind];
  if (kind === 'instruction') {
    return reply.text(
      `批示第${number}号：${ctx.actor.name}：${instructionText(ctx, request)}`,
      `核后发到群里：/urge 批示${number}。要按交办下达，发“/assign 单位 时限 内容”。`,
    );
  }
  const first = `${name}申请第${number}号：${wishText(ctx, request)}`;
  if (kind !== 'extension') return reply.question(`${first}\n可回“同意”“不同意 理由”。`, decisionButtons(request));
  const next =
    ctx.settings.extensionsBy === 'supervisor'
      ? `报领导定后，发“同意 ${code} 延期 某领导同意”或“不同意 ${code} 延期 理由”。`
      : `提意见发“${code}延期 建议同意”或“${code}延期 建议不同意 理由”，随即报分管领导。`;
  return reply.text(first, next);
}

/** 请县住建局28日前报气-3进展，截止9月28日（周四） */
export function instructionText(ctx: Context, request: RequestRow): string {
  return `请${unitOf(ctx.ledger, request)}${quoted(request.words)}${untilText(request.newDue, ctx.today)}`;
}

/** The day of an instruction beside its words, which may say only 28号 or 明天. */
export const untilText = (day: LocalDate | null, today: LocalDate): string =>
  day === null ? '' : `，截止${dayText(day, today)}`;

/** 县住建局申请将气-3（…）由9月30日延至10月15日，原因：… */
function wishText(ctx: Context, request: RequestRow): string {
  const { ledger, today } = ctx;
  const { statedDue, newDue, inTime, kind } = request;
  const unit = unitOf(ledger, request);
  const subject = subjectWithTitle(ledger, request);
  const why = quoted(request.words);
  if (kind === 'objection') return `${unit}对${subject}的职责有异议：${why}`;
  if (kind === 'exemption') return `${unit}申报不涉及${subject}：${why}`;
  const days = statedDue && newDue ? `由${dayName(statedDue, today)}延至${dueText(newDue, today)}` : '';
  return `${unit}申请将${subject}${days}${inTime ? '' : '（时限后提出）'}，原因：${why}`;
}

/** 请示: the leaders in charge are told one to one, with the opinion. */
export async function tellLeaders(ctx: Context, request: RequestRow, leaders: readonly PersonRow[]): Promise<void> {
  const text = [`请示：${wishText(ctx, request)}`, `${opinionText(request)}。`, '可回“同意”“不同意 理由”。'].join('\n');
  await tellPeople(
    ctx,
    leaders.map(({ id }) => id),
    { key: noticeKey(request), kind: 'request', said: reply.question(text, decisionButtons(request)) },
  );
}

function decisionButtons({ number }: RequestRow): Button[] {
  return [
    { label: '同意', send: `同意 第${number}号` },
    { label: '不同意', send: `不同意 第${number}号` },
  ];
}

/** The unit's liaisons and the supervisors, but not the one who acts. Returns whom a reply can name. */
export async function tellOutcome(ctx: Context, request: RequestRow, key: string, said: Reply): Promise<string[]> {
  const liaisons = request.unitId === null ? [] : await listLiaisonsOf(ctx.tx, ctx.workspace, [request.unitId]);
  const supervisors = await peopleWith(ctx, 'supervisor');
  const notActor = (id: PersonId) => id !== ctx.actor.person;
  const ids = [...liaisons, ...supervisors].map(({ id }) => id).filter(notActor);
  await tellPeople(ctx, ids, { key: `request ${request.number} ${key}`, kind: 'request', said });
  return [
    ...(liaisons.some(({ id }) => notActor(id)) ? [unitOf(ctx.ledger, request)] : []),
    ...(supervisors.length > 0 ? ['督查室'] : []),
  ];
}
