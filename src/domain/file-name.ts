/** What no file system takes in a name, and what hides or turns its letters. */
const unfit = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|]/gu;
const longest = 60;

/** 督办台账 2023-09-25.xlsx: a name that every system takes, cut where people have long names for things. */
export function fileName(title: string, ending: string): string {
  const plain = title
    .toWellFormed()
    .replace(unfit, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+| $/gu, '');
  const characters = [...plain];
  const cut = characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : plain;
  return `${cut || '文件'}.${ending}`;
}
