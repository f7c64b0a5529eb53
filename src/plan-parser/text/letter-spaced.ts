import type { Block } from '../blocks.js';

const leastHan = 6;
const mostOf = 0.6;

/** 县 水 利 局 牵 头: a space after every character, as some gazettes set a page. */
function isLetterSpaced(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const spaced = text.match(/\p{Script=Han}[ \u3000](?=\S)/gu)?.length ?? 0;
  return han >= leastHan && spaced >= mostOf * han;
}

export const withoutLetterSpaces = (blocks: Block[]): Block[] =>
  blocks.map((block) =>
    block.kind === 'paragraph' && isLetterSpaced(block.text)
      ? { ...block, text: block.text.replace(/\s/g, '') }
      : block,
  );
