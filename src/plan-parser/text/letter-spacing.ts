const spaced = /^\S(?: \S){5,}$/u;
const longest = 200;

/** 大 同 市 人 民 政 府: a line set wide has a blank after every character and means none of them. */
export function closeUp(text: string): string {
  return text.length <= longest && spaced.test(text) ? text.replaceAll(' ', '') : text;
}
