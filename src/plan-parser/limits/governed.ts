import { enclosed, type Span } from '../text/brackets.js';
import { clausesOf, type Piece } from '../text/clauses.js';

/** Words that lead to a limit and belong to neither it nor the work: 重点监管单位[要于]2023年底前. */
const leadIn = /(?:力争|争取|确保|必须|务必|应当|应|须|需|要|将)?(?:在|于|到|至|自|截至|截止)?$/;
const bareCompletion = /^(?:全部|全面|基本|按期|如期)?(?:完成|建成|到位|办结|落实到位|完成任务|完成到位)?$/;
const limitLabel = /(?:时限|期限|时间)$/;

/** A clause that only says how, for whom or by what: 针对上述企业, 以化工为重点. */
const circumstance =
  /^(?:针对|围绕|结合|按照|按|根据|依据|依照|通过|本着|参照|为(?!期)|在.{1,40}(?:前提下|基础上|过程中|中|后)$|以.{1,80}为(?:重点|核心|主|抓手|目标|契机|依据)$)/;

const loose = '，,、；;： ';

function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && loose.includes(text.charAt(start))) start += 1;
  while (end > start && loose.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function withoutCircumstances(clauses: Piece[]): Piece[] {
  const main = clauses.findIndex((clause) => !circumstance.test(clause.text));
  return main === -1 ? clauses : clauses.slice(main);
}

/** A sentence taken apart once, for all the limits in it. */
export interface Sentence {
  text: string;
  clauses: Piece[];
  enclosed: Span[];
}

export function takeApart(text: string): Sentence {
  return { text, clauses: clausesOf(text), enclosed: enclosed(text) };
}

/**
 * The words that a limit governs: the clause it opens or stands in, or, when it closes the sentence (…，10月底前完成),
 * what came before. A period that opens a sentence governs all of it. Empty when the sentence says nothing else.
 */
export function governedBy({ text, clauses, enclosed }: Sentence, limit: Span, isPeriod: boolean): string {
  const own = clauses.findIndex((clause) => clause.start <= limit.start && limit.end <= clause.end);
  const clause = clauses[own];
  if (!clause) return trimmed(text);

  // The bracket that holds the limit, as in 完成整治（9月5日前完成）, goes with it.
  const cut = enclosed.find((span) => span.start < limit.start && limit.end < span.end) ?? limit;
  const lead = text.slice(clause.start, cut.start).replace(leadIn, '');
  const after = text.slice(cut.end, clause.end);
  const following = withoutCircumstances(clauses.slice(own + 1));

  if (isPeriod && own === 0 && lead === '' && after === '') return trimmed(text.slice(following[0]?.start ?? cut.end));
  if (lead === '' && own > 0 && bareCompletion.test(after) && (after !== '' || following.length === 0)) {
    return limitLabel.test(clauses[own - 1]?.text ?? '') ? '' : trimmed(text.slice(0, clause.start));
  }
  if (after === '' && lead === '') return following[0]?.text ?? '';
  if (after === '') return trimmed(lead + (following[0]?.text ?? ''));
  return trimmed(lead + after);
}
