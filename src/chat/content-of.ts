import { ContentIndex } from '../domain/content-index.js';
import { type Ledger, unitName } from '../domain/ledger.js';
import { charactersKept, normalise } from '../language/sentence/normalise.js';
import type { SentenceWords } from '../language/sentence/sentence-words.js';
import type { Context } from '../services/context.js';

interface Content {
  index: ContentIndex;
  /** Characters that the documents and the roster write, though simplified text has others. */
  kept: ReadonlySet<string>;
}

const built = new WeakMap<Ledger, Content>();

/** What the tasks of the ledger say, ready to be searched; built once for each version of the ledger. */
export function contentOf({ ledger }: Pick<Context, 'ledger'>, words: SentenceWords): Content {
  const known = built.get(ledger);
  if (known) return known;
  const kept = charactersKept([...ledger.units.values()].map(({ name, aliases }) => [name, ...aliases].join('')));
  for (const char of charactersKept(ledger.tasks.map(({ text, title }) => title + text))) kept.add(char);
  const fold = (text: string) => normalise(text, kept, words).text;
  const unitsOf = ({ responsibility }: Ledger['tasks'][number]) =>
    responsibility.map(({ unit, written }) => `${unitName(ledger, unit)} ${written}`).join(' ');
  const content = { index: new ContentIndex(ledger.tasks, fold, unitsOf), kept };
  built.set(ledger, content);
  return content;
}
