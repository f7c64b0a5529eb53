import type { Block } from '../blocks.js';

const bullet = /^([●■★◆▲•○□◎▪◇▶➤])\s*/;
const leastTasks = 3;

/** The tasks of a document that has bullets in the place of numbers, numbered in their order; `null` for any other. */
export function numberBullets(blocks: Block[]): Block[] | null {
  const marks = blocks.flatMap((block) => (block.kind === 'paragraph' ? (bullet.exec(block.text)?.[1] ?? []) : []));
  const [mark] = marks;
  if (mark === undefined || marks.length < leastTasks || marks.some((other) => other !== mark)) return null;
  let number = 0;
  return blocks.map((block) => {
    if (block.kind === 'table' || !bullet.test(block.text)) return block;
    number += 1;
    return { ...block, text: block.text.replace(bullet, `${number}．`) };
  });
}
