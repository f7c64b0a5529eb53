const twin = (character: string) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0);

/** The characters become their full-width twins, which people read the same. */
export const inTwins = (text: string, characters: RegExp): string => text.replace(characters, twin);

/**
 * People's words in a markdown that knows no escaping which every client shows right: what would format or link becomes its
 * full-width twin. `everywhere` are the characters that the platform reads wherever they stand.
 */
export function withoutMarks(text: string, everywhere: RegExp): string {
  return inTwins(text, everywhere)
    .replace(/_(?![A-Za-z0-9])|(?<![A-Za-z0-9])_/gu, twin)
    .replace(/~~/gu, '～～')
    .replace(/\](?=[([:])/gu, twin)
    .replace(/&(?=#?\w+;)/gu, twin)
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map(withoutStart)
    .join('\n');
}

/** What makes a line a heading, a quote, an item of a list, or the line above it a heading. */
function withoutStart(line: string): string {
  const start = line.replace(/^[ \t]+/u, '');
  if (/^(?:[-=]\s*)+$/u.test(start)) return inTwins(start, /[-=]/gu);
  return start.replace(/^[#>]+|^[-+](?=\s|$)|(?<=^\d{1,9})[.)](?=\s|$)/u, (found) => inTwins(found, /./gu));
}
