const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Cuts a text into parts of at most `mostBytes` UTF-8 bytes: at line ends where it can, else inside a line, but never
 * inside a character nor inside our own markup in angle brackets.
 */
export function splitText(text: string, mostBytes: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const line of text.split('\n').flatMap((one) => splitLine(one, mostBytes))) {
    const longer = part === '' ? line : `${part}\n${line}`;
    if (Buffer.byteLength(longer) <= mostBytes) {
      part = longer;
      continue;
    }
    parts.push(part);
    part = line;
  }
  return [...parts, part].map((one) => one.replace(/^\n+|\s+$/gu, '')).filter((one) => one !== '');
}

function splitLine(line: string, mostBytes: number): string[] {
  if (Buffer.byteLength(line) <= mostBytes) return [line];
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(line)) {
    if (Buffer.byteLength(piece + segment) > mostBytes) {
      const open = piece.lastIndexOf('<');
      const end = open > 0 && open > piece.lastIndexOf('>') ? open : piece.length;
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
    }
    piece += segment;
  }
  return [...pieces, piece];
}
