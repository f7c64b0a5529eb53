import { withoutBrackets } from '../text/brackets.js';
import { clausesOf, sentencesOf } from '../text/clauses.js';

/** Verbs of a result, unless the word before makes it a fact, a condition, a purpose or a wish. */
const completion =
  /(?<!已|已经|未|尚未|为|待|再|推动|探索|逐步|鼓励|或者)(?:完成|建成(?!区)|建立|做到|确保|投运|投用|投入使用|竣工|实现|达到)/;

const targets = [
  /(?:不高于|不低于|不少于|不超过|不大于|不小于|低于|高于|控制在|稳定在|保持在|达到?|下降|上升|增长|提高|降低|减少|增加|共计|分别)[^，。；]{0,8}\d/,
  /达(?!到|标)[^，。；]{0,12}(?:类|级|标准|水平|要求)/,
  /\d[%％]/,
  /\d个?(?:批次|次|家次|人次|台次)/,
  /(?:稳定|限期|全面)达标/,
  /全覆盖|清零(?!目标|行动)|零排放|零增长|负增长|基本消除/,
];

const condition = /的$/;
/** 10月底前完成 alone does not say what. */
const bare = /^.{0,12}[前内底](?:全部|全面)?完成$/;

/** What the text asks to be achieved: its clauses with a completion verb or a target, as written, each once. */
export function readPoints(text: string): string[] {
  const points = sentencesOf(text)
    .flatMap(clausesOf)
    .map((clause) => clause.text)
    .filter((clause) => {
      const plain = withoutBrackets(clause);
      if (condition.test(plain) || bare.test(plain)) return false;
      return completion.test(plain) || targets.some((target) => target.test(plain));
    });
  return [...new Set(points)];
}
