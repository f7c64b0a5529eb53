import { unitName } from '../domain/ledger.js';
import { BotError } from '../errors.js';
import { readNewDay } from '../language/new-day.js';
import { findUnits } from '../language/units.js';
import type { AdjustmentKind, Setting } from '../services/adjustment/set-adjustment.js';
import type { Context } from '../services/context.js';
import { lexiconOf } from './lexicon.js';
import { TypedText } from './typed-text.js';

const kinds: Record<string, AdjustmentKind> = {
  时限: 'limit',
  汇总: 'assembler',
  牵头: 'lead',
  配合: 'support',
  简称: 'short-title',
  更正: 'correction',
  limit: 'limit',
  assembler: 'assembler',
  lead: 'lead',
  support: 'support',
  short: 'short-title',
  correct: 'correction',
};
const what = new RegExp(`^[\\s,，:：]*(${Object.keys(kinds).join('|')})(?:单位)?(?:定为|改为|为|是)?[\\s:：,，]*`, 'i');
const none = /^(?:无|没有|取消|撤销|none)[。\s]*$/i;
const usage =
  '可以写“时限 10月31日”“汇总 县水利局”“牵头 县水利局”“配合 县水利局”“简称 污水处理设施”“更正 说明”，取消写“时限 无”';

/** 时限 10月31日, 牵头 县水利局, 简称 …: what to set, and to what. */
export function readSetting(ctx: Context, typed = ''): Setting {
  const text = new TypedText(typed);
  const [whole, word = ''] = what.exec(text.folded) ?? [];
  const kind = kinds[word.toLowerCase()];
  if (whole === undefined || kind === undefined) throw new BotError('invalid', `请写定什么：${usage}。`);
  const value = text.folded.slice(whole.length);
  if (none.test(value)) return { kind, none: true };
  switch (kind) {
    case 'limit':
      return { kind, day: readDay(ctx, value) };
    case 'assembler':
    case 'lead':
    case 'support':
      return { kind, unit: readUnit(ctx, value) };
    case 'correction':
    case 'short-title':
      return { kind, words: text.words(whole.length) };
  }
}

function readDay(ctx: Context, value: string) {
  const found = readNewDay(value, ctx.today);
  if (found && 'problem' in found) throw new BotError('invalid', found.problem);
  if (!found || /\S/.test(value.slice(found.end).replace(/^(?:[之以]?前|止|完成)?[。\s]*/, ''))) {
    throw new BotError('invalid', `没看懂时限“${[...value].slice(0, 20).join('')}”。请写日期，如：时限 10月31日。`);
  }
  return found.from(ctx.today);
}

function readUnit(ctx: Context, value: string) {
  const [unit] = findUnits(value, lexiconOf(ctx).units);
  if (!unit) {
    throw new BotError(
      'not-found',
      `名单里没有“${[...value].slice(0, 20).join('')}”这个单位。请写单位全称，如：牵头 县水利局。`,
    );
  }
  if (unit.kind === 'ambiguous') {
    const names = unit.ambiguous.map((id) => unitName(ctx.ledger, id)).join('，还是');
    throw new BotError('invalid', `“${unit.text}”是${names}？请写全称。`);
  }
  return unit.id;
}
