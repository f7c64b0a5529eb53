import { filesText } from '../domain/evidence.js';
import type { Actor } from '../domain/person.js';
import { hasMarking } from '../domain/secrecy.js';
import { announcesFiles } from '../language/announces-files.js';
import type { Context } from '../services/context.js';
import { handsOver } from '../services/evidence/hold.js';
import { reportsOfMessage } from '../services/evidence/reports.js';
import type { Answer } from '../services/message/answer-message.js';
import { converse, type Knows, readingOf } from './dispatch.js';
import { type IncomingFile, joinReplies, type Reply, reply } from './message.js';
import { placeOffered } from './place-files.js';
import { readLine } from './read-line.js';

/** Which of the files of a message are to be had, and how they are placed once they are. */
export interface Wanted {
  files: IncomingFile[];
  /** Words that are about the files and wait for them: /attach 水-7 */
  text: string;
  /** It had other words, which are answered. */
  worded: boolean;
}

export interface Beside {
  answer: Answer;
  wanted: Wanted | null;
}

const mostFiles = 20;
const nothing: Answer = { replies: [], commands: [] };
const who = '收到文件，没有留存：计划文件由管理员或督查室导入，材料由责任单位的联络员随报送发。';

/** What somebody says, and with a report what they sent before it without saying where it belongs. */
export async function hearWords(ctx: Context, knows: Knows, text: string, { withFiles = false } = {}): Promise<Answer> {
  const answer = await converse(ctx, knows, text);
  if (!answer.commands.some((name) => knows.commands.byWord.get(name)?.writes === true)) return answer;
  const placed = await placeOffered(ctx);
  if (placed.length > 0 || withFiles) return withReplies(answer, placed);
  const reports = await reportsOfMessage(ctx, ctx.message.id);
  const announced = reports.some(({ kind, note }) => shows.has(kind) && announcesFiles(note));
  return announced ? withReplies(answer, [reply.text(notCome)]) : answer;
}

const shows: ReadonlySet<string> = new Set(['done', 'progress', 'block']);
/** Platforms do not tell the bot of a picture that is sent to a group by itself. */
const notCome = '图片、文件还没收到：和报送写在一条里发，或单聊发给我，会附到这条。';

/** Answers the words, before anything of the files is had; `later` when what becomes of them is told by itself. */
export async function hearBeside(
  ctx: Context,
  knows: Knows,
  text: string,
  files: IncomingFile[],
  { later }: { later: boolean },
): Promise<Beside> {
  const alone = text.trim() === '';
  const aboutFiles = !alone && isAboutFiles(ctx, knows, text);
  const answer = alone || aboutFiles ? nothing : await hearWords(ctx, knows, text, { withFiles: true });
  const records = alone || aboutFiles || (await wantsFiles(ctx, answer));
  const meant = files.filter(({ quoted }) => records || !quoted);
  if (meant.length === 0) return { answer, wanted: null };
  const { fit, refusals } = sorted(meant);
  if (fit.length === 0) return { answer: withReplies(answer, refusals), wanted: null };
  if (!handsOver(ctx) && !importsPlans(ctx.actor)) {
    return { answer: withReplies(answer, [reply.refusal(who)]), wanted: null };
  }
  if (!records) {
    const say = `${textOf(fit)}没有收：和报送写在一条里发，或单独发给我。`;
    return { answer: withReplies(answer, [reply.refusal(say)]), wanted: null };
  }
  const worded = !alone && !aboutFiles;
  const told = worded && later ? [reply.text(`附${textOf(fit)}，没取到会再告诉你。`)] : [];
  return {
    answer: withReplies(answer, [...told, ...refusals]),
    wanted: { files: fit, text: aboutFiles ? text : '', worded },
  };
}

/** Whether what was sent is a document to import and nothing that shows a report. */
export function meansPlan(
  ctx: Pick<Context, 'actor'>,
  { isPicture, quotes, worded }: { isPicture: boolean; quotes: boolean; worded: boolean },
): boolean {
  if (!importsPlans(ctx.actor) || worded) return false;
  return !handsOver(ctx) || (!isPicture && !quotes);
}

export const importsPlans = (actor: Pick<Actor, 'roles'>) => actor.roles.some((role) => importers.has(role));
const importers: ReadonlySet<string> = new Set(['administrator', 'supervisor']);

/** /attach is about what comes with it. */
function isAboutFiles(ctx: Context, knows: Knows, text: string): boolean {
  const read = readLine(text.trim(), knows.commands, readingOf(ctx, knows));
  return read.kind === 'command' && read.command.name === 'attach';
}

/** The words have recorded something, or do so once the person says 是. */
async function wantsFiles(ctx: Context, { replies }: Answer): Promise<boolean> {
  if (replies.some(({ kind }) => kind === 'question')) return true;
  return (await reportsOfMessage(ctx, ctx.message.id)).length > 0;
}

function sorted(files: IncomingFile[]): { fit: IncomingFile[]; refusals: Reply[] } {
  const heard = files.filter(({ kind }) => kind === 'picture' || kind === 'file');
  const fit = heard.filter(({ name }) => !hasMarking(name));
  const lines = [
    files.some(({ kind }) => kind === 'audio') ? '听不了语音，请写成文字发。' : '',
    files.some(({ kind }) => kind === 'video') ? '不收视频，请发图片或文件。' : '',
    fit.length < heard.length ? '已拒收：名字里有密级标志的文件，没有保存。这里不处理涉密内容。' : '',
    fit.length > mostFiles ? `一条消息最多附${mostFiles}个，多的没有收，请另发一条。` : '',
  ].filter(Boolean);
  return { fit: fit.slice(0, mostFiles), refusals: lines.length > 0 ? [reply.refusal(lines.join('\n'))] : [] };
}

const textOf = (files: IncomingFile[]) => filesText(files.map(({ kind }) => (kind === 'picture' ? 'picture' : 'file')));

/** Lines after the words of the answer, before its files. */
export function withReplies(answer: Answer, more: Reply[]): Answer {
  if (more.length === 0) return answer;
  const words = answer.replies.filter(({ kind }) => kind !== 'file');
  const files = answer.replies.filter(({ kind }) => kind === 'file');
  return { ...answer, replies: [joinReplies([...words, ...more]), ...files] };
}
