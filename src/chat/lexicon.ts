import type { Ledger } from '../domain/ledger.js';
import type { Plan } from '../domain/plan.js';
import type { Lexicon } from '../language/lexicon.js';
import { buildUnitLexicon, type ShortNames } from '../language/units.js';
import type { Context } from '../services/context.js';

/** What people everywhere say for parts of units' names and for plans. */
export interface UsualNames {
  units: ShortNames;
  plans: Readonly<Record<string, readonly string[]>>;
}

const none: UsualNames = { units: [], plans: {} };
const built = new WeakMap<UsualNames, WeakMap<Ledger, Lexicon>>();

/** Built once for each version of the ledger. */
export function lexiconOf(ctx: Context, usual: UsualNames = none): Lexicon {
  const { ledger, settings } = ctx;
  const known = built.get(usual) ?? new WeakMap<Ledger, Lexicon>();
  built.set(usual, known);
  let lexicon = known.get(ledger);
  if (!lexicon) {
    const plans = ledger.plans.map((plan) => ({
      prefix: plan.prefix,
      names: [
        ...new Set([
          plan.prefix,
          ...titleNames(plan),
          ...(settings.planNames[plan.prefix] ?? usual.plans[plan.prefix] ?? []),
        ]),
      ],
      hasAnnex: ledger.tasks.some((task) => task.annex && task.prefix === plan.prefix && task.year === plan.year),
    }));
    lexicon = {
      plans,
      planNames: plans
        .flatMap(({ prefix, names }) => names.map((name) => ({ prefix, name })))
        .sort((a, b) => b.name.length - a.name.length),
      units: buildUnitLexicon(
        [...ledger.units.values()].filter(({ mergedInto }) => mergedInto === null),
        usual.units,
      ),
    };
    known.set(ledger, lexicon);
  }
  return lexicon;
}

const genreWords = /(?:行动计划|工作方案|实施方案|实施计划|工作要点|行动方案|任务清单)$/;

/** 水环境质量再提升2023年行动计划 is also known without its year and genre. */
function titleNames(plan: Plan): string[] {
  const bare = plan.title.replace(/\d{4}年?/g, '').replace(genreWords, '');
  const start = bare.indexOf(plan.prefix);
  return start >= 0 ? [bare.slice(start)].filter((name) => name.length > 1) : [];
}
