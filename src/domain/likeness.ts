/** The pairs of neighbouring letters and characters, for comparing texts without a word list. */
export function bigramsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  for (const run of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    for (let at = 0; at + 1 < run[0].length; at += 1) pairs.add(run[0].slice(at, at + 2));
  }
  return pairs;
}

/** Share of pairs in common, 0 to 1. */
export function likeness(a: string, b: string): number {
  return shareInCommon(bigramsOf(a), bigramsOf(b));
}

export function shareInCommon(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const size = left.size + right.size;
  const common = [...left].filter((pair) => right.has(pair)).length;
  return size === 0 ? 0 : (2 * common) / size;
}
