import type { ImportIssue } from '../../domain/plan-draft.js';
import type { Block, Passage } from '../blocks.js';
import { issue } from '../issues.js';
import { bracketsIn } from '../text/brackets.js';
import { sentencesOf } from '../text/clauses.js';

/**
 * How a document that writes only 责任单位 says who leads: the first of the list, the one with a mark, or whoever is
 * responsible where no lead is named.
 */
export interface LeadRule {
  way: 'first' | 'responsible' | 'marked' | 'unseen';
  /** The mark on the names of leads: *, ★. */
  mark: string;
  text: string;
  line: number;
  /** In the brackets of one task it holds from there on, in a note for the tables, elsewhere for all. */
  reach: 'on' | 'tables' | 'all';
}

const first =
  /(?:列|排|居|位|首|第)[^，。；]{0,3}(?:第?一|首)?(?:位|名|个|家|责任单位)?[^，。；]{0,12}?(?:即为|作为|为|是)[^，。；]{0,6}?(?:牵头|主办|汇总)/;
const ordinal = /第一|首位|首家|首个|居首|列首|排首/;
const responsible =
  /(?:无|没有|未列|未明确|未写|未注明|未标明|未设|不设)[^，。；]{0,6}牵头[^，。；]{0,8}[，,]?[^，。；]{0,10}责任(?:单位|部门)[^，。；]{0,6}(?:即为|作为|为|是)[^，。；]{0,4}牵头/;
const marked =
  /(?:标|带|加|打|注|有)[^，。；]{0,3}?([*＊★☆※△▲●◆#＃])[^，。；]{0,10}?(?:即为|作为|为|是)[^，。；]{0,6}牵头/;
const unseen = /(?:加粗|黑体|下划线|红色|斜体|楷体)[^，。；]{0,10}?(?:即为|作为|为|是)[^，。；]{0,6}牵头/;

/** 列第一位者为牵头单位，下同. */
export function readLeadRule(text: string): Pick<LeadRule, 'way' | 'mark'> | null {
  const mark = marked.exec(text)?.[1];
  if (mark !== undefined) return { way: 'marked', mark };
  if (unseen.test(text)) return { way: 'unseen', mark: '' };
  if (responsible.test(text)) return { way: 'responsible', mark: '' };
  const match = first.exec(text);
  return match && ordinal.test(match[0]) ? { way: 'first', mark: '' } : null;
}

/** The default-lead rule that a passage states. */
function leadRuleIn({ text, line }: Passage, afterTable: boolean): LeadRule | null {
  if (!/牵头|主办|汇总/.test(text)) return null;
  for (const { start, end } of bracketsIn(text).pairs) {
    const inside = text.slice(start + 1, end - 1);
    const rule = inside.length <= longestRule ? readLeadRule(inside) : null;
    if (rule) return { ...rule, text: inside, line, reach: 'on' };
  }
  for (const sentence of sentencesOf(text)) {
    const rule = readLeadRule(sentence);
    if (rule) return { ...rule, text: sentence, line, reach: afterTable ? 'tables' : 'all' };
  }
  return null;
}

const longestRule = 600;

/** The rules of a document, each with the plan it is for: those before the first plan hold for every plan. */
export function leadRulesByPlan(blocks: Block[], starts: number[]): { rules: LeadRule[][]; issues: ImportIssue[] } {
  const rules: LeadRule[] = [];
  let afterTable = false;
  for (const block of blocks) {
    if (starts.includes(block.line)) afterTable = false;
    if (block.kind === 'table') afterTable = true;
    const rule = block.kind === 'paragraph' ? leadRuleIn(block, afterTable) : null;
    if (rule) rules.push(rule);
  }
  const issues = rules.map((rule) => issue(rule.way === 'unseen' ? 'lead-unseen' : 'lead-rule', rule));
  const planOf = (line: number) => starts.filter((start) => start <= line).length - 1;
  const forPlan = (order: number) => rules.filter(({ line }) => [-1, order].includes(planOf(line)));
  return { rules: starts.map((_, order) => forPlan(order)), issues };
}
