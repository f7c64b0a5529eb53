import { type Confirmations, confirmDraft } from '../../domain/confirm-draft.js';
import { type PlanDiff, withPrefix } from '../../domain/plan-diff.js';
import type { NoticeDraft } from '../../domain/plan-draft.js';
import { BotError } from '../../errors.js';
import { decideImport, type ImportRow } from '../../store/imports.js';
import type { Context } from '../context.js';
import { applyImport } from './apply-import.js';
import { findProposal, importerOf, previewOf, type ReadFile } from './propose-import.js';

/** What the person who confirms sets right: prefixes by the one proposed, links of annex rows by their code. */
export interface Adjustments {
  prefixes: Record<string, string>;
  links: Record<string, string | null>;
}

export const noAdjustments: Adjustments = { prefixes: {}, links: {} };

export interface Imported {
  number: number | null;
  fileName: string;
  diffs: PlanDiff[];
  newUnits: string[];
}

/** Brings a proposed document into the ledger. Nobody confirms their own. */
export async function confirmImport(ctx: Context, number: number | null, adjust: Adjustments): Promise<Imported> {
  const row = await findProposal(ctx, number);
  if (row.proposedBy === importerOf(ctx)) {
    throw new BotError('forbidden', `第${row.number}号导入是你提交的，要由另一位管理员或督查室确认。`);
  }
  const imported = await importNow(ctx, row, adjust);
  await decide(ctx, row, 'confirmed');
  return { ...imported, number: row.number };
}

export async function discardImport(ctx: Context, number: number | null): Promise<ImportRow> {
  const row = await findProposal(ctx, number);
  await decide(ctx, row, 'discarded');
  return row;
}

/** Brings a document into the ledger without a proposal: for whoever sits at the server. */
export async function importNow(ctx: Context, file: ReadFile, adjust: Adjustments): Promise<Imported> {
  const preview = previewOf(ctx, adjusted(file.draft, adjust));
  if (preview.obstacles.length > 0) throw new BotError('invalid', `还不能入账：${preview.obstacles.join('；')}。`);
  await applyImport(ctx, file, preview);
  return {
    number: null,
    fileName: file.fileName,
    diffs: preview.diffs,
    newUnits: preview.newUnits.map((unit) => unit.name),
  };
}

async function decide(ctx: Context, { number }: ImportRow, state: 'confirmed' | 'discarded'): Promise<void> {
  const decision = { state, decidedBy: importerOf(ctx), decidedAt: ctx.now };
  if (!(await decideImport(ctx.tx, ctx.workspace, number, decision))) {
    throw new BotError('conflict', `第${number}号导入刚刚已经处理过了。`);
  }
}

/** Throws a refusal when an adjustment names a prefix or a code that the document does not have. */
export function adjusted(draft: NoticeDraft, { prefixes, links }: Adjustments): NoticeDraft {
  const own = new Set(draft.plans.map((plan) => plan.prefix));
  const unknown = Object.keys(prefixes).find((prefix) => !own.has(prefix));
  if (unknown !== undefined)
    throw new BotError('invalid', `文件里没有编号前缀“${unknown}”，只有${[...own].join('、')}。`);
  const plans = draft.plans.map((plan) => {
    const prefix = prefixes[plan.prefix];
    return prefix === undefined ? plan : withPrefix(plan, prefix);
  });
  const repeated = plans.find((plan, at) => plans.findIndex(({ prefix }) => prefix === plan.prefix) !== at);
  if (repeated) throw new BotError('invalid', `编号前缀“${repeated.prefix}”给了两个计划，请各用一个。`);
  return linked({ ...draft, plans }, { links, shortTitles: {} });
}

function linked(draft: NoticeDraft, confirmed: Confirmations): NoticeDraft {
  try {
    return confirmDraft(draft, confirmed);
  } catch (cause) {
    throw new BotError('invalid', cause instanceof Error ? `${cause.message}。请改正后再确认。` : '', { cause });
  }
}
