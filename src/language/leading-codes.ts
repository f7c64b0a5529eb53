import type { CodeMention } from './codes.js';

/** The codes at the very start, with only marks between them; a code further on belongs to the words. */
export function leadingCodes(text: string, codes: readonly CodeMention[]): CodeMention[] {
  const leading: CodeMention[] = [];
  let end = 0;
  for (const code of codes) {
    if (!/^[\s,，、和及与]*$/u.test(text.slice(end, code.start))) break;
    leading.push(code);
    end = code.end;
  }
  return leading;
}
