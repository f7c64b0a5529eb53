/** A stretch of a text; `end` is the first position after it. */
export interface Span {
  start: number;
  end: number;
}

const brackets = { openers: '（(〔[［【〖', closers: '）)〕]］】〗' };
const quotes = { openers: '“‘《〈「『', closers: '”’》〉」』' };

function scan(text: string, family: typeof brackets): { pairs: Span[]; unclosed: number | null } {
  const pairs: Span[] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (family.openers.includes(char)) {
      open.push(at);
    } else if (family.closers.includes(char)) {
      const start = open.pop();
      if (start !== undefined) pairs.push({ start, end: at + 1 });
    }
  }
  return { pairs, unclosed: open[0] ?? null };
}

function outermost(pairs: Span[]): Span[] {
  const found: Span[] = [];
  for (const pair of pairs.toSorted((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last && pair.start < last.end) last.end = Math.max(last.end, pair.end);
    else found.push({ ...pair });
  }
  return found;
}

/** The outermost （…） of a text. Any closer closes any opener: documents mix widths and shapes. */
export function bracketsIn(text: string): { pairs: Span[]; unclosed: number | null } {
  const { pairs, unclosed } = scan(text, brackets);
  return { pairs: outermost(pairs), unclosed };
}

/** The stretches inside brackets, quotes and book titles, where a comma separates nothing. */
export function enclosed(text: string): Span[] {
  return outermost([...scan(text, brackets).pairs, ...scan(text, quotes).pairs]);
}

export function withoutBrackets(text: string): string {
  let kept = '';
  let from = 0;
  for (const pair of bracketsIn(text).pairs) {
    kept += text.slice(from, pair.start);
    from = pair.end;
  }
  return kept + text.slice(from);
}
