import type { ImportIssue, NoticeDraft, PlanDraft } from '../domain/plan-draft.js';
import type { Block } from './blocks.js';
import { draftPlan } from './draft/draft-plan.js';
import { readText } from './formats/text-blocks.js';
import { issue } from './issues.js';
import { type LocalDays, usualDays } from './limits/local-days.js';
import type { Outline } from './outline/outline.js';
import { readOutline } from './outline/read-outline.js';
import { yearsIn } from './outline/titles.js';
import { findClauses } from './responsibility/find-clauses.js';
import { leadRulesByPlan } from './responsibility/lead-rules.js';
import { namesInCell } from './responsibility/unit-cells.js';
import { doubtUnits, type Mention } from './responsibility/unit-doubts.js';
import { withoutLetterSpaces } from './text/letter-spaced.js';

export interface ReadingSettings {
  /** When the heating and the flood season begin here; see `localDaysOf`. */
  localDays?: LocalDays;
  /** Its year counts where the document names none. */
  fileName?: string;
  /** What the reader of the format has to say. */
  doubts?: ImportIssue[];
}

/** Reads a notice as issued. What it could not read or had to assume is in the issues, by line. */
export function readNotice(text: string, settings: ReadingSettings = {}): NoticeDraft {
  const { blocks, issues } = readText(text);
  return readBlocks(blocks, { ...settings, doubts: [...issues, ...(settings.doubts ?? [])] });
}

export function readBlocks(
  written: Block[],
  { localDays = usualDays, fileName = '', doubts = [] }: ReadingSettings = {},
): NoticeDraft {
  const blocks = withoutLetterSpaces(written);
  const outline = readOutline(blocks);
  const mentions = mentionsInClauses(outline);
  const known = new Set([...mentions.map((mention) => mention.name), ...namesInCells(outline)]);
  const taken = new Set<string>();
  const starts = outline.plans.map((plan) => plan.title.line);
  const { rules, issues: ruled } = leadRulesByPlan(blocks, starts);
  const issues = [...doubts, ...outline.issues, ...ruled];

  const plans = outline.plans.map((part, order): PlanDraft => {
    const { plan, issues: doubts } = draftPlan(part, {
      issuedOn: outline.issuedOn,
      numberedIn: outline.numberedIn,
      namedIn: yearsIn(fileName)[0] ?? null,
      taken,
      known,
      localDays,
      rules: rules[order] ?? [],
    });
    taken.add(plan.prefix);
    issues.push(...doubts);
    return plan;
  });

  const [first] = blocks;
  const start = { line: 1, text: first?.kind === 'paragraph' ? first.text : '' };
  if (plans.every((plan) => plan.tasks.length === 0)) issues.push(issue('no-plan', start));
  else if (outline.issuedOn === null) issues.push(issue('no-issue-date', start));
  issues.push(...doubtUnits([...mentions, ...mentionsInTables(outline, plans)]));
  return { plans, issues: issues.toSorted((a, b) => a.line - b.line) };
}

function mentionsInClauses(outline: Outline): Mention[] {
  return outline.plans
    .flatMap((plan) => plan.items)
    .flatMap((item) => item.body)
    .flatMap((passage) => findClauses(passage).clauses)
    .flatMap(({ runs, inherited, line }) =>
      [...runs, ...inherited].flatMap((run) => run.names.map(({ unit }) => ({ name: unit, line }))),
    );
}

function namesInCells(outline: Outline): string[] {
  return outline.plans
    .flatMap((plan) => plan.rows)
    .flatMap((row) => row.units)
    .flatMap((cell) => namesInCell(cell.text));
}

function mentionsInTables(outline: Outline, plans: PlanDraft[]): Mention[] {
  return plans
    .flatMap((plan, order) => plan.tasks.filter((task) => task.annex || outline.plans[order]?.items.length === 0))
    .flatMap((task) => task.responsibility)
    .flatMap(({ units, line }) => units.map((name) => ({ name, line })));
}
