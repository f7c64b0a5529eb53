import type { ImportIssue, ResponsibilityDraft } from '../../domain/plan-draft.js';
import { issue } from '../issues.js';
import type { LeadRule } from './lead-rules.js';

export interface Ruled {
  responsibility: ResponsibilityDraft[];
  issues: ImportIssue[];
}

/** Makes leads of the units that a rule of the document says lead; clauses that name a lead stay as they are. */
export function applyLeadRules(
  responsibility: ResponsibilityDraft[],
  rules: LeadRule[],
  at: { line: number; text: string },
): Ruled {
  const [rule] = rules;
  if (!rule || rule.way === 'unseen') return { responsibility, issues: [] };
  const led = new Set(responsibility.filter((entry) => entry.role === 'lead').map((entry) => entry.group));
  const issues: ImportIssue[] = [];
  const done = new Set<number>();
  const ruled = responsibility.flatMap((entry): ResponsibilityDraft[] => {
    if (entry.inherited || led.has(entry.group) || entry.role !== 'implement') return [entry];
    if (rule.way === 'marked') return splitBy(entry, (written) => written.includes(rule.mark), rule.mark);
    if (done.has(entry.group)) return [entry];
    done.add(entry.group);
    if (rule.way === 'responsible' && entry.units.length > 1) {
      issues.push(issue('lead-of-several', at, entry.units[0] ?? ''));
    }
    return splitBy(entry, (_, order) => order === 0, '');
  });
  return { responsibility: ruled, issues };
}

function splitBy(
  entry: ResponsibilityDraft,
  leads: (written: string, order: number) => boolean,
  mark: string,
): ResponsibilityDraft[] {
  const part = (role: ResponsibilityDraft['role'], wanted: boolean, open: boolean): ResponsibilityDraft[] => {
    const kept = entry.written.flatMap((written, at) => (leads(written, at) === wanted ? [at] : []));
    const without = (names: string[]) =>
      kept.map((at) => (mark ? (names[at] ?? '').replaceAll(mark, '') : (names[at] ?? '')));
    if (kept.length === 0) return [];
    return [{ ...entry, role, units: without(entry.units), written: without(entry.written), open }];
  };
  const [lead, rest] = [part('lead', true, false), part('implement', false, entry.open)];
  if (rest.length === 0 && entry.open) return lead.map((one) => ({ ...one, open: true }));
  return [...lead, ...rest];
}
