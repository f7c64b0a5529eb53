import { unitName, unitNames } from '../domain/ledger.js';
import { nearDayText } from '../domain/wording.js';
import type { Context } from '../services/context.js';
import { tellGroup } from '../services/notice/tell.js';
import { liaisonsByUnit } from '../services/person/liaisons-by-unit.js';
import type { UnitUrging, Urged, UrgingProposal } from '../services/urging/urgings.js';
import { type Reply, reply } from './message.js';

const unitsPreviewed = 20;

/** 预览：提示2家4项，每家一条。 */
export function urgingPreview(ctx: Context, { urgings, resting }: UrgingProposal): string {
  const works = new Set(urgings.flatMap(({ works }) => works.map(({ task }) => task)));
  const lines = urgings
    .slice(0, unitsPreviewed)
    .map((urging) => `${unitName(ctx.ledger, urging.unit)}：${worksText(urging.works)}，${byText(ctx, urging)}`);
  const more = urgings.length > unitsPreviewed ? `……等${urgings.length}家` : null;
  const quiet = resting.length > 0 ? `今天已提示过、这次不发：${unitNames(ctx.ledger, resting)}。` : null;
  return [`预览：提示${urgings.length}家${works.size}项，发到本群，每家一条：`, ...lines, more, quiet, '回“发送”发出。']
    .filter((line) => line !== null)
    .join('\n');
}

/** One message for each unit, which rings its liaisons. */
export async function postUrgings(ctx: Context, urgings: UnitUrging[], words: string, day: string): Promise<void> {
  const liaisons = await liaisonsByUnit(ctx);
  for (const urging of urgings) {
    await tellGroup(ctx, {
      key: `urge ${urging.unit} ${day}`,
      kind: 'urging',
      said: urgingNotice(ctx, urging, words, liaisons.get(urging.unit) ?? []),
    });
  }
}

/** 【提示】县水利局 / 请于9月28日（周四）下班前报送水-1、水-2进展，能办结的一并报办结。 */
function urgingNotice(
  ctx: Context,
  urging: UnitUrging,
  words: string,
  mentions: { person: string; name: string }[],
): Reply {
  const unit = unitName(ctx.ledger, urging.unit);
  const asked = `请于${byText(ctx, urging)}报送${worksText(urging.works)}进展，能办结的一并报办结。`;
  return reply.card(`【提示】${unit}`, {
    blocks: [
      { kind: 'section', text: asked, mentions },
      ...(words === '' ? [] : [{ kind: 'line' as const, text: words }]),
      ...(ctx.settings.signature === '' ? [] : [{ kind: 'line' as const, text: ctx.settings.signature }]),
    ],
  });
}

const byText = (ctx: Context, { by }: UnitUrging) => `${nearDayText(by, ctx.today)}下班前`;

/** 气-3（含气附-3、气附-6）、气-7 */
function worksText(works: Urged[]): string {
  return works
    .map(({ task, parts }) => {
      const named = parts.map((part) => part.code).join('、');
      return `${task.code}${named === '' ? '' : `（含${named}）`}`;
    })
    .join('、');
}
