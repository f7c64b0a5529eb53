import { holds, type PersonId } from '../../domain/person.js';
import { diffPlan, isUnchanged, type PlanDiff } from '../../domain/plan-diff.js';
import type { NoticeDraft } from '../../domain/plan-draft.js';
import { BotError } from '../../errors.js';
import { listDocuments } from '../../store/documents.js';
import { findImport, type ImportRow, insertImport, listProposedImports } from '../../store/imports.js';
import type { Context } from '../context.js';
import { type NewUnit, newUnitsIn, unitFinder } from './match-units.js';

/** A document as it was read, before anybody decided about it. */
export interface ReadFile {
  fileName: string;
  sha256: string;
  text: string;
  draft: NoticeDraft;
}

/** What an import would do to the ledger. */
export interface Preview {
  draft: NoticeDraft;
  diffs: PlanDiff[];
  newUnits: NewUnit[];
  /** What has to be settled before it can be confirmed, in words for the person. */
  obstacles: string[];
  unchanged: boolean;
}

export interface Proposal {
  number: number;
  fileName: string;
  preview: Preview;
}

/** Who may bring documents into the ledger or confirm that another did. */
export function importerOf(ctx: Context): PersonId {
  const { person } = ctx.actor;
  if (person === null && holds(ctx.actor, 'administrator')) {
    throw new BotError('forbidden', '名单里还没有管理员。先运行 duban admin-code 或 duban person add，再导入。');
  }
  if (person === null || !holds(ctx.actor, 'administrator', 'supervisor')) {
    throw new BotError('forbidden', '计划文件由管理员或督查室导入。把文件交给他们，或发“/help”看你能做什么。');
  }
  return person;
}

/** Keeps a document that was read until a second person confirms it. Throws when it has nothing new. */
export async function proposeImport(ctx: Context, file: ReadFile): Promise<Proposal> {
  const proposedBy = importerOf(ctx);
  const preview = previewOf(ctx, file.draft);
  if (file.draft.plans.every((plan) => plan.tasks.length === 0)) {
    throw new BotError(
      'invalid',
      `《${file.fileName}》里没有读到编号的任务，没有导入。请确认是任务文件，附表请连正文一起发。`,
    );
  }
  if (preview.unchanged) {
    const [same] = (await listDocuments(ctx.tx, ctx.workspace)).filter(({ sha256 }) => sha256 === file.sha256);
    const what = same ? `这份文件已经导入过（${same.fileName}）` : '这份文件和台账里的计划完全一样';
    throw new BotError('conflict', `${what}，没有变化，不用再导入。`);
  }
  const number = await insertImport(ctx.tx, ctx.workspace, { ...file, proposedBy, proposedAt: ctx.now });
  return { number, fileName: file.fileName, preview };
}

export function previewOf(ctx: Pick<Context, 'ledger'>, draft: NoticeDraft): Preview {
  const find = unitFinder(ctx.ledger);
  const diffs = draft.plans.map((plan) => diffPlan(ctx.ledger, plan, find));
  return {
    draft,
    diffs,
    newUnits: newUnitsIn(ctx.ledger, draft),
    obstacles: diffs.flatMap((diff) => obstaclesTo(ctx, diff)),
    unchanged: diffs.length > 0 && diffs.every(isUnchanged),
  };
}

function obstaclesTo(ctx: Pick<Context, 'ledger'>, { plan, existing }: PlanDiff): string[] {
  if (plan.year === 0) return [`《${plan.title}》没有读到年份，请把年份写进文件名（如“2024年….docx”）再发一次`];
  if (existing) return [];
  const taken = ctx.ledger.plans.find(({ prefix, year }) => prefix === plan.prefix && year === plan.year);
  return taken ? [`编号前缀“${plan.prefix}”已用于《${taken.title}》，确认时写“前缀 ${plan.prefix}=另一个字”`] : [];
}

export async function listProposals(ctx: Context) {
  importerOf(ctx);
  return listProposedImports(ctx.tx, ctx.workspace);
}

/** The proposal of that number, or the only one that waits. */
export async function findProposal(ctx: Context, number: number | null): Promise<ImportRow> {
  importerOf(ctx);
  const waiting = await listProposedImports(ctx.tx, ctx.workspace);
  const [only, ...others] = waiting;
  if (number === null && !only) throw new BotError('not-found', '没有等待确认的导入。管理员把文件发到这里就可以导入。');
  if (number === null && others.length > 0) {
    const names = waiting.map((one) => `${one.number}. ${one.fileName}`).join('；');
    throw new BotError('invalid', `有${waiting.length}份导入等待确认，请写号数：${names}`);
  }
  const row = await findImport(ctx.tx, ctx.workspace, number ?? only?.number ?? 0);
  if (!row) throw new BotError('not-found', `没有第${number}号导入。发“/import”看等待确认的导入。`);
  if (row.state !== 'proposed') {
    throw new BotError('conflict', `第${row.number}号导入${row.state === 'confirmed' ? '已经入账' : '已经放弃'}。`);
  }
  return row;
}
