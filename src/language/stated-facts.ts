/** A fact that a report states beside what it tells, and the words without it. */
export interface Stated<Fact> {
  fact: Fact | null;
  words: string;
}

const edge = '[\\s,，、。.;；:：!！()（）“”"【】]';
const head = '(?:单位|本单位|本局|局)?(?:主要)?(?:负责人|负责同志|领导|局长)';

interface Form<Fact> {
  fact: Fact;
  atStart: RegExp;
  atEnd: RegExp;
}

/** A form counts where it stands by itself, at the very start of the words or at their end: 电话打不通 names no source. */
function form<Fact>(fact: Fact, words: string): Form<Fact> {
  return {
    fact,
    atStart: new RegExp(`^${edge}*(?:${words})(?:${edge}+|$)`, 'iu'),
    atEnd: new RegExp(`(?:^|${edge}+)(?:${words})${edge}*$`, 'iu'),
  };
}

function take<Fact>(words: string, forms: readonly Form<Fact>[]): Stated<Fact> {
  for (const { fact, atStart, atEnd } of forms) {
    for (const place of [atStart, atEnd]) {
      if (place.test(words)) return { fact, words: words.replace(place, '') };
    }
  }
  return { fact: null, words };
}

const signatures = [
  form(false, `(?:${head})?(?:还未|尚未|未|没有?|还没有?)(?:经|由)?(?:${head})?审签|(?:not signed|unsigned)(?: off)?`),
  form(
    true,
    `(?:已经?|业已)(?:经|由|报)?(?:${head})?审签(?:过|了|同意)?|${head}(?:已经?)?审签(?:过|了|同意)?|signed(?: |-)?off`,
  ),
];

/** 已审签, 未审签: whether the unit's head has signed the report off. */
export function takeSignature(words: string): Stated<boolean> {
  return take(words, signatures);
}

/** How a report may reach whoever enters it for the unit, as people are asked for it. */
export const sourceNames = ['电话', '纸质', '来文', '会议', '当面'] as const;

const reported = '(?:里|上)?(?:报送|报告|报来|汇报|反映|告知|报的?)?';
const sources = [
  form('电话', `来?电话?${reported}|by phone|phone`),
  form('纸质', `(?:纸质|书面)(?:材料|报告|件)?${reported}|(?:on )?paper`),
  form('来文', `来文|来函|公函|letter`),
  form('会议', `会议${reported}|会上${reported}|meeting`),
  form('当面', `当面${reported}|口头${reported}|in person`),
  form('传真', `传真${reported}|fax`),
  form('邮件', `(?:电子)?邮件${reported}|e-?mail`),
  form('短信', `短信${reported}|微信${reported}`),
  form('现场', `现场${reported}`),
  form('分项销号', '分项销号'),
];

/** 电话, 纸质, 来文: how the report came. */
export function takeSource(words: string): Stated<string> {
  return take(words, sources);
}

const verified =
  /(?:资料|材料|台账|现场|实地|书面|电话|抽样|视频|联合|第三方)(?:审核|核查|核实|核验|查看|检查|验收|复核|抽查)/u;

/** 资料核查, 现场核查, wherever it stands among the words. */
export function readVerification(words: string): string | null {
  return verified.exec(words)?.[0] ?? null;
}

type RecordedKind = 'done' | 'progress' | 'block' | 'no-change';

const noChange = /^[\s,，:：]*(?:暂无|均无|都?没有?|无)(?:新的?)?变化[\s。.!！]*$/u;
/** 完成60%, 完成投资 and 完成情况 tell how far it is. */
const kinds: readonly [RecordedKind, RegExp][] = [
  ['block', /^(?:受阻|(?:有|遇到|报)?困难|block(?:ed)?(?![a-z]))/iu],
  ['progress', /^(?:报?进展(?:情况)?|报送|progress(?![a-z]))/iu],
  [
    'done',
    /^(?:报?办结|已?完成(?!了?\s*(?:[\d百一二三四五六七八九十几约近超]|投资|情况|一半|过半|大半|部分|主体|前期|率|度|时间|时限))|done(?![a-z]))(?:了)?/iu,
  ],
];

/** 办结 or 完成 right at the start makes it done, 受阻 or 困难 a problem; everything else tells how far it is. */
export function takeRecordedKind(words: string): { kind: RecordedKind; words: string } {
  if (noChange.test(words)) return { kind: 'no-change', words: '' };
  const bare = words.replace(/^[\s,，:：]+/u, '');
  for (const [kind, pattern] of kinds) {
    const found = pattern.exec(bare)?.[0];
    if (found !== undefined) return { kind, words: bare.slice(found.length).replace(/^[\s,，:：]+/u, '') };
  }
  return { kind: 'progress', words };
}
