/** Cuts the given characters off both ends; a pattern with + and $ would look at a long run again and again. */
export function trimOf(text: string, chars: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOneOf(text.charAt(start), chars)) start += 1;
  while (end > start && isOneOf(text.charAt(end - 1), chars)) end -= 1;
  return text.slice(start, end);
}

/** Where the text ends without the given characters. */
export function endOf(text: string, chars: string): number {
  let end = text.length;
  while (end > 0 && isOneOf(text.charAt(end - 1), chars)) end -= 1;
  return end;
}

const isOneOf = (char: string, chars: string) => chars.includes(char) || /\s/.test(char);
