/** How much room a text takes on the platform; its UTF-8 bytes where nothing is escaped. */
export type Measure = (text: string) => number;

export const utf8Bytes: Measure = (text) => Buffer.byteLength(text, 'utf8');

/**
 * Cuts a text into parts of at most `most`, at line ends where it can and never inside a character. Line ends at a cut are
 * dropped. `measure` must grow with the text and be the sum of its characters.
 */
export function splitText(text: string, most: number, measure: Measure = utf8Bytes): string[] {
  if (measure(text) <= most) return [text];
  const parts: string[] = [];
  let part: string | null = null;
  for (const line of text.split('\n')) {
    const joined: string = part === null ? line : `${part}\n${line}`;
    if (measure(joined) <= most) {
      part = joined;
      continue;
    }
    if (part !== null) parts.push(part);
    const pieces = measure(line) <= most ? [line] : splitLine(line, most, measure);
    parts.push(...pieces.slice(0, -1));
    part = pieces.at(-1) ?? '';
  }
  if (part !== null) parts.push(part);
  return parts.filter((one) => one.trim() !== '');
}

const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

function splitLine(line: string, most: number, measure: Measure): string[] {
  const pieces: string[] = [];
  let piece = '';
  let size = 0;
  for (const { segment } of characters.segment(line)) {
    // A heap of combining marks can be one character without end.
    for (const character of measure(segment) <= most ? [segment] : segment) {
      const more = measure(character);
      if (size + more > most && piece !== '') {
        pieces.push(piece);
        [piece, size] = ['', 0];
      }
      piece += character;
      size += more;
    }
  }
  return [...pieces, piece];
}
