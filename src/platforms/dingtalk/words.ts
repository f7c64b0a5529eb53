/**
 * People's words in the markdown of a robot, which knows no escaping that every client shows right: the few characters that
 * would format, link or mention become their full-width twins, which are read the same.
 */
export function harmless(text: string): string {
  const marks = text
    .replace(/[*`<|\\@]/gu, twin)
    .replace(/_(?![A-Za-z0-9])|(?<![A-Za-z0-9])_/gu, twin)
    .replace(/~~/gu, '～～')
    .replace(/\](?=[([:])/gu, twin)
    .replace(/&(?=#?\w+;)/gu, twin);
  return harmlessLinks(
    marks
      .split(/\r\n|[\n\r\u2028\u2029]/u)
      .map(harmlessStart)
      .join('\n'),
  );
}

/** In a text message nothing is markup, but a link that speaks for whoever taps it stays dead. */
export function harmlessLinks(text: string): string {
  return text.replace(/\b(dtmd|dingtalk):/giu, '$1：');
}

function harmlessStart(line: string): string {
  const start = line.replace(/^[ \t]+/u, '');
  if (/^(?:[-=]\s*)+$/u.test(start)) return start.replace(/[-=]/gu, twin);
  return start.replace(/^[#>]+|^[-+](?=\s|$)|(?<=^\d{1,9})[.)](?=\s|$)/u, (found) => [...found].map(twin).join(''));
}

const twin = (character: string) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0);
