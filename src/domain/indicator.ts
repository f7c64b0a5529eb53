import type { Target } from './target.js';

/** A value that words state for a target: 52 of 78批次. */
export interface StatedValue {
  target: Target;
  value: number;
}

const clauseEnd = /[，,。；;、\n]/u;
const numeral = /(\d+(?:\.\d+)?) ?(?:多)?(?:个)?/gu;
/** 年, 月 and the like are no unit of a target, whatever it measures. */
const otherMeasure = /^[年月日号时点天]/u;

/**
 * The values that words state in the unit of a target and beside what it measures, one for each clause. 管网完成60% is none
 * where no target of the task measures 管网.
 */
export function statedValues(words: string, targets: readonly Target[]): StatedValue[] {
  const found: StatedValue[] = [];
  for (const clause of words.split(clauseEnd)) {
    for (const { 0: whole, 1: digits = '', index } of clause.matchAll(numeral)) {
      const after = clause.slice(index + whole.length);
      const value = bestTarget(clause.slice(0, index), clause, after, targets);
      if (value && !found.some(({ target }) => target === value)) found.push({ target: value, value: Number(digits) });
    }
  }
  return found;
}

function bestTarget(before: string, clause: string, after: string, targets: readonly Target[]): Target | null {
  const scored = targets.flatMap((target) => {
    const shared = sharedCharacters(target.what, clause);
    const likeness = shared + shared / target.what.length + sharedCharacters(target.what, before) / 100;
    return shared > 0 && fits(after, target, shared) ? [{ target, likeness }] : [];
  });
  scored.sort((a, b) => b.likeness - a.likeness);
  const [first, second] = scored;
  if (!first || (second && second.likeness === first.likeness && second.target.what !== first.target.what)) return null;
  return first.target;
}

/** The target's unit or the beginning of it follows; a percentage may go without where most of what it measures is named. */
function fits(after: string, { unit, what }: Target, shared: number): boolean {
  if (unit === '%')
    return (
      after.startsWith('%') ||
      (shared >= 4 && !/^[\p{L}\d%]/u.test(after.replace(/^[了吧呢]/u, '')) && shared * 2 >= what.length)
    );
  if (unit === '' || otherMeasure.test(after)) return false;
  const [head = ''] = unit.split('/');
  return [unit, head, head.slice(0, 1)].some((form) => form !== '' && after.startsWith(form));
}

function sharedCharacters(what: string, text: string): number {
  return new Set([...what].filter((char) => /\p{Script=Han}/u.test(char) && text.includes(char))).size;
}

/** 52/78批次, 88%，目标90%以上 */
export function valueText({ target, value }: StatedValue): string {
  const { unit } = target;
  if (unit === '%') return `${target.what}${value}%，目标${target.value}%`;
  return `${target.what}${value}/${target.value}${unit}`;
}
