/** How many words one entry may stand for: (a|b)(c|d) is four. */
const mostWords = 4000;

/** The words that an entry of the data stands for: 什么(时候|时间|) is 什么时候, 什么时间 and 什么. Throws where it is not well-formed. */
export function wordsOf(entry: string): string[] {
  let words = [''];
  for (const [, group, plain = ''] of entry.matchAll(/\(([^()]*)\)|([^()]+)/gu)) {
    const endings = group === undefined ? [plain] : group.split('|');
    words = words.flatMap((word) => endings.map((ending) => word + ending));
    if (words.length > mostWords) throw new Error(`${entry} stands for more than ${mostWords} words`);
  }
  if (/\([^()]*(?:\(|$)|\)[^()]*\)|^[^(]*\)/u.test(entry)) throw new Error(`brackets in ${entry} do not match`);
  return [...new Set(words)].filter((word) => word !== '');
}

interface Node<Value> {
  next: Map<string, Node<Value>>;
  values: Value[];
}

export interface Match<Value> {
  start: number;
  end: number;
  values: readonly Value[];
}

/** Words with what they stand for; the longest at a place is found in one walk. */
export class WordTree<Value> {
  readonly #root: Node<Value> = { next: new Map(), values: [] };

  add(word: string, value: Value): void {
    let node = this.#root;
    for (const char of word) {
      const next = node.next.get(char) ?? { next: new Map(), values: [] };
      node.next.set(char, next);
      node = next;
    }
    if (!node.values.includes(value)) node.values.push(value);
  }

  longestAt(text: string, start: number, limit = text.length): Match<Value> | null {
    let node: Node<Value> | undefined = this.#root;
    let found: Match<Value> | null = null;
    for (let end = start; end < limit; ) {
      const char = String.fromCodePoint(text.codePointAt(end) ?? 0);
      node = node.next.get(char);
      if (!node) break;
      end += char.length;
      if (node.values.length > 0 && end <= limit) found = { start, end, values: node.values };
    }
    return found;
  }

  /** From left to right, the longest at each place. */
  all(text: string): Match<Value>[] {
    const found: Match<Value>[] = [];
    for (let at = 0; at < text.length; ) {
      const match = this.longestAt(text, at);
      if (match) found.push(match);
      at = match?.end ?? at + 1;
    }
    return found;
  }
}
