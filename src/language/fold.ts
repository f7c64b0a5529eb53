export interface Folded {
  text: string;
  /** `origin[i]` is where folded character i stands in the original; one more entry holds the original's length. */
  origin: readonly number[];
}

// Zero-width and direction marks that phones and word processors leave in copied text.
const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]|[\uFE00-\uFE0F]/;
const space = /\s/;
const dash = /[-\u2010-\u2015\u2212\u2043\u2500\u2501\u30FC\uFE58\uFE63\uFF0D~\u223C\u301C\uFF5E]/;
// Full-width ASCII, small forms, and the radicals a PDF gives for ordinary characters (⽔ for 水).
const compatible = /[\uFF01-\uFF5D\uFE50-\uFE6B\u2F00-\u2FDF\uF900-\uFAFF]/;

function plain(char: string): string {
  if (dash.test(char)) return '-';
  if (space.test(char)) return char === '\n' || char === '\r' ? '\n' : ' ';
  return compatible.test(char) ? char.normalize('NFKC') : char;
}

/** What `char` adds after `last`: runs of spaces and of dashes become one, a line break outranks the spaces around it. */
function isRepeat(char: string, last: string | undefined): boolean {
  if (char === ' ') return last === undefined || last === ' ' || last === '\n';
  if (char === '\n') return last === undefined || last === '\n';
  return char === '-' && last === '-';
}

/**
 * Full-width to half-width, every dash to '-', spaces and zero-width characters tidied; case and 。、《》 stay. Match on
 * `text`, then cut notes word for word from the original with `originalOf`.
 */
export function foldWithMap(text: string): Folded {
  const chars: string[] = [];
  const origin: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const raw = text.charAt(i);
    if (raw > '\u007F' && invisible.test(raw)) continue;
    for (const char of plain(raw)) {
      if (isRepeat(char, chars.at(-1))) continue;
      if (char === '\n' && chars.at(-1) === ' ') {
        chars.pop();
        origin.pop();
      }
      chars.push(char);
      origin.push(i);
    }
  }
  while (chars.at(-1) === ' ' || chars.at(-1) === '\n') {
    chars.pop();
    origin.pop();
  }
  origin.push(text.length);
  return { text: chars.join(''), origin };
}

export function fold(text: string): string {
  return foldWithMap(text).text;
}

/** The words of the original that the folded characters from `start` up to `end` came from. */
export function originalOf(original: string, folded: Folded, start: number, end = folded.text.length): string {
  return original.slice(folded.origin[start] ?? original.length, folded.origin[end] ?? original.length);
}
