import { targetsInClause } from '../targets/read-targets.js';
import { withoutBrackets } from '../text/brackets.js';
import { clausesOf, sentencesOf } from '../text/clauses.js';

/** Verbs of a result, unless the word before makes it a fact, a condition, a purpose or a wish. */
const results =
  '完成|建成(?!区)|建立|做到|确保|投运|投用|投产|投入使用|竣工|完工|(?:动工|开工)(?=$|[、和])|封顶|通车|上线|挂牌(?!督办)|销号|实现|达到|出台|印发实施|形成(?!以|的|合力|工作合力|强大|良好|上下)|' +
  '清退到位|发放到位|拨付到位|全部(?:到位|修复|化解|更新|整改|覆盖|接入|清理)|通过[^，。；]{0,14}(?:验收|评估|评审|认证|复审)';
const completion = new RegExp(`(?<!已|已经|未|尚未|不得|严禁|禁止|为|待|再|推动|探索|逐步|鼓励|或者)(?:${results})`);

/** States to be reached that are no quantity. */
const states = [
  /达(?!到|标)[^，。；]{0,12}(?:类|级|标准|水平|要求)/,
  /(?:稳定|限期|全面)达标/,
  /全覆盖|清零(?!目标|行动)|零排放|零增长|负增长|基本消除/,
];

const condition = /的$/;
const wish = /^(?:鼓励|引导|探索|原则上)/;
/** 10月底前完成 alone does not say what. */
const bare = /^.{0,12}[前内底](?:全部|全面)?完成$/;

/** What the text asks to be achieved: its clauses with a completion verb or a target, as written, each once. */
export function readPoints(text: string): string[] {
  const points = sentencesOf(text)
    .flatMap(clausesOf)
    .map((clause) => clause.text)
    .filter((clause) => {
      const plain = withoutBrackets(clause);
      if (condition.test(plain) || wish.test(plain) || bare.test(plain)) return false;
      return completion.test(plain) || states.some((state) => state.test(plain)) || targetsInClause(clause).length > 0;
    });
  return [...new Set(points)];
}
