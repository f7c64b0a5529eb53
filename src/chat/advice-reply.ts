import { dueText } from '../domain/wording.js';
import { BotError } from '../errors.js';
import type { CodeMention } from '../language/codes.js';
import type { Context } from '../services/context.js';
import { adviceReach, advise } from '../services/request/advise.js';
import { requestsMeant } from '../services/request/pick-request.js';
import { quoted, type RequestRow, subjectOf, unitOf } from '../services/request/request-words.js';
import { answerEach } from './answer-each.js';
import { type Reply, reply } from './message.js';
import { readDecision } from './read-decision.js';
import { chooseRequest } from './request-decision-reply.js';

const favour = /^\s*(?:建议)?(不)?同意[\s,，。:：;；]*/;
/** 报分管县长 says where the opinion goes, and it goes there anyway. */
const onward =
  /^(?:请)?(?:上?报|呈报?|送)(?:请)?\S{0,8}?(?:长|领导|书记|主任)(?:审批|审定|批准|批示|同意)?(?:$|[\s,，。;；]+)/;

/** 建议同意 or 建议不同意 with words; the leaders in charge are asked with it. */
export async function adviceReply(ctx: Context, typed = ''): Promise<Reply> {
  const reach = await adviceReach(ctx);
  const first = favour.exec(typed);
  const said = readDecision(ctx, first ? typed.slice(first[0].length) : typed);
  const found = first ?? favour.exec(said.words);
  if (!found) {
    throw new BotError(
      'invalid',
      '意见写“建议同意”或“建议不同意 理由”，如：/advise 气附-6 同意。发“/extend”看等待的申请。',
    );
  }
  const favours = found[1] === undefined;
  const words = (first ? said.words : said.words.slice(found[0].length)).replace(onward, '');
  const one = async (ref: CodeMention | null) => {
    const meant = await requestsMeant(ctx, { number: said.number, ref, kind: said.kind }, reach);
    const [request, ...others] = meant;
    if (!request || others.length > 0) return chooseRequest(ctx, meant, 'advise', typed);
    const advised = await advise(ctx, request, { favours, words });
    return advisedReply(
      ctx,
      advised.request,
      advised.leaders.map(({ name }) => name),
    );
  };
  return said.number === null && said.refs.length > 0 ? answerEach(said.refs, one) : one(null);
}

function advisedReply(ctx: Context, request: RequestRow, leaders: string[]): Reply {
  const { opinion, newDue } = request;
  const words = opinion?.words ? `，“${quoted(opinion.words)}”` : '';
  const day = newDue ? `延至${dueText(newDue, ctx.today)}` : '';
  const what = `${unitOf(ctx.ledger, request)}${subjectOf(ctx.ledger, request)}${day}`;
  const text = `建议${opinion?.favours ? '' : '不'}同意${words}`;
  if (leaders.length === 0) {
    return reply.text(`已记意见：${what}，${text}。`, '名单里还没有领导，没有报出。请管理员登记领导后再发一次。');
  }
  return reply.text(`已报${leaders.join('、')}：${what}，${text}。`, '领导批后转告你和申请单位。');
}
