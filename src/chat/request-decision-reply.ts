import { rolesIn } from '../domain/ledger.js';
import { dayName } from '../domain/local-date.js';
import { onOneLine } from '../domain/note.js';
import { holds } from '../domain/person.js';
import { requestKindNames } from '../domain/request.js';
import { dueText, shorten } from '../domain/wording.js';
import type { CodeMention } from '../language/codes.js';
import type { Context } from '../services/context.js';
import { type Answers, ask } from '../services/question/ask.js';
import { type Decision, decide } from '../services/request/decide.js';
import { decisionReach } from '../services/request/decider.js';
import { requestsMeant } from '../services/request/pick-request.js';
import { tellOutcome } from '../services/request/request-notices.js';
import { type RequestRow, subjectOf, taskOf, unitOf } from '../services/request/request-words.js';
import { answerEach } from './answer-each.js';
import { type Reply, reply } from './message.js';
import { readAgreedBy, readDecision, type TypedDecision } from './read-decision.js';
import { requestLine } from './request-line.js';

/** 同意 or 不同意, of the request that is named or the one that waits for the speaker. */
export async function decisionReply(ctx: Context, granted: boolean, typed = ''): Promise<Reply> {
  const said = readDecision(ctx, typed);
  const decision = decisionFrom(ctx, granted, said);
  const one = async (ref: CodeMention | null) => {
    const meant = await requestsMeant(ctx, { number: said.number, ref, kind: said.kind }, await decisionReach(ctx));
    const [request, ...others] = meant;
    if (!request || others.length > 0) return chooseRequest(ctx, meant, granted ? 'approve' : 'refuse', typed);
    return decidedReply(ctx, await decide(ctx, request, decision));
  };
  return said.number === null && said.refs.length > 0 ? answerEach(said.refs, one) : one(null);
}

/** A leader's own words stay whole; a supervisor's name whoever agreed. */
function decisionFrom(ctx: Context, granted: boolean, { day, words }: TypedDecision): Decision {
  const agreed = granted && !holds(ctx.actor, 'leader') ? readAgreedBy(words) : null;
  return { granted, day, words: agreed?.rest ?? words, agreedBy: agreed?.name ?? null };
}

/** Several wait: which one is meant, by its place in the list. */
export function chooseRequest(ctx: Context, requests: RequestRow[], command: string, typed: string): Promise<Reply> {
  const answers: Answers = requests.map(({ number }, index) => ({
    words: [String(index + 1), `第${number}号`, `${number}号`],
    say: `/${command} 第${number}号 ${typed}`,
  }));
  const lines = requests.map((request, index) => `${index + 1}. ${requestLine(ctx, request)}`);
  return ask(
    ctx,
    `有${requests.length}件等待决定，这次是哪一件？请回序号：\n${lines.join('\n')}`,
    answers,
    requests.map((_, index) => ({ label: String(index + 1), send: String(index + 1) })),
  );
}

async function decidedReply(ctx: Context, request: RequestRow): Promise<Reply> {
  const words = wordsText(request);
  const told = await tellOutcome(ctx, request, 'decided', reply.text(outcomeNotice(ctx, request, words)));
  return reply.text(
    `已记：${decisionText(ctx, request)}${words && `，${words}`}。`,
    told.length > 0 ? `已转告${told.join('、')}。` : null,
    request.kind === 'objection' && request.state === 'granted' ? otherLead(ctx, request) : null,
  );
}

const wordsText = ({ decision }: RequestRow) => (decision ? `“${shorten(onOneLine(decision), 60)}”` : '');

/** 同意气附-6延至10月15日（周日），前一工作日13日（周五）; in the speaker's own words. */
function decisionText(ctx: Context, request: RequestRow): string {
  const { kind, state, grantedDue, agreedBy } = request;
  const no = state === 'granted' ? '' : '不';
  const subject = subjectOf(ctx.ledger, request);
  const unit = unitOf(ctx.ledger, request);
  switch (kind) {
    case 'extension':
      return grantedDue
        ? `${agreedBy ?? ''}同意${subject}延至${dueText(grantedDue, ctx.today)}`
        : `不同意${subject}延期，时限不变`;
    case 'objection':
      return `${no}同意${unit}对${subject}的职责异议`;
    case 'exemption':
      return `${no}同意${unit}不涉及${subject}`;
    case 'instruction':
      return requestKindNames[kind];
  }
}

function outcomeNotice(ctx: Context, request: RequestRow, words: string): string {
  const { kind, state, agreedBy, statedDue, grantedDue } = request;
  const said = words && `：${words}`;
  const text = decisionText(ctx, { ...request, agreedBy: null });
  if (kind === 'extension') {
    const before = grantedDue && statedDue ? `（原时限${dayName(statedDue, ctx.today)}）` : '';
    return `${agreedBy ?? ctx.actor.name}${text}${before}${said}。发“/task ${subjectTask(ctx, request)}”看情况。`;
  }
  const next = state === 'granted' ? '不再列入待报' : '仍按文件办理';
  return `督查室${text}，${next}${said}。发“/task ${subjectTask(ctx, request)}”看情况。`;
}

const subjectTask = (ctx: Context, request: RequestRow) => taskOf(ctx, request).code;

/** The document's lead does not report any more: the office may name another beside it. */
function otherLead(ctx: Context, request: RequestRow): string | null {
  const task = taskOf(ctx, request);
  const leads =
    request.unitId !== null && rolesIn(ctx.ledger, task, request.unitId).some(({ role }) => role !== 'support');
  return leads ? `另定牵头单位发“/set ${task.code} 牵头 单位名”。` : null;
}
