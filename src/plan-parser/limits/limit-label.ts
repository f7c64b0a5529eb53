import type { Passage } from '../blocks.js';

const label =
  /(?:(?:完成|办结|整改|推进|落实|实施|工作|任务|达标|销号|计划)?(?:时限|期限)(?:要求)?|完成时间|时间(?:节点|要求|安排|进度)|进度(?:安排|要求))\s{0,2}[：:]\s{0,2}/g;
const stop = /[。；;\n）)〕\]】]|(?:责任|牵头|配合|主责|协办|承办)(?:单位|部门|领导)[：:]/;

export interface Segment extends Passage {
  /** It stood after a label such as 完成时限：. */
  isLimit: boolean;
}

/** Cuts what stands after 完成时限： out of a text, up to the end of its sentence or the next label. */
export function cutLabels({ text, line }: Passage): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(label)) {
    if (match.index < from) continue;
    const start = match.index + match[0].length;
    const rest = text.slice(start, start + longestLimit);
    const length = stop.exec(rest)?.index ?? rest.length;
    if (match.index > from) segments.push({ text: text.slice(from, match.index), line, isLimit: false });
    segments.push({ text: rest.slice(0, length).trim(), line, isLimit: true });
    from = start + length;
  }
  if (from < text.length) segments.push({ text: text.slice(from), line, isLimit: false });
  return segments;
}

const longestLimit = 120;
