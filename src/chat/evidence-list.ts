import { sizeText } from '../domain/evidence.js';
import { fileName } from '../domain/file-name.js';
import { codeOf, unitName } from '../domain/ledger.js';
import { dayName, wallClock } from '../domain/local-date.js';
import { type Task, taskName } from '../domain/task.js';
import { BotError } from '../errors.js';
import type { CodeMention } from '../language/codes.js';
import type { Context } from '../services/context.js';
import { type EvidenceRow, evidenceOfWork } from '../services/evidence/evidence-of.js';
import { getTask } from '../services/task/get-task.js';
import { type Reply, reply } from './message.js';

/** A piece and what people call it: its code, its number there, who reported it. */
interface Piece {
  row: EvidenceRow;
  code: string;
  whose: string;
}

const shown = 30;
const everything = /全部|都要|所有/u;

export async function evidenceList(ctx: Context, code: CodeMention): Promise<Reply> {
  const task = getTask(ctx, code);
  const pieces = await piecesOf(ctx, task);
  if (pieces.length === 0) return reply.text(`${taskName(task)} 的报送没有附材料。`);
  const items = pieces.slice(0, shown).map((piece) => lineOf(task, piece));
  const more = pieces.length > shown ? `只列出前${shown}个。` : '';
  return reply.card(`${taskName(task)} 的材料${pieces.length}个：`, {
    blocks: [
      { kind: 'items', items },
      { kind: 'note', text: `${more}要哪个发“/file ${task.code} 序号”，可写几个。` },
    ],
  });
}

/** The files asked for by their numbers; the list where there are several and none is named. */
export async function evidenceFiles(ctx: Context, code: CodeMention, which: string | null): Promise<Reply[]> {
  const task = getTask(ctx, code);
  const pieces = await piecesOf(ctx, task);
  const [only] = pieces;
  if (which === null && (!only || pieces.length > 1)) return [await evidenceList(ctx, code)];
  const numbers = new Set((which ?? '').match(/\d{1,6}/gu)?.map(Number));
  const all = which === null || everything.test(which);
  const wanted = pieces.filter(({ row, code: own }) => all || (numbers.has(row.number ?? 0) && own === task.code));
  if (wanted.length === 0) {
    const have = pieces.map((piece) => numberOf(task, piece)).join('、');
    const say = pieces.length === 0 ? '的报送没有附材料' : `没有这个序号的材料，有的是：${have}`;
    throw new BotError('not-found', `${task.code}${say}。`);
  }
  const gone = wanted.filter(({ row }) => row.forgottenAt !== null);
  const files = wanted.filter(({ row }) => row.forgottenAt === null).map((piece) => fileOf(task, piece));
  const lost = gone.map((piece) => `${lineOf(task, piece)}，没有可发的内容。`);
  return [...(lost.length > 0 ? [reply.text(...lost)] : []), ...files];
}

function fileOf(task: Task, piece: Piece): Reply {
  const { row, code } = piece;
  const called = row.name.replace(/\.[^.]*$/u, '');
  const name = fileName(`${code} 材料${row.number} ${called}`, row.type);
  return reply.file(`${code} 材料${lineOf(task, piece)}。`, name, { kind: 'evidence', sequence: row.sequence });
}

/** 1. 现场.jpg，2.1MB，县住建局9月25日09:20报 */
function lineOf(task: Task, piece: Piece): string {
  const { row, whose } = piece;
  const kept = row.forgottenAt === null ? sizeText(row.size) : '已按保存期限清理';
  return `${numberOf(task, piece)}. ${row.name}，${kept}，${whose}`;
}

/** Those of annex rows with the code of the row. */
const numberOf = (task: Task, { row, code }: Piece) => (code === task.code ? `${row.number}` : `${code} ${row.number}`);

async function piecesOf(ctx: Context, task: Task): Promise<Piece[]> {
  return (await evidenceOfWork(ctx, task)).map(({ piece: row, report }) => {
    const { date, time } = wallClock(report?.at ?? row.receivedAt, ctx.timeZone);
    const unit = report?.unitId ? unitName(ctx.ledger, report.unitId) : '';
    const code = row.task === null || row.year === null ? task.code : codeOf(ctx.ledger, row.year, row.task);
    return { row, code, whose: `${unit}${dayName(date, ctx.today)}${time.slice(0, 5)}报` };
  });
}
