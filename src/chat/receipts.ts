import { type Reply, reply } from './message.js';

/** What is said of one report that was recorded: by itself, or in a few words among others of the same message. */
export interface Receipt {
  alone: Reply;
  code: string;
  /** 报进展, 报办结（待核查）. */
  what: string;
  /** 确保采暖季稳定达标运行: what else the text asks of what was reported done. */
  demands: string;
  /** Of several leads who has reported and who has not. */
  joint: string | null;
}

const codesShown = 40;
const shown = 2;

/** One answer for all that one message reported. */
export function receiptsReply(receipts: readonly Receipt[]): Reply {
  const [first, ...others] = receipts;
  if (first && others.length === 0) return first.alone;
  const groups = [...Map.groupBy(receipts, ({ what }) => what)];
  const named = groups.map(
    ([what, some]) => `${codesText(some)}${groups.length > 1 || !isPlain(what) ? ` ${what}` : ''}`,
  );
  const demanding = receipts.filter(({ demands }) => demands !== '');
  const more = demanding.length > shown ? `其余${demanding.length - shown}条发“/task 编号”看原文。` : '';
  const asked = demanding.slice(0, shown).map(({ code, demands }) => `${code} ${demands}`);
  return reply.text(
    `已记${receipts.length}条：${named.join('；')}。`,
    ...receipts.flatMap(({ code, joint }) => (joint === null ? [] : `${code} ${joint}`)).slice(0, shown),
    asked.length > 0 ? `原文还要求：${asked.join('；')}。${more}已按所报记录，供核查时对照。` : null,
    `记错了发“/undo”，这次报的一起撤回；只撤一条的写编号，如“/undo ${first?.code}”。`,
  );
}

const isPlain = (what: string) => what === '报进展';

function codesText(receipts: readonly Receipt[]): string {
  const codes = [...new Set(receipts.map(({ code }) => code))];
  return `${codes.slice(0, codesShown).join('、')}${codes.length > codesShown ? '等' : ''}`;
}
