import { withoutBrackets } from '../text/brackets.js';
import { cutAt } from '../text/clauses.js';

const endings = [
  '局 委 办 厅 部 院 府 会 处 科 站 所 社 队 行 组 专班 中心 公司 集团 海关 企业 学校 单位 部门 机构 系统',
  '开发区 园区 新区 地区 街道 乡 镇 各县 各市 各区',
].flatMap((line) => line.split(' '));
const unitEnding = new RegExp(`(?:${endings.join('|')})$`);
const longestName = 40;

/** A judgement by the last word: 县水利局, 各乡镇人民政府, 市交通委（市道运局）. */
export function looksLikeUnit(name: string): boolean {
  const plain = withoutBrackets(name);
  return plain.length >= 2 && plain.length <= longestName && unitEnding.test(plain);
}

const others = /等(?:(?:有关|相关|县直|市直|区直)*(?:单位|部门)(?:[和及与](?:单位|部门))?)?$/;
const nobody = new Set(['无', '/', '—', '-', '——']);

/** 和 and 及 stand inside names too (人力资源和社会保障局): only between two units do they separate. */
function cutAtConjunctions(name: string): string[] {
  for (const match of name.matchAll(/以及|[和及与]/g)) {
    const left = name.slice(0, match.index);
    const right = name.slice(match.index + match[0].length);
    if (looksLikeUnit(left) && looksLikeUnit(right)) return [left, ...cutAtConjunctions(right)];
  }
  return [name];
}

export interface Names {
  names: string[];
  /** The list ends with 等. */
  open: boolean;
}

export function splitNames(text: string): Names {
  const list = text.trim().replace(/^由/, '');
  const pieces = list.split(/等(?=[和及与])/);
  const names = pieces.flatMap((piece) =>
    cutAt(piece.replace(others, '').replace(/^[和及与]/, ''), '、，,；;\n\t ').flatMap((part) =>
      cutAtConjunctions(part.text),
    ),
  );
  return {
    names: names.filter((name) => !nobody.has(name)),
    open: pieces.length > 1 || others.test(list),
  };
}
