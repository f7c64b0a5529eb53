import type { Scope } from '../domain/person.js';
import type { UnitId } from '../domain/unit.js';
import { BotError } from '../errors.js';
import { fold } from '../language/fold.js';
import type { Lexicon } from '../language/lexicon.js';
import { findUnits } from '../language/units.js';

/** 县水利局、县住建局 气: units and plans in any order. */
export function readScope(typed: string, { units: lexicon, planNames }: Lexicon): Scope & { left: string } {
  let text = fold(typed);
  const units: UnitId[] = [];
  for (;;) {
    const [found] = findUnits(text, lexicon);
    if (!found) break;
    if (found.kind === 'ambiguous') {
      const names = found.ambiguous.map((id) => lexicon.names.get(id) ?? id).join('，还是');
      throw new BotError('invalid', `“${found.text}”是${names}？请写全称。`);
    }
    units.push(found.id);
    text = `${text.slice(0, found.start)} ${text.slice(found.end)}`;
  }
  const plans: string[] = [];
  const left: string[] = [];
  for (const word of text.split(/[\s、,，;；和及与]+/u).filter(Boolean)) {
    const bare = word.replace(/(?:行动)?(?:计划|方案|类)$/u, '');
    const plan = planNames.find(({ name }) => name === bare || name === word);
    if (plan) plans.push(plan.prefix);
    else left.push(word);
  }
  return { units: [...new Set(units)], plans: [...new Set(plans)], left: left.join(' ') };
}
