/**
 * What people wrote, made harmless: it must not mention, link or format. The dialects know no escaping, so the few
 * characters that they read become their full-width twins, which people read the same.
 */
export function harmless(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) =>
      harmlessStart(line.replace(/[<*`|\\]/gu, twin).replace(/_(?![A-Za-z0-9])|(?<![A-Za-z0-9])_/gu, twin)),
    )
    .join('\n')
    .replace(/~~/gu, '～～')
    .replace(/\]([(:])/gu, (_, after) => `]${twin(after)}`)
    .replace(/&(?=#?\w+;)/gu, '＆');
}

/** For the plain text messages, which read only mentions and links in angle brackets. */
export function harmlessPlain(text: string): string {
  return text.replace(/</gu, '＜');
}

function harmlessStart(line: string): string {
  const start = line.replace(/^[ \t]+/u, '');
  if (/^(?:-\s*){3,}$|^=+\s*$|^-+\s*$/u.test(start)) return start.replace(/[-=]/gu, twin);
  return start.replace(/^[#>]|^[-+](?=\s)|(?<=^\d{1,9})\.(?=\s)/u, twin);
}

const twin = (character: string) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0);
